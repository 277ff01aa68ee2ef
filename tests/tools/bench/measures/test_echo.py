"""The one measurement that the suite takes for real: it runs, and gives numbers. Never how large they are."""

import msgspec
from click.testing import CliRunner

from tools.bench.command import main
from tools.bench.figures import Report


def test_a_quick_run_yields_numbers() -> None:
    result = CliRunner().invoke(main, ["--quick", "--only", "echo", "--json"])
    assert result.exit_code == 0, result.output
    report = msgspec.json.decode(result.stdout, type=Report)
    assert [figure.name for figure in report.figures] == [
        "request, 256 B",
        "request, 256 B, every message recorded",
        "request, 64 KiB text",
        "request, 4 MiB text",
        "request, 64 KiB of records",
        "events one way, 256 B",
    ]
    for figure in report.figures:
        assert figure.value > 0
        assert figure.floor is not None
        assert min(figure.floor.before, figure.floor.after) > 0
        assert figure.ratio is not None
        assert figure.unchecked_ratio is not None
