"""Why a process ended: an enumerated reason, a code to search for, and words for people."""

import signal
from enum import StrEnum
from typing import Final

import msgspec

from shared.errors import ErrorCode, Gone, IPCError


class DeathReason(StrEnum):
    """The ways a renderer can end."""

    CLEAN_EXIT = "clean-exit"
    """It was asked to, or ended itself with status 0."""
    ABNORMAL_EXIT = "abnormal-exit"
    """It ended itself with another status, or let go of its link."""
    KILLED = "killed"
    """A signal from outside, such as SIGKILL."""
    CRASHED = "crashed"
    """A signal of its own making, such as SIGSEGV."""
    LAUNCH_FAILED = "launch-failed"
    """It ended, or was ended, before the handshake was done."""
    HUNG = "hung"
    """It did not answer, and the user ended it."""
    BAD_MESSAGE = "bad-message"
    """It sent what no honest renderer can send."""
    LIMIT = "limit"
    """It went over a limit, or did not read what was sent to it."""


class Death(msgspec.Struct, frozen=True, kw_only=True):
    """How a process ended.

    ``exit_status`` is negative for a signal's number, None if it never ran. ``stderr`` and ``stacks`` are the last
    that it wrote: its own words, to be shown as text only.
    """

    reason: DeathReason
    code: str
    exit_status: int | None
    words: str
    possibly_out_of_memory: bool = False
    stderr: str = ""
    stacks: str = ""


class Intent(msgspec.Struct, frozen=True):
    """Why main ended a process, where it did."""

    reason: DeathReason
    error: IPCError | None = None


class LaunchFailed(Gone):
    """No process came of a birth. ``death`` says why."""

    def __init__(self, death: Death) -> None:
        super().__init__(ErrorCode.PEER_GONE, death.words)
        self.death = death


_CRASHES: Final = frozenset(
    {
        signal.SIGSEGV,
        signal.SIGABRT,
        signal.SIGBUS,
        signal.SIGILL,
        signal.SIGFPE,
        signal.SIGSYS,
        signal.SIGTRAP,
    }
)


def classify(
    exit_status: int | None,
    *,
    launched: bool,
    intent: Intent | None = None,
    memory_was_short: bool = False,
    stderr: str = "",
    stacks: str = "",
) -> Death:
    """What a true exit status means, given what main knows: whether the handshake was done, and what main did."""
    reason = _reason(exit_status, launched, intent)
    short = reason in (DeathReason.KILLED, DeathReason.LAUNCH_FAILED) and exit_status == -signal.SIGKILL
    out_of_memory = short and intent is None and memory_was_short
    return Death(
        reason=reason,
        code=_code(reason, exit_status, intent),
        exit_status=exit_status,
        words=_words(reason, exit_status, intent)
        + (" The machine was possibly out of memory." if out_of_memory else ""),
        possibly_out_of_memory=out_of_memory,
        stderr=stderr,
        stacks=stacks,
    )


def never_launched(error: IPCError) -> Death:
    """The death of a process that could not even be made."""
    return Death(
        reason=DeathReason.LAUNCH_FAILED,
        code=f"BOS-LAUNCH-FAILED-{error.code.upper()}",
        exit_status=None,
        words=f"No process could be started for the page: {error.message}",
    )


def _reason(exit_status: int | None, launched: bool, intent: Intent | None) -> DeathReason:
    crashed = exit_status is not None and -exit_status in _CRASHES
    if intent is not None and not crashed:
        return intent.reason
    if not launched:
        return DeathReason.LAUNCH_FAILED
    if crashed:
        return DeathReason.CRASHED
    if exit_status is None or exit_status > 0:
        return DeathReason.ABNORMAL_EXIT
    return DeathReason.CLEAN_EXIT if exit_status == 0 else DeathReason.KILLED


def _status_name(exit_status: int | None) -> str:
    if exit_status is None:
        return "UNKNOWN"
    if exit_status >= 0:
        return f"EXIT-{exit_status}"
    try:
        return signal.Signals(-exit_status).name
    except ValueError:
        return f"SIGNAL-{-exit_status}"


def _code(reason: DeathReason, exit_status: int | None, intent: Intent | None) -> str:
    detail = ""
    if intent is not None and intent.error is not None and reason is intent.reason:
        detail = intent.error.code.upper()
    elif reason is DeathReason.ABNORMAL_EXIT:
        detail = _status_name(exit_status).removeprefix("EXIT-")
    elif reason in (DeathReason.KILLED, DeathReason.CRASHED, DeathReason.LAUNCH_FAILED):
        detail = _status_name(exit_status)
    return "-".join(filter(None, ("BOS", reason.upper(), detail)))


def _words(reason: DeathReason, exit_status: int | None, intent: Intent | None) -> str:
    name = _status_name(exit_status)
    because = f": {intent.error.message}" if intent is not None and intent.error is not None else ""
    match reason:
        case DeathReason.CLEAN_EXIT:
            return "The page ended."
        case DeathReason.ABNORMAL_EXIT:
            return f"The page's process ended itself ({name}){because}."
        case DeathReason.KILLED:
            return f"The page's process was ended from outside ({name})."
        case DeathReason.CRASHED:
            return f"The page's process crashed ({name})."
        case DeathReason.LAUNCH_FAILED:
            return f"The page's process did not start properly ({name}){because}."
        case DeathReason.HUNG:
            return "The page did not answer any more and was ended."
        case DeathReason.BAD_MESSAGE:
            return f"The page's process broke the rules of its link and was ended{because}."
        case DeathReason.LIMIT:
            return f"The page's process went over a limit and was ended{because}."
