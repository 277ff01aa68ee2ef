"""Named entry points."""

import sys
from types import ModuleType

import pytest

from shared import entry


def test_the_function_named_is_called_with_the_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[object, ...]] = []
    module = ModuleType("a_module_made_up")
    module.begin = lambda *arguments: calls.append(arguments)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    entry.run("a_module_made_up:begin", 1, "two")
    assert calls == [(1, "two")]


@pytest.mark.parametrize(
    ("name", "error"), [("no_such_module:begin", ImportError), ("shared.entry:begin", AttributeError)]
)
def test_what_is_not_there_is_an_error(name: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        entry.run(name)
