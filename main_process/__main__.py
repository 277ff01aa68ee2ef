"""``python -m main_process``: the shell."""

from main_process.command_line import main

main(prog_name="browser-os")
