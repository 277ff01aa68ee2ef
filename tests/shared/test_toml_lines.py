"""Finding the line of a key."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from shared.toml_lines import key_lines, line_of

TEXT = '''\
# a comment = with a key in it
id = "hello"
list = [
  "a",
  ["b", "["],
  { c = 1 },
]
text = """
[pages]
no = "key"
"""

[[pages]]
path = "a"
[[pages]]
path = "b"
[pages.extra]
deep.key = 1
"quoted key" = 2

[channels]
x = { y = 1 }
'''


def test_every_key_has_the_line_it_stands_on() -> None:
    assert tomllib.loads(TEXT)
    lines = key_lines(TEXT)
    assert lines[("id",)] == 2
    assert lines[("list",)] == 3
    assert lines[("text",)] == 8
    assert lines[("pages", 0)] == 13
    assert lines[("pages", 0, "path")] == 14
    assert lines[("pages", 1, "path")] == 16
    assert lines[("pages", 1, "extra")] == 17
    assert lines[("pages", 1, "extra", "deep", "key")] == 18
    assert lines[("pages", 1, "extra", "quoted key")] == 19
    assert lines[("channels", "x")] == 22


def test_what_stands_in_a_value_is_no_key() -> None:
    assert ("no",) not in key_lines(TEXT)
    assert ("pages", 0, "no") not in key_lines(TEXT)
    assert ("c",) not in key_lines(TEXT)


def test_what_has_no_line_gets_that_of_what_encloses_it() -> None:
    lines = key_lines(TEXT)
    assert line_of(("channels", "x", "y"), lines) == 22
    assert line_of(("pages", 1, "missing"), lines) == 15
    assert line_of(("missing",), lines) is None


@given(st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    key_lines(text)
