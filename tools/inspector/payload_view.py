"""A payload as a tree, and bytes as a hex dump."""

import base64
from typing import Any, Final

from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from tools.inspector.appearance import monospace
from tools.inspector.format import payload_text, printable

_MAX_CHILDREN: Final = 500
"""Of one list or map; the rest is counted."""
_MAX_DEPTH_OPEN: Final = 2
_BYTES_SHOWN: Final = 64


class PayloadTree(QTreeWidget):
    """Names and values of a payload, nested as it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(2)
        self.setHeaderLabels(["Field", "Value"])
        self.setFont(monospace())
        self.setUniformRowHeights(True)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)

    def show_value(self, value: Any) -> None:
        """Replace what is shown; None shows nothing."""
        self.clear()
        if value is None:
            return
        if isinstance(value, dict | list | tuple):
            self.addTopLevelItems(_children(value))
        else:
            self.addTopLevelItem(_item("$", value))
        self.expandToDepth(_MAX_DEPTH_OPEN - 1)


def _item(name: str, value: Any) -> QTreeWidgetItem:
    item = QTreeWidgetItem([printable(name), value_text(value)])
    if isinstance(value, dict | list | tuple):
        item.addChildren(_children(value))
    return item


def _children(value: dict[Any, Any] | list[Any] | tuple[Any, ...]) -> list[QTreeWidgetItem]:
    pairs = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
    items = [
        _item(str(name) if isinstance(value, dict) else f"[{name}]", item)
        for name, item in pairs[:_MAX_CHILDREN]
    ]
    if len(pairs) > _MAX_CHILDREN:
        items.append(QTreeWidgetItem(["…", f"{len(pairs) - _MAX_CHILDREN} more"]))
    return items


def value_text(value: Any) -> str:
    """One value on one line; containers by their size, and what main left out by its size."""
    if isinstance(value, dict):
        if set(value) == {"…"}:
            return f"({printable(str(value['…']))}, not kept)"
        return f"{{{len(value)}}}"
    if isinstance(value, list | tuple):
        return f"[{len(value)}]"
    if isinstance(value, bytes):
        text = base64.b16encode(value[:_BYTES_SHOWN]).decode().lower()
        return f"{len(value)} bytes  {text}{'…' if len(value) > _BYTES_SHOWN else ''}"
    return payload_text(value)


def hex_dump(data: bytes) -> str:
    """Sixteen bytes a line: offset, hex, printable ASCII."""
    lines = []
    for offset in range(0, len(data), 16):
        part = data[offset : offset + 16]
        text = "".join(chr(byte) if 32 <= byte < 127 else "·" for byte in part)
        lines.append(f"{offset:04x}  {part.hex(' '):<47}  {text}")
    return "\n".join(lines)
