from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QMainWindow

from tests.main_process.surface.view_stage import RED, Stage


@pytest.fixture
def stage(qapp: QApplication) -> Iterator[Stage]:
    stage = Stage()
    yield stage
    stage.view.detach()
    stage.view.setParent(None)
    stage.view.deleteLater()
    stage.renderer.close()
    stage.link.close()


@pytest.fixture
def window(qapp: QApplication) -> Iterator[QMainWindow]:
    """Name it before ``stage``, so that it outlives the view."""
    window = QMainWindow()
    yield window
    window.close()
    window.deleteLater()


@pytest.fixture
def shown(stage: Stage) -> Stage:
    """Attached, on the screen, one red frame shown."""
    stage.attach()
    stage.show()
    stage.renderer.paint(0, RED)
    stage.settle()
    return stage
