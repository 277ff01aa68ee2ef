from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from tests.renderer.surface.kitchen import Kitchen, Person
from tests.renderer.surface.stage import Stage


@pytest.fixture
def make_stage(qapp: QApplication) -> Iterator[Callable[..., Stage]]:
    """``make_stage(root, width, height)`` gives a surface that shows ``root``; both are gone after the test."""
    stages: list[Stage] = []
    roots: list[QWidget] = []

    def make(root: QWidget | None, width: int = 400, height: int = 300, *, visible: bool = True) -> Stage:
        if root is not None:
            roots.append(root)
        stage = Stage(root, width, height, visible=visible)
        stages.append(stage)
        return stage

    yield make
    for stage in stages:
        stage.close()
    for root in roots:
        root.deleteLater()
    stages.clear()
    roots.clear()


@pytest.fixture
def person(make_stage: Callable[..., Stage]) -> Person:
    """Looks at a kitchen of 500 × 700 that has the keyboard."""
    page = Kitchen()
    person = Person(make_stage(page, 500, 700), page)
    person.focus(True)
    return person
