from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from renderer.surface.damage import DamageWatcher


class Watched:
    """A shown widget of 200 × 100 whose damage is collected."""

    def __init__(self) -> None:
        self.root = QWidget()
        self.root.resize(200, 100)
        self.calls = 0
        self.cursors = 0
        self.watcher = DamageWatcher(self.root, self._count, self._count_cursor)
        self.root.show()
        self.take()

    def _count(self) -> None:
        self.calls += 1

    def _count_cursor(self) -> None:
        self.cursors += 1

    def take(self) -> QRegion:
        QApplication.sendPostedEvents()
        QApplication.processEvents()
        return self.watcher.take()


@pytest.fixture
def watched(qapp: QApplication) -> Iterator[Watched]:
    watched = Watched()
    yield watched
    watched.root.close()
    watched.root.deleteLater()


def opaque(parent: QWidget | None, x: int, y: int, width: int, height: int) -> QWidget:
    """A child under which its parent paints nothing."""
    child = QWidget(parent)
    child.setAutoFillBackground(True)
    child.setGeometry(x, y, width, height)
    return child


def test_what_is_updated_is_damage(watched: Watched) -> None:
    watched.root.update(10, 20, 30, 5)
    assert watched.take() == QRegion(10, 20, 30, 5)
    assert watched.calls
    assert watched.take().isEmpty()


def test_a_new_childs_first_pixels_are_damage(watched: Watched) -> None:
    child = opaque(watched.root, 50, 10, 20, 20)
    child.show()
    assert watched.take().contains(QRect(50, 10, 20, 20))


def test_a_childs_damage_is_told_where_it_is(watched: Watched) -> None:
    child = opaque(watched.root, 50, 10, 60, 60)
    inner = opaque(child, 5, 6, 20, 20)
    child.show()
    watched.take()
    inner.update(1, 2, 3, 4)
    assert watched.take() == QRegion(56, 18, 3, 4)


def test_a_child_that_comes_with_children_of_its_own(watched: Watched) -> None:
    elsewhere = QWidget()
    elsewhere.show()
    family = opaque(elsewhere, 0, 0, 60, 60)
    inner = opaque(family, 5, 5, 20, 20)
    family.show()
    QApplication.processEvents()
    family.setParent(watched.root)
    family.move(100, 20)
    family.show()
    assert watched.take().contains(QRect(100, 20, 60, 60))
    inner.update(0, 0, 2, 2)
    assert watched.take() == QRegion(105, 25, 2, 2)
    elsewhere.deleteLater()


def test_children_of_a_child_that_came_later(watched: Watched) -> None:
    child = opaque(watched.root, 0, 0, 100, 80)
    child.show()
    watched.take()
    later = opaque(child, 10, 10, 20, 20)
    later.show()
    watched.take()
    later.update(0, 0, 1, 1)
    assert watched.take() == QRegion(10, 10, 1, 1)


def test_another_window_is_not_the_roots(watched: Watched) -> None:
    dialog = QWidget(watched.root, Qt.WindowType.Dialog)
    dialog.resize(50, 50)
    dialog.show()
    watched.take()
    dialog.update()
    assert watched.take().isEmpty()


def test_a_child_that_left_is_nobodys(watched: Watched) -> None:
    child = opaque(watched.root, 0, 0, 20, 20)
    child.show()
    watched.take()
    child.setParent(None)
    child.show()
    assert watched.take() == QRegion(0, 0, 20, 20)
    child.update()
    assert watched.take().isEmpty()
    child.deleteLater()


def test_everything_counts_when_asked(watched: Watched) -> None:
    watched.watcher.add_all()
    assert watched.watcher.take() == QRegion(0, 0, 200, 100)


def test_a_changed_cursor_is_told(watched: Watched) -> None:
    line = QLineEdit(watched.root)
    line.show()
    watched.take()
    before = watched.cursors
    line.setCursor(Qt.CursorShape.WaitCursor)
    assert watched.cursors > before


def test_nothing_is_collected_after_it_stopped(watched: Watched) -> None:
    child = opaque(watched.root, 0, 0, 20, 20)
    child.show()
    watched.take()
    watched.watcher.stop()
    child.update()
    watched.root.update()
    assert watched.take().isEmpty()


def test_a_child_gone_before_it_was_looked_for(watched: Watched) -> None:
    parent = opaque(watched.root, 0, 0, 20, 20)
    watched.take()
    opaque(parent, 0, 0, 5, 5)
    parent.setParent(None)
    shiboken6.delete(parent)
    watched.take()
    watched.root.update(1, 2, 3, 4)
    assert watched.take() == QRegion(1, 2, 3, 4)
