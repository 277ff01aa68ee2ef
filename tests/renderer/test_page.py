"""A page process: from the spare to the plugin's page. Real sessions, no process."""

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from renderer import page as page_module
from renderer.error_page import ErrorPage
from shared.channels.page import PageOpen
from shared.channels.system import Appearance, ColorScheme
from shared.contract import Empty, Party, Phase
from shared.errors import Bug
from shared.ipc_channel import IPCChannel
from shared.manifest import load
from shared.plugin_channels import plugin_contracts
from shared.session import Session, Side
from shared.tasks import Future

MANIFEST = """\
schema_version = 1
id = "guest"
name = "Guest"
version = "0.1.0"
icon = "star"
[[pages]]
entry = "guest_page:page"
[[channels]]
verb = "ask"
summary = "Asks."
"""


class LocalLink(QObject):
    """As renderer.link.Link, without a socket."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def take_descriptor(self) -> int:
        raise AssertionError("no message of these tests carries one")


class Spare:
    """A page process that waits, and main's end of its link."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self._qtbot = qtbot
        self.folder = folder
        self.main = Session(side=Side.MAIN, party=Party.PAGE)
        self.peer = Session(side=Side.PEER, party=Party.PAGE)
        self.heard: list[Any] = []
        self.main.handle(IPCChannel.NAVIGATE, self.heard.append)
        for channel in (IPCChannel.TAB_UPDATE, IPCChannel.PAGE_ICON):
            self.main.on(channel, self.heard.append)
        self.peer.start()
        self._pump()
        self.process = page_module.PageProcess(LocalLink(self.peer))  # type: ignore[arg-type]

    def _pump(self) -> None:
        for source, target in ((self.main, self.peer), (self.peer, self.main)):
            buffers, _ = source.outbox.peek()
            for data in [bytes(buffer) for buffer in buffers]:
                source.outbox.advance(len(data))
                target.receive(data)

    def write(self, code: str, manifest: str = MANIFEST) -> None:
        (self.folder / "plugin.toml").write_text(manifest)
        (self.folder / "guest_page.py").write_text(code)

    def open(self) -> Future[Any]:
        manifest = load(self.folder)
        opened = PageOpen(
            url="os://guest",
            folder=str(self.folder),
            entry=manifest.pages[0].entry,
            manifest=msgspec.json.encode(manifest).decode(),
        )
        reply = self.main.invoke(IPCChannel.PAGE_OPEN, opened)
        self.main.open()
        self.wait(reply.done)
        return reply

    def wait(self, condition: Callable[[], object]) -> None:
        def pumped() -> bool:
            self._pump()
            return bool(condition())

        self._qtbot.waitUntil(pumped)

    @property
    def root(self) -> QWidget:
        root = self.process._surface.root
        assert root is not None
        return root


@pytest.fixture
def spare(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Spare]:
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.delitem(sys.modules, "guest_page", raising=False)
    spare = Spare(qtbot, tmp_path)
    yield spare
    root = spare.process._surface.root
    spare.process._surface.close()
    if root is not None:
        root.deleteLater()
    sys.modules.pop("guest_page", None)


def test_the_spare_takes_the_appearance_before_it_has_a_page(spare: Spare, qapp: QApplication) -> None:
    palette, style = qapp.palette(), qapp.style().name()
    try:
        state = Appearance(
            scheme=ColorScheme.DARK, palette={"Window": "#010203"}, font_family="", font_size=0
        )
        spare.main.send(IPCChannel.APPEARANCE_STATE, state)
        spare.wait(lambda: qapp.palette().window().color() == QColor("#010203"))
        assert spare.peer.phase is Phase.IDLE
    finally:
        qapp.styleHints().unsetColorScheme()
        qapp.setStyle(style)
        qapp.setPalette(palette)


def test_it_becomes_the_page_and_the_tab_gets_title_and_icon(spare: Spare) -> None:
    spare.write(
        "from PySide6.QtWidgets import QLabel\n"
        "def page(context):\n"
        "    label = QLabel(context.url)\n"
        "    label.setWindowTitle('From the widget')\n"
        "    return label\n"
    )
    assert spare.open().result() == Empty()
    spare.wait(lambda: len(spare.heard) == 2)
    assert isinstance(spare.root, QLabel)
    assert spare.root.text() == "os://guest"
    assert spare.heard[0].title == "From the widget"
    assert spare.heard[1].side == 64
    assert len(spare.heard[1].pixels) == 64 * 64 * 4


def test_title_and_icon_follow_the_widget(spare: Spare) -> None:
    spare.write("from PySide6.QtWidgets import QLabel\ndef page(context): return QLabel('x')\n")
    spare.open()
    spare.wait(lambda: len(spare.heard) == 2)
    assert spare.heard[0].title == "Guest"
    spare.heard.clear()
    spare.root.setWindowTitle("Later")
    pixmap = QPixmap(16, 16)
    pixmap.fill(QColor("#0000ff"))
    spare.root.setWindowIcon(QIcon(pixmap))
    spare.wait(lambda: len(spare.heard) == 2)
    assert spare.heard[0].title == "Later"
    assert spare.heard[1].side == 16
    assert spare.heard[1].pixels == b"\xff\x00\x00\xff" * 256


def test_the_plugins_channels_are_known_before_its_code_runs(spare: Spare) -> None:
    spare.write(
        "from PySide6.QtWidgets import QLabel\n"
        "def page(context):\n"
        "    context.handle('ask', lambda: None)\n"
        "    return QLabel('x')\n"
    )
    spare.main.extend(plugin_contracts(load(spare.folder)))
    spare.open()
    reply = spare.main.invoke("guest:ask")
    spare.wait(reply.done)
    assert reply.result() == Empty()


@pytest.mark.parametrize(
    ("code", "words", "details"),
    [
        ("def page(context): raise KeyError('mine')", "KeyError: 'mine'", "line 1, in page"),
        (
            "import guest_no_such_package\ndef page(c): pass",
            "-m pip install guest_no_such_package",
            "line 1",
        ),
        ("def page(context) return", "SyntaxError", "def page(context) return"),
        (
            "def page(context): return 5",
            "guest_page:page returned 5; it must return the QWidget",
            "plugin.toml",
        ),
        ("def pgae(context): pass", "Did you mean 'pgae'", "plugin.toml"),
    ],
)
def test_a_page_that_cannot_be_built_shows_why(
    spare: Spare, code: str, words: str, details: str, capsys: pytest.CaptureFixture[str]
) -> None:
    spare.write(code)
    assert spare.open().result() == Empty()
    root = spare.root
    assert isinstance(root, ErrorPage)
    assert any(words in label.text() for label in root.findChildren(QLabel))
    assert details in root.details.toPlainText()
    assert "renderer/page.py" not in root.details.toPlainText()
    if "Error" in words:
        assert "[guest] an error while" in capsys.readouterr().err
    spare.heard.clear()
    (button,) = root.findChildren(QPushButton)
    button.click()
    spare.wait(lambda: [message.url for message in spare.heard if hasattr(message, "url")] == ["os://guest"])


def test_a_process_has_one_page_only(spare: Spare) -> None:
    spare.write("from PySide6.QtWidgets import QLabel\ndef page(context): return QLabel('x')\n")
    spare.open()
    again = spare.open()
    assert isinstance(again.exception(), Bug)
