import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon

from main_process.window import icons
from main_process.window.icons import Icon
from main_process.window.theme import theme
from main_process.window.tokens import DARK, LIGHT


@pytest.mark.parametrize("icon", Icon)
def test_every_icon_has_a_shape_inside_its_square(icon: Icon, qapp: object) -> None:
    bounds = icons.outline(icon).boundingRect()
    assert not bounds.isEmpty()
    assert 0 <= bounds.left() < bounds.right() <= 1
    assert 0 <= bounds.top() < bounds.bottom() <= 1
    assert bounds.width() > 0.05 and bounds.height() > 0.2


def _darkest_color(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> str:
    image = icon.pixmap(QSize(64, 64), mode).toImage()
    opaque = [
        image.pixelColor(x, y).name()
        for x in range(64)
        for y in range(64)
        if image.pixelColor(x, y).alpha() == 255
    ]
    assert opaque
    return max(set(opaque), key=opaque.count)


def test_an_icon_follows_the_theme_without_being_made_anew(qapp: object) -> None:
    icon = icons.themed(Icon.ADD)
    assert _darkest_color(icon) == LIGHT.text_secondary
    assert _darkest_color(icon, QIcon.Mode.Disabled) == LIGHT.text_disabled
    theme().set_choice("dark")
    assert _darkest_color(icon) == DARK.text_secondary


def test_the_window_icon_has_the_sizes_window_managers_ask_for(qapp: object) -> None:
    sides = {size.width() for size in icons.window_icon().availableSizes()}
    assert {16, 32, 48, 128} <= sides
