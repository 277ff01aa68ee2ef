"""A report that nobody had to measure."""

from tools.bench.figures import Failure, Floor, Machine, Report, of_runs

MACHINE = Machine(
    processor="Abacus",
    cores=2,
    memory_gib=23.6,
    system="Linux 6.1",
    python="3.13.0",
    pyside="6.12.0",
    load_before=0.25,
    load_after=1.5,
)

REPORT = Report(
    quick=True,
    machine=MACHINE,
    figures=[
        of_runs(
            "request | small",
            [[100.0] * 100, [120.0] * 100],
            "µs",
            floor=Floor(name="sockets", before=9.0, after=11.0),
            unchecked=50.0,
        ),
        of_runs("start", [[1234.5]], "ms"),
    ],
    failures=[Failure(name="memory", reason="the system does not tell")],
)
