"""Widgets that nobody here wrote run unchanged in tabs: the pixels show it."""

from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageChops

from tests.end_to_end.display import Display
from tests.end_to_end.paths import plugin
from tests.end_to_end.shell import RunningShell, running_shell

Box = tuple[int, int, int, int]


def _changed(before: Image.Image, after: Image.Image) -> Box | None:
    """The box around what differs."""
    return ImageChops.difference(before, after).getbbox()


def _columns(picture: Image.Image, is_line: Callable[[tuple[int, int, int]], bool], row: int) -> list[int]:
    """Where a curve crosses a row of pixels."""
    return [x for x in range(picture.width) if is_line(picture.getpixel((x, row)))]  # type: ignore[arg-type]  # RGB


def _settled(shell: RunningShell, target: Path) -> Image.Image:
    """A picture of the page once nothing more arrives for it."""
    link = shell.tab().link
    while True:
        count = len(shell.records)
        shell.client.pump(0.4)
        shell.collect()
        if not any(record.channel == "surface:frame" and record.link == link for record in shell.records[count:]):
            return shell.page_picture(target)


def _drag(shell: RunningShell, start: tuple[int, int], end: tuple[int, int], button: int = 1) -> None:
    left, top, _, _ = shell.tab().surface
    (x0, y0), (x1, y1) = start, end
    steps: list[str] = []
    for step in range(1, 11):
        x, y = x0 + (x1 - x0) * step // 10, y0 + (y1 - y0) * step // 10
        steps += ["mousemove", "--sync", str(left + x), str(top + y)]
    begin = ["mousemove", "--sync", str(left + x0), str(top + y0), "mousedown", str(button)]
    assert shell.display is not None
    shell.display.xdotool(*begin, *steps, "mouseup", str(button))


def _orange(pixel: tuple[int, int, int]) -> bool:
    red, green, blue = pixel
    return red > 180 and 60 < green < 170 and blue < 80


def _red(pixel: tuple[int, int, int]) -> bool:
    red, green, blue = pixel
    return red > 180 and green < 90 and blue < 90


def test_the_wheel_zooms_a_pyqtgraph_plot(display: Display, tmp_path: Path) -> None:
    with running_shell(display, tmp_path / "profile", plugin("pyqtgraph_plot")) as shell:
        shell.wait_loaded("Plot")
        before = _settled(shell, tmp_path / "before.png")
        middle = before.height // 2
        crossings = _columns(before, _orange, middle)
        assert crossings
        left, top, _, _ = shell.tab().surface
        x, y = left + before.width // 2, top + middle
        display.xdotool("mousemove", "--sync", str(x), str(y), "click", "--repeat", "6", "--delay", "20", "4")
        after = _settled(shell, tmp_path / "after.png")
        zoomed = _columns(after, _orange, middle)
        assert _changed(before, after) is not None
        spread = max(crossings) - min(crossings)
        assert not zoomed or len(zoomed) < len(crossings) or max(zoomed) - min(zoomed) != spread


def test_a_drag_pans_a_matplotlib_canvas(display: Display, tmp_path: Path) -> None:
    with running_shell(display, tmp_path / "profile", plugin("matplotlib_canvas")) as shell:
        shell.wait_loaded("Figure")
        before = _settled(shell, tmp_path / "before.png")
        row = before.height // 2
        old = _columns(before, _red, row)
        assert old
        _drag(shell, (400, row), (500, row))
        after = _settled(shell, tmp_path / "after.png")
        moved = _columns(after, _red, row)
        assert any(abs((new - 100) - old[0]) <= 3 for new in moved), (old[:5], moved[:5])


def test_a_qtconsole_answers(display: Display, tmp_path: Path) -> None:
    with running_shell(display, tmp_path / "profile", plugin("qtconsole_page")) as shell:
        shell.wait_loaded("Console")
        before = _settled(shell, tmp_path / "before.png")
        shell.click_page(300, 120)
        shell.type("1+1")
        shell.key("Return")
        after = _settled(shell, tmp_path / "after.png")
        box = _changed(before, after)
        assert box is not None
        # The line typed, the answer and a new prompt: at least three lines of text are new.
        assert box[3] - box[1] > 40
        assert _has_answer(after)


def _has_answer(picture: Image.Image) -> bool:
    """qtconsole writes ``Out[1]:`` in dark red, and nothing else on the page."""
    colours = picture.getcolors(picture.width * picture.height) or []
    return sum(count for count, pixel in colours if _is_dark_red(pixel)) > 20


def _is_dark_red(pixel: object) -> bool:
    assert isinstance(pixel, tuple)
    red, green, blue = pixel
    return bool(red > 110 and green < 60 and blue < 60)
