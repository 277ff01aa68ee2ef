import pytest
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from tools.inspector.payload_view import PayloadTree, hex_dump, value_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        ("Grüße", '"Grüße"'),
        (2**80, str(2**80)),
        ({"a": 1}, "{1}"),
        ([1, 2], "[2]"),
        (b"\x00\xff", "2 bytes  00ff"),
        ({"…": "4194304 bytes"}, "(4194304 bytes, not kept)"),
    ],
)
def test_values(value: object, text: str) -> None:
    assert value_text(value) == text


def children(item: QTreeWidgetItem | None) -> list[tuple[str, str]]:
    assert item is not None
    below = (item.child(row) for row in range(item.childCount()))
    return [(child.text(0), child.text(1)) for child in below if child is not None]


def test_the_tree_is_nested_as_the_payload_is(qtbot: QtBot) -> None:
    tree = PayloadTree()
    qtbot.addWidget(tree)
    tree.show_value({"values": {"theme": "dark"}, "list": list(range(501))})
    assert children(tree.topLevelItem(0)) == [("theme", '"dark"')]
    numbers = children(tree.topLevelItem(1))
    assert (numbers[1], numbers[500]) == (("[1]", "1"), ("…", "1 more"))
    tree.show_value(None)
    assert tree.topLevelItemCount() == 0


def test_a_hex_dump_has_offset_bytes_and_text() -> None:
    lines = hex_dump(b"GET / HTTP/1.1\r\n\r\n").splitlines()
    assert lines[0] == "0000  47 45 54 20 2f 20 48 54 54 50 2f 31 2e 31 0d 0a  GET / HTTP/1.1··"
    assert lines[1].startswith("0010  0d 0a ")
