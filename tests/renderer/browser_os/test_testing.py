"""The author's test harness, and in it plots that nobody here wrote (a console's threads need a process: end to end)."""

import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

import browser_os
from browser_os.testing import open_page
from shared.channels.page import PageInformation, PagesListing
from shared.channels.settings import SettingsValues
from shared.errors import BadCall
from shared.manifest import InvalidManifest
from tests.renderer.browser_os.guest import write

PLUGINS = Path(__file__).parents[2] / "end_to_end" / "plugins"


def test_main_answers_what_the_test_says(qapp: object, tmp_path: Path) -> None:
    with open_page(write(tmp_path), granted=["pages.read", "settings.read", "settings.write"]) as page:
        context = page.context
        assert page.run(context.pages.list()) == PagesListing(pages=())
        assert page.run(context.settings.get()) == SettingsValues(values={})
        listing = PagesListing(pages=(PageInformation(url="os://a", title="A"),))
        page.main.answer(browser_os.IPCChannel.PAGES_LIST, listing)
        assert page.run(context.pages.list()) == listing

        def refuse(payload: object) -> None:
            raise browser_os.BadCall(browser_os.ErrorCode.INVALID_PAYLOAD, "no", path="$.value")

        page.main.answer(browser_os.IPCChannel.SETTINGS_UPDATE, refuse)
        with pytest.raises(browser_os.BadCall, match="no"):
            page.run(context.settings.update("a", 1))
        assert [payload.key for payload in page.main.payloads("settings:update")] == ["a"]


def test_a_permission_or_channel_that_there_is_not_is_named(qapp: object, tmp_path: Path) -> None:
    folder = write(tmp_path)
    with (
        pytest.raises(ValueError, match="came 'tbs'; did you mean 'tabs'"),
        open_page(folder, granted=["tbs"]),
    ):
        pass
    with open_page(folder) as page, pytest.raises(ValueError, match="did you mean 'settings:get'"):
        page.main.answer("settings:got", None)  # type: ignore[arg-type]  # the mistake under test


def test_waiting_has_an_end(qapp: object, tmp_path: Path) -> None:
    with open_page(write(tmp_path)) as page:
        with pytest.raises(TimeoutError):
            page.wait_until(lambda: False, timeout=0.02)
        with pytest.raises(TimeoutError):
            page.run(browser_os.sleep(3600), timeout=0.02)


def test_two_plugins_with_modules_of_one_name_do_not_meet(qapp: object, tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        folder = write(tmp_path / name, f"def setup(context, label): label.setText({name!r})")
        with open_page(folder) as page:
            assert page.widget.text() == name  # type: ignore[attr-defined]
        assert str(folder) not in sys.path
        assert "guest_page" not in sys.modules


def test_the_end_of_the_page_settles_its_calls(qapp: object, tmp_path: Path) -> None:
    with open_page(
        write(tmp_path, "def setup(c, l): c.handle('greet', lambda: browser_os.sleep(3600))")
    ) as page:
        call = page.context.invoke("greet", {"name": "a"})
        page.run(browser_os.sleep(0.02))
    assert isinstance(call.exception(), browser_os.Gone)


def test_what_cannot_be_opened_says_why(qapp: object, tmp_path: Path) -> None:
    with pytest.raises(InvalidManifest), open_page(tmp_path):
        pass
    write(tmp_path, "def setup(context, label): raise KeyError('mine')")
    with pytest.raises(KeyError, match="mine"), open_page(tmp_path):
        pass
    with pytest.raises(BadCall, match="no page with path 'nowhere'"), open_page(tmp_path, "nowhere"):
        pass
    write(tmp_path, "def page(context): return 5")
    with pytest.raises(TypeError, match="must return a QWidget"), open_page(tmp_path):
        pass


def colours(widget: QWidget) -> set[int]:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return {
        image.pixel(x, y) & 0xFFFFFF for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)
    }


@pytest.mark.filterwarnings("ignore")  # other people's packages warn as they like
@pytest.mark.parametrize("name", ["pyqtgraph_plot", "matplotlib_canvas"])
def test_plots_that_nobody_here_wrote_paint(qapp: object, name: str) -> None:
    with open_page(PLUGINS / name) as page:
        page.widget.resize(600, 400)
        page.widget.show()
        page.wait_until(lambda: len(colours(page.widget)) > 20)
        assert page.main.refused == []
