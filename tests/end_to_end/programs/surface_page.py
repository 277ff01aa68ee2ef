"""A renderer with one page and nothing else around it: ``surface_page KIND LINK``, LINK an inherited descriptor."""

import os
import socket
import sys
from collections.abc import Callable

from renderer import environment
from renderer.web.chromium import FLAGS

KIND, LINK = sys.argv[1], int(sys.argv[2])
os.environ.update(environment.clean(os.environ, home=os.environ["HOME"]))
for name in ("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS"):
    os.environ.pop(name, None)
# Chromium's own sandbox is tested with the web host; root may not have it.
os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = " ".join((*FLAGS, "--no-sandbox"))

from PySide6.QtCore import QTimer  # noqa: E402
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from renderer.link import Link  # noqa: E402
from renderer.surface.surface import Surface  # noqa: E402
from shared.contract import Party  # noqa: E402
from shared.session import Session, Side  # noqa: E402

WEB_PAGE = """
<!doctype html><title>page</title>
<style>body { margin: 0; background: #f00; height: 100vh; overflow: hidden } div { position: absolute; width: 20px;
height: 20px; left: 40px; top: 60px; background: #000 }</style>
<body><div id=mark></div><script>
const paint = colour => document.body.style.background = colour;
addEventListener("keydown", event => { if (event.code === "KeyA" && event.key === "a") paint("#0f0") });
addEventListener("mousedown", () => paint("#00f"));
addEventListener("wheel", () => paint("#ff0"));
addEventListener("dblclick", () => mark.style.background = "#fff");
</script>
"""


class Plain(QWidget):
    """Red all over."""

    colour = QColor(255, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.colour)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.colour = QColor(0, 0, 255)
        self.update()


class Changing(Plain):
    """Another colour in every frame, as fast as it goes."""

    def __init__(self) -> None:
        super().__init__()
        self._number = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._timer.start(0)

    def _on_timer_timeout(self) -> None:
        self._number += 1
        shade = self._number * 2654435761 & 0xFFFFFF
        self.colour = QColor(shade >> 16, shade >> 8 & 255, shade & 255)
        self.update()


def web_page() -> QWidget:
    """A page that shows by its colour what it got."""
    from PySide6.QtWebEngineWidgets import QWebEngineView

    view = QWebEngineView()
    view.setHtml(WEB_PAGE)
    return view


PAGES: dict[str, Callable[[], QWidget]] = {"plain": Plain, "changing": Changing, "web": web_page}


def main() -> None:
    """Serve the link until main ends it."""
    if KIND == "web":
        import PySide6.QtWebEngineWidgets  # noqa: F401  before the application
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    session = Session(side=Side.PEER, party=Party.WEB_TAB)
    link = Link(session, socket.socket(fileno=LINK))
    root = PAGES[KIND]()
    surface = Surface(root, link)
    session.start()
    application.exec()
    surface.close()


if __name__ == "__main__":
    main()
