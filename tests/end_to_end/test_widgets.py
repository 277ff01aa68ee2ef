"""Widgets that nobody here wrote run unchanged in tabs: the pixels show it."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

from PIL import Image

from tests.end_to_end.display import Display
from tests.end_to_end.paths import plugin
from tests.end_to_end.shell import RunningShell, running_shell

Pixel = tuple[int, int, int]


def _pixel(picture: Image.Image, x: int, y: int) -> Pixel:
    red, green, blue = picture.getpixel((x, y))  # type: ignore[misc]  # an RGB picture
    return red, green, blue


def _crossings(picture: Image.Image, is_line: Callable[[Pixel], bool], row: int) -> list[int]:
    """Where a curve crosses a row of pixels: the left end of each run."""
    on = [is_line(_pixel(picture, x, row)) for x in range(picture.width)]
    return [x for x in range(1, picture.width) if on[x] and not on[x - 1]]


def _drag(shell: RunningShell, start: tuple[int, int], end: tuple[int, int]) -> None:
    left, top, _, _ = shell.tab().surface
    (x0, y0), (x1, y1) = start, end
    steps: list[str] = []
    for step in range(1, 11):
        x, y = x0 + (x1 - x0) * step // 10, y0 + (y1 - y0) * step // 10
        steps += ["mousemove", "--sync", str(left + x), str(top + y)]
    begin = ["mousemove", "--sync", str(left + x0), str(top + y0), "mousedown", "1"]
    assert shell.display is not None
    shell.display.xdotool(*begin, *steps, "mouseup", "1")


def _orange(pixel: Pixel) -> bool:
    red, green, blue = pixel
    return red > 150 and 50 < green < 170 and blue < 80


def _red(pixel: Pixel) -> bool:
    red, green, blue = pixel
    return red > 180 and green < 90 and blue < 90


def test_the_wheel_zooms_a_pyqtgraph_plot(display: Display, tmp_path: Path) -> None:
    with running_shell(display, tmp_path / "profile", plugin("pyqtgraph_plot")) as shell:
        shell.wait_loaded("Plot")
        row = shell.tab().surface[3] * 6 // 10
        before = shell.wait_picture(lambda seen: len(_crossings(seen, _orange, row)) >= 4, "the curve")
        many = len(_crossings(before, _orange, row))
        left, top, width, _ = shell.tab().surface
        x, y = left + width // 2, top + row
        display.xdotool("mousemove", "--sync", str(x), str(y), "click", "--repeat", "8", "--delay", "20", "4")
        shell.wait_picture(
            lambda seen: 0 < len(_crossings(seen, _orange, row)) < many, "fewer of its waves, larger"
        )


def test_a_drag_pans_a_matplotlib_canvas(display: Display, tmp_path: Path) -> None:
    with running_shell(display, tmp_path / "profile", plugin("matplotlib_canvas")) as shell:
        shell.wait_loaded("Figure")
        row = shell.tab().surface[3] // 2
        before = shell.wait_picture(lambda seen: len(_crossings(seen, _red, row)) >= 2, "the curve")
        old = _crossings(before, _red, row)[0]
        _drag(shell, (400, row), (500, row))
        shell.wait_picture(
            lambda seen: any(abs(x - 100 - old) <= 3 for x in _crossings(seen, _red, row)),
            "the curve 100 pixels on",
        )


def test_a_qtconsole_answers(display: Display, tmp_path: Path) -> None:
    with running_shell(display, tmp_path / "profile", plugin("qtconsole_page")) as shell:
        shell.wait_loaded("Console")
        shell.wait_picture(lambda seen: _count(seen, _prompt_blue) > 20, "the prompt")
        shell.click_page(300, 120)
        shell.type("1+1")
        shell.key("Return")
        shell.wait_picture(lambda seen: _count(seen, _answer_red) > 20, "Out[1]")


def _count(picture: Image.Image, is_wanted: Callable[[Pixel], bool]) -> int:
    """How many pixels are of a wanted colour."""
    colours = cast("list[tuple[int, Pixel]]", picture.getcolors(picture.width * picture.height))
    return sum(count for count, pixel in colours if is_wanted(pixel))


def _prompt_blue(pixel: Pixel) -> bool:
    """``In [1]:``, and nothing else on the page."""
    red, green, blue = pixel
    return red < 60 and green < 60 and blue > 110


def _answer_red(pixel: Pixel) -> bool:
    """``Out[1]:``, and nothing else on the page."""
    red, green, blue = pixel
    return red > 110 and green < 60 and blue < 60
