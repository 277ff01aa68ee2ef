from main_process.window.plain_text import menu_text, one_line, tool_tip


def test_one_line_folds_and_cuts() -> None:
    assert one_line("  a\n\tb\x00c  ") == "a b c"
    assert one_line("x" * 20, 10) == "x" * 9 + "…"


def test_direction_controls_are_taken_out() -> None:
    assert one_line("abc\u202egnp.exe\u2069") == "abc gnp.exe"


def test_markup_stays_text_in_tool_tips() -> None:
    assert tool_tip("<img src=file:///x>") == "&lt;img src=file:///x&gt;"
    assert tool_tip("") == ""


def test_ampersands_are_no_mnemonics_in_menus() -> None:
    assert menu_text("Q&A") == "Q&&A"
