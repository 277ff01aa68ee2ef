"""A headless shell that measures what nobody outside of it can see: ``python -m main_process.measuring WHAT``.

It is the whole shell, with this program where its user would be. Seconds (or rates) of each round stand on standard
output as one JSON object. ``tools.bench`` starts it; nothing else of the shell knows it.
"""
