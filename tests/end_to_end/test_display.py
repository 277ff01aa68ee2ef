"""The tests' own display works as the others rely on it."""

import os
import subprocess
import sys

from tests.end_to_end.display import Display, started


def test_each_display_has_its_own_number_and_ends_with_its_programs(display: Display) -> None:
    with started((640, 480)) as second:
        assert second.name != display.name
        assert second.xdotool("getdisplaygeometry").split() == ["640", "480"]
        pids = list(second.processes.values())
        assert all(os.path.exists(f"/proc/{pid}") for pid in pids)
    assert not any(os.path.exists(f"/proc/{pid}") for pid in pids)


def test_a_window_is_managed_and_can_be_found(display: Display) -> None:
    title = "a window of the tests"
    program = (
        "from PySide6.QtWidgets import QApplication, QLabel\n"
        "from PySide6.QtCore import QTimer\n"
        f"app = QApplication([]); label = QLabel('x'); label.setWindowTitle({title!r}); label.show()\n"
        "QTimer.singleShot(20000, app.quit); app.exec()"
    )
    process = subprocess.Popen([sys.executable, "-c", program], env=display.environ)
    try:
        window = display.xdotool("search", "--sync", "--onlyvisible", "--name", title).split()[0]
        assert title in display.run("xprop", "-id", window, "_NET_WM_NAME")
    finally:
        process.kill()
        process.wait()


def test_no_shortcut_is_taken_from_the_shell() -> None:
    settings = os.path.join(os.path.dirname(__file__), "openbox.xml")
    with open(settings, encoding="utf-8") as file:
        assert "<keybind" not in file.read()
