import pytest

from main_process.window.style_sheet import style_sheet
from main_process.window.tokens import COLORS
from shared.channels.system import ColorScheme


@pytest.mark.parametrize("scheme", ColorScheme)
def test_every_token_is_filled_in(scheme: ColorScheme) -> None:
    sheet = style_sheet(COLORS[scheme])
    assert "$" not in sheet
    assert COLORS[scheme].accent in sheet
    assert sheet.count("{") == sheet.count("}")
