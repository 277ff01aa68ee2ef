"""The entry points of the bench's plugin. They speak with main by the author's API alone."""

import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QWidget

import browser_os
from shared.channels.link import Echo
from tools.bench import widgets
from tools.bench.payloads import payload_of, record

_REPORT_MS = 200
"""A page tells when a state came only after every other one has it."""
_BURSTS = 3


class Begin(browser_os.Struct):
    """``bench:begin``."""

    kind: str
    rounds: int


def blank(context: browser_os.Page) -> QWidget:
    """Nothing."""
    return QLabel("Bench")


def animation(context: browser_os.Page) -> QWidget:
    """Sixty full frames a second."""
    return widgets.Animation()


def typing(context: browser_os.Page) -> QWidget:
    """A full frame for each key."""
    return widgets.Typing()


def messages(context: browser_os.Page) -> QWidget:
    """Measures what ``bench:begin`` asks for."""

    async def begin(order: Begin) -> None:
        if order.kind == "events":
            values = [await events(context, order.rounds) for _ in range(_BURSTS)]
        else:
            values = await round_trips(context, order.kind, order.rounds)
        context.send("measured", {"values": values})

    context.on("begin", begin)
    return QLabel("Messages")


async def round_trips(context: browser_os.Page, kind: str, rounds: int) -> list[float]:
    """Seconds of each of ``rounds`` requests to main that come back as they were; the first tenth is left out."""
    value = payload_of(kind)
    samples = []
    for _ in range(rounds + rounds // 10 + 1):
        start = time.perf_counter()
        await context.invoke(browser_os.IPCChannel.LINK_ECHO, Echo(value=value))
        samples.append(time.perf_counter() - start)
    return samples[-rounds:]


async def events(context: browser_os.Page, count: int) -> float:
    """Events per second, until main has checked the last of ``count``: the request behind them is answered."""
    note = Echo(value=record())
    start = time.perf_counter()
    for _ in range(count):
        context.send(browser_os.IPCChannel.LINK_NOTE, note)
    await context.invoke(browser_os.IPCChannel.LINK_ECHO, Echo(value=None))
    rate = count / (time.perf_counter() - start)
    await browser_os.sleep(0.5)  # the limit of events per second fills up again
    return rate


def listener(context: browser_os.Page) -> QWidget:
    """Tells when ``power:state`` came, by the machine's steady clock."""
    label = QLabel("Listener")
    heard: list[float] = []
    report = QTimer(label)
    report.setSingleShot(True)
    report.setInterval(_REPORT_MS)

    def hear() -> None:
        heard[:] = [time.monotonic()]
        report.start()

    report.timeout.connect(lambda: context.send("measured", {"values": heard}))
    context.on(browser_os.IPCChannel.POWER_STATE, hear)
    return label
