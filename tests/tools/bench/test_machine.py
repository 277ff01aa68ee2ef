"""What machine this is."""

from pathlib import Path

from tools.bench import machine


def test_it_says_what_figures_depend_on() -> None:
    found = machine.machine(0.5)
    assert found.cores > 0
    assert found.memory_gib > 0
    assert found.load_before == 0.5
    assert found.python.startswith("3.")
    assert found.pyside.startswith("6.")
    assert "\n" not in found.processor


def test_a_processor_without_a_name_is_called_by_its_kind(tmp_path: Path) -> None:
    named, unnamed = tmp_path / "named", tmp_path / "unnamed"
    named.write_text("processor : 0\nmodel name\t: Abacus 3\n")
    unnamed.write_text("processor : 0\n")
    assert machine._processor(named) == "Abacus 3"
    assert machine._processor(unnamed)
