"""Errors, grouped by blame. Each carries a code that crosses the wire; text is never parsed back.

IPCError
├── BadCall            yours     the caller got its own call wrong
├── BadMessage         theirs    the peer sent what no honest peer can send; the link ends
├── Refused            refused   permission, scope or capability
├── Gone               gone      the peer died, closed, or the page was replaced
├── Late               late      deadline passed or cancelled
├── Full               full      a limit, a rate or a bound
└── Bug                bug       ours: please report
"""

from enum import StrEnum
from typing import ClassVar

import msgspec

from shared.limits import MAX_ERROR_TEXT, MAX_TEXT


class Blame(StrEnum):
    """Who has to act."""

    YOURS = "yours"
    THEIRS = "theirs"
    REFUSED = "refused"
    GONE = "gone"
    LATE = "late"
    FULL = "full"
    BUG = "bug"


class ErrorCode(StrEnum):
    """What went wrong, stable across versions."""

    # yours
    INVALID_PAYLOAD = "invalid-payload"
    UNKNOWN_CHANNEL = "unknown-channel"
    WRONG_PATTERN = "wrong-pattern"
    UNENCODABLE = "unencodable"
    NO_HANDLER = "no-handler"
    HANDLER_FAILED = "handler-failed"
    NOT_FOUND = "not-found"
    # theirs
    MALFORMED_FRAME = "malformed-frame"
    MALFORMED_ENVELOPE = "malformed-envelope"
    WRONG_DIRECTION = "wrong-direction"
    WRONG_STATE = "wrong-state"
    VERSION_MISMATCH = "version-mismatch"
    # refused
    PERMISSION_DENIED = "permission-denied"
    CAPABILITY_ABSENT = "capability-absent"
    # gone
    PEER_GONE = "peer-gone"
    CLOSED = "closed"
    PAGE_REPLACED = "page-replaced"
    # late
    DEADLINE = "deadline"
    CANCELLED = "cancelled"
    # full
    TOO_LARGE = "too-large"
    TOO_MANY = "too-many"
    RATE = "rate"
    QUEUE_FULL = "queue-full"
    NOT_STORED = "not-stored"
    # bug
    INTERNAL = "internal"


BLAME: dict[ErrorCode, Blame] = {
    ErrorCode.INVALID_PAYLOAD: Blame.YOURS,
    ErrorCode.UNKNOWN_CHANNEL: Blame.YOURS,
    ErrorCode.WRONG_PATTERN: Blame.YOURS,
    ErrorCode.UNENCODABLE: Blame.YOURS,
    ErrorCode.NO_HANDLER: Blame.YOURS,
    ErrorCode.HANDLER_FAILED: Blame.YOURS,
    ErrorCode.NOT_FOUND: Blame.YOURS,
    ErrorCode.MALFORMED_FRAME: Blame.THEIRS,
    ErrorCode.MALFORMED_ENVELOPE: Blame.THEIRS,
    ErrorCode.WRONG_DIRECTION: Blame.THEIRS,
    ErrorCode.WRONG_STATE: Blame.THEIRS,
    ErrorCode.VERSION_MISMATCH: Blame.THEIRS,
    ErrorCode.PERMISSION_DENIED: Blame.REFUSED,
    ErrorCode.CAPABILITY_ABSENT: Blame.REFUSED,
    ErrorCode.PEER_GONE: Blame.GONE,
    ErrorCode.CLOSED: Blame.GONE,
    ErrorCode.PAGE_REPLACED: Blame.GONE,
    ErrorCode.DEADLINE: Blame.LATE,
    ErrorCode.CANCELLED: Blame.LATE,
    ErrorCode.TOO_LARGE: Blame.FULL,
    ErrorCode.TOO_MANY: Blame.FULL,
    ErrorCode.RATE: Blame.FULL,
    ErrorCode.QUEUE_FULL: Blame.FULL,
    ErrorCode.NOT_STORED: Blame.FULL,
    ErrorCode.INTERNAL: Blame.BUG,
}


class ErrorReport(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """An error as it crosses the wire.

    ``path`` points into the payload (``$.tabs[2].url``) where one value is to blame.
    """

    code: ErrorCode
    message: str
    path: str | None = None


class IPCError(Exception):
    """Base of all. ``code`` says what, ``message`` why in words a person can act on, ``path`` where.

    Both texts are cut to their limits: a peer's own words may stand in them, and somebody will show them.
    """

    blame: ClassVar[Blame]

    def __init__(self, code: ErrorCode, message: str, *, path: str | None = None) -> None:
        message = message[:MAX_ERROR_TEXT]
        super().__init__(message)
        self.code = code
        self.message = message
        self.path = path[:MAX_TEXT] if path is not None else None

    def __str__(self) -> str:
        return f"{self.code}: {self.message}" + (f" (at {self.path})" if self.path else "")

    def report(self) -> ErrorReport:
        """The wire form."""
        return ErrorReport(code=self.code, message=self.message, path=self.path)


class BadCall(IPCError):
    """The caller got its own call wrong: the message says how to mend it."""

    blame = Blame.YOURS


class BadMessage(IPCError):
    """The peer sent what no honest peer can send. The link ends with it."""

    blame = Blame.THEIRS


class Refused(IPCError):
    """Permission denied, out of scope, or a capability that is not there."""

    blame = Blame.REFUSED


class Gone(IPCError):
    """The peer died or closed, or the page that asked was replaced."""

    blame = Blame.GONE


class Late(IPCError):
    """The deadline passed, or the call was cancelled."""

    blame = Blame.LATE


class Full(IPCError):
    """A size, rate, count or queue limit was reached."""

    blame = Blame.FULL


class Bug(IPCError):
    """A fault of Browser OS itself."""

    blame = Blame.BUG


_CLASSES: dict[Blame, type[IPCError]] = {
    cls.blame: cls for cls in (BadCall, BadMessage, Refused, Gone, Late, Full, Bug)
}


def error(code: ErrorCode, message: str, *, path: str | None = None) -> IPCError:
    """The exception of the class that ``code``'s blame names."""
    return _CLASSES[BLAME[code]](code, message, path=path)


def from_report(report: ErrorReport) -> IPCError:
    """The exception for an error that came over the wire."""
    return error(report.code, report.message, path=report.path)


def report_of(exception: BaseException) -> ErrorReport:
    """The wire form of whatever a handler raised. Foreign exceptions keep their type's name, not their stack."""
    if isinstance(exception, IPCError):
        return exception.report()
    text = f"{type(exception).__name__}: {exception}"
    return ErrorReport(code=ErrorCode.HANDLER_FAILED, message=text[:MAX_ERROR_TEXT])


__all__ = [
    "BLAME",
    "BadCall",
    "BadMessage",
    "Blame",
    "Bug",
    "ErrorCode",
    "ErrorReport",
    "Full",
    "Gone",
    "IPCError",
    "Late",
    "Refused",
    "error",
    "from_report",
    "report_of",
]
