import pytest

from tests.renderer.clients.recorder import Recorder


@pytest.fixture
def caller() -> Recorder:
    """What the client under test speaks through."""
    return Recorder()
