from main_process.tab import Tab as RealTab
from main_process.window.tab_interface import Tab
from tests.main_process.window.fake_tab import FakeTab


def _real_tab_fits(tab: RealTab) -> Tab:
    """Checked by mypy alone: the shell's tab has all that the window needs."""
    return tab


def test_the_fake_has_all_that_the_window_needs(qapp: object) -> None:
    needed = [name for name in vars(Tab) if not name.startswith("_")]
    assert "changed" in needed and "navigate" in needed
    fake = FakeTab()
    assert [name for name in needed if not hasattr(fake, name)] == []
