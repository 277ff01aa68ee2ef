"""The window's bars: filter and buttons above, a notice when there is one, counts below."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from tools.inspector.appearance import SPACE


class Toolbar(QFrame):
    """Filter, pause, follow, clear; below the filter what is wrong with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolbar")
        self.filter = QLineEdit()
        self.filter.setObjectName("filter")
        self.filter.setPlaceholderText(
            "Filter, such as  channel:tab  verdict:refused  not peer:web  latency>10"
        )
        self.filter.setClearButtonEnabled(True)
        self.filter.setAccessibleName("Filter")
        self.pause = _button("Pause", "Hold the view still; capture goes on (F8)", checkable=True)
        self.follow = _button("Follow", "Keep the newest message in sight (Ctrl+End)", checkable=True)
        self.follow.setChecked(True)
        self.clear = _button("Clear", "Forget what was captured (Ctrl+K)")
        self.error = _label("danger")
        self.error.hide()
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.filter, 1)
        for button in (self.pause, self.follow, self.clear):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        layout.setSpacing(SPACE // 2)
        layout.addLayout(row)
        layout.addWidget(self.error)

    def show_filter_error(self, text: str) -> None:
        """Say what is wrong with the filter; nothing is, if empty."""
        self.error.setText(text)
        self.error.setVisible(bool(text))
        self.filter.setProperty("invalid", bool(text))
        self.filter.style().polish(self.filter)


class Notice(QFrame):
    """A line across the window with one thing to do about it.

    Signals:
        action_wanted: its button was pressed.
    """

    action_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._label = _label("plain")
        self._button = QPushButton()
        self._button.clicked.connect(self.action_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, SPACE, SPACE, SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(self._label, 1)
        layout.addWidget(self._button)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._label.text()

    def show_text(self, text: str, *, action: str, danger: bool = False) -> None:
        """Say ``text`` and offer ``action``."""
        self._label.setText(text)
        self._button.setText(action)
        self.setProperty("kind", "danger" if danger else "plain")
        self.style().polish(self)
        self.show()


class Footer(QFrame):
    """How much there is, and how much is not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("footer")
        self.counts = _label("plain")
        self.hidden = _label("warning")
        self.missing = _label("warning")
        self._remark = _label("plain")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, SPACE // 2, 2 * SPACE, SPACE // 2)
        layout.setSpacing(2 * SPACE)
        for label in (self.counts, self.hidden, self.missing):
            layout.addWidget(label)
        layout.addStretch(1)
        layout.addWidget(self._remark)

    def show_counts(
        self, *, shown: int, captured: int, lost: int, forgotten: int, hidden: int | None
    ) -> None:
        """``hidden``: new ones since the pause, None while not paused; ``lost`` never came, ``forgotten`` went."""
        all_of_them = f"{captured:,} messages" if shown == captured else f"{shown:,} of {captured:,} messages"
        self.counts.setText(all_of_them)
        self.hidden.setText("" if hidden is None else f"Paused: {hidden:,} new hidden")
        parts = [f"{lost:,} lost"] if lost else []
        if forgotten:
            parts.append(f"{forgotten:,} older ones made room")
        self.missing.setText(", ".join(parts))
        for label in (self.hidden, self.missing):
            label.setVisible(bool(label.text()))
        self._remark.clear()

    def show_remark(self, text: str) -> None:
        """Say something in passing; the next change of the counts takes it away."""
        self._remark.setText(text)


def _button(text: str, tip: str, *, checkable: bool = False) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    button.setCheckable(checkable)
    return button


def _label(kind: str) -> QLabel:
    label = QLabel()
    label.setProperty("kind", kind)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
