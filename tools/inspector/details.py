"""The details of one record: what became of it, its other half, its payload as tree, JSON and bytes."""

import datetime
import json
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from shared.channels.inspector import Record, Verdict
from shared.errors import ErrorCode
from tools.inspector.appearance import SPACE, monospace
from tools.inspector.flow import FlowState
from tools.inspector.format import Tone, latency_text, printable, route_text, to_json, tone
from tools.inspector.payload_view import PayloadTree, hex_dump
from tools.inspector.store import Entry

_SHARES: Final = (420, 860)
"""Widths of the facts and of the payload."""
_FLOW_WORDS: Final = {
    FlowState.WAITING: "waiting for its reply",
    FlowState.ANSWERED: "answered",
    FlowState.FAILED: "answered with an error",
    FlowState.REFUSED: "refused",
    FlowState.CANCELLED: "given up by its sender",
}


class Details(QWidget):
    """The lower pane: what there is to know of it on the left, what it said on the right.

    Signals:
        pair_wanted: the user asks for the record with this sequence number, the other half.
    """

    pair_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry: Entry | None = None
        self._stack = QStackedWidget(self)
        nothing = _label("secondary")
        nothing.setText("Select a message to see it whole.")
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(nothing)
        self._stack.addWidget(self._build_page())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _build_page(self) -> QWidget:
        self._heading = _label("heading")
        self._problem = _label("danger")
        self._fields: dict[str, QLabel] = {}
        self._form = QFormLayout()
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self._form.setHorizontalSpacing(2 * SPACE)
        self._form.setVerticalSpacing(SPACE // 2)
        for name in ("Verdict", "From → to", "Type", "Size", "Time", "Number", "Link", "Request", "Latency"):
            title, value = _label("secondary"), _label("plain")
            title.setText(name)
            self._fields[name] = value
            self._form.addRow(title, value)
        self.pair_button = QPushButton()
        self.pair_button.clicked.connect(self._on_pair_button_clicked)
        self.tree = PayloadTree()
        self.json = _text_view()
        self.raw = _text_view()
        self.views = QTabWidget()
        self.views.setDocumentMode(True)
        self.views.addTab(self.tree, "Payload")
        self.views.addTab(self.json, "JSON")
        self.views.addTab(self.raw, "Bytes")
        self.note = _label("secondary")
        facts = QWidget()
        column = QVBoxLayout(facts)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self._heading)
        column.addWidget(self._problem)
        column.addLayout(self._form)
        column.addWidget(self.pair_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.note)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(facts)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QSplitter(Qt.Orientation.Horizontal)
        page.addWidget(scroll)
        page.addWidget(self.views)
        page.setStretchFactor(1, 1)
        page.setSizes(list(_SHARES))
        page.setHandleWidth(1)
        page.setChildrenCollapsible(False)
        return page

    @property
    def problem(self) -> str:
        """The explanation shown, empty without one."""
        return self._problem.text()

    def field(self, name: str) -> str:
        """The text of a field, by its title."""
        return self._fields[name].text()

    def show_entry(self, entry: Entry | None) -> None:
        """Show ``entry``, or that none is selected."""
        same = entry is not None and self._entry is not None and entry.record is self._entry.record
        self._entry = entry
        self._stack.setCurrentIndex(0 if entry is None else 1)
        if entry is None:
            return
        self._show_flow(entry)
        if same:
            return  # keeps what is expanded and scrolled
        record = entry.record
        self._heading.setText(printable(record.channel) or "Unreadable message")
        self._show_problem(record)
        moment = datetime.datetime.fromtimestamp(record.time)
        self._set("Verdict", record.verdict)
        self._set("From → to", route_text(record))
        self._set("Type", printable(record.type))
        self._set("Size", f"{record.size:,} bytes on the wire")
        self._set("Time", f"{moment:%Y-%m-%d %H:%M:%S.%f}"[:-3])
        self._set("Number", str(record.sequence))
        self._set("Link", str(record.link))
        self._show_payload(record)

    def _show_problem(self, record: Record) -> None:
        lines = []
        if record.code is not None:
            lines.append(f"{printable(record.code)}: {printable(record.reason or '')}")
        if record.path:
            lines.append(f"at {printable(record.path)}")
        self._problem.setText("\n".join(lines))
        self._problem.setProperty("kind", "warning" if tone(record) is Tone.FAILED else "danger")
        self._problem.style().polish(self._problem)
        self._problem.setVisible(bool(lines))

    def _show_flow(self, entry: Entry) -> None:
        record, flow, other = entry.record, entry.flow, entry.other
        latency = flow.latency if flow is not None else record.latency
        self._set("Latency", latency_text(latency) + (" (measured by main)" if latency is not None else ""))
        id_ = record.in_reply_to or record.id
        state = (
            f"{printable(id_)}, {_FLOW_WORDS[flow.state]}"
            if flow is not None and id_
            else printable(id_ or "")
        )
        self._set("Request", state)
        self.pair_button.setVisible(other is not None)
        if other is not None:
            half = "request" if record.in_reply_to is not None else "reply"
            self.pair_button.setText(f"Go to the {half}  ({other.sequence})")

    def _show_payload(self, record: Record) -> None:
        self.tree.show_value(record.payload)
        self.json.setPlainText(json.dumps(json.loads(to_json(record)), indent=2, ensure_ascii=False))
        self.raw.setPlainText(hex_dump(record.raw) if record.raw else "")
        self.views.setTabVisible(2, record.raw is not None)
        self.views.setCurrentIndex(2 if record.raw is not None else 0)
        self.note.setText(_note(record))
        self.note.setVisible(bool(self.note.text()))

    def _set(self, name: str, text: str) -> None:
        self._fields[name].setText(text)
        self._form.setRowVisible(self._fields[name], bool(text))

    def _on_pair_button_clicked(self) -> None:
        other = self._entry.other if self._entry is not None else None
        if other is not None:
            self.pair_wanted.emit(other.sequence)


def _note(record: Record) -> str:
    if record.secret:
        return "The contract of this channel is secret: its payload is not recorded."
    if record.raw is not None:
        return "The message could not be read; its first bytes are shown."
    if record.payload is None and record.verdict is Verdict.REFUSED:
        if record.code == ErrorCode.INVALID_PAYLOAD:
            return "What was sent does not fit the channel's contract, so there is no payload to show."
        return "It was refused before its payload was read."
    if record.payload == {}:
        return "Its payload has no fields."
    return ""


def _label(kind: str) -> QLabel:
    label = QLabel()
    label.setProperty("kind", kind)
    # Texts come from renderers: never rich text.
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _text_view() -> QPlainTextEdit:
    view = QPlainTextEdit()
    view.setReadOnly(True)
    view.setFont(monospace())
    view.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    return view
