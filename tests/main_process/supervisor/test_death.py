"""Every way to end has one reason, one code and words."""

import signal

import pytest

from main_process.supervisor.death import Death, DeathReason, Intent, LaunchFailed, classify, never_launched
from shared.errors import BadMessage, ErrorCode, Full, Refused

_GARBAGE = Intent(DeathReason.BAD_MESSAGE, BadMessage(ErrorCode.MALFORMED_FRAME, "a frame of 2 GiB"))
_STALLED = Intent(DeathReason.LIMIT, Full(ErrorCode.QUEUE_FULL, "it read nothing"))


@pytest.mark.parametrize(
    ("status", "launched", "intent", "reason", "code"),
    [
        (0, True, None, DeathReason.CLEAN_EXIT, "BOS-CLEAN-EXIT"),
        (3, True, None, DeathReason.ABNORMAL_EXIT, "BOS-ABNORMAL-EXIT-3"),
        (None, True, None, DeathReason.ABNORMAL_EXIT, "BOS-ABNORMAL-EXIT-UNKNOWN"),
        (-signal.SIGKILL, True, None, DeathReason.KILLED, "BOS-KILLED-SIGKILL"),
        (-signal.SIGTERM, True, None, DeathReason.KILLED, "BOS-KILLED-SIGTERM"),
        (-63, True, None, DeathReason.KILLED, "BOS-KILLED-SIGNAL-63"),
        (-signal.SIGSEGV, True, None, DeathReason.CRASHED, "BOS-CRASHED-SIGSEGV"),
        (-signal.SIGABRT, True, None, DeathReason.CRASHED, "BOS-CRASHED-SIGABRT"),
        (-signal.SIGBUS, True, None, DeathReason.CRASHED, "BOS-CRASHED-SIGBUS"),
        (-signal.SIGILL, True, None, DeathReason.CRASHED, "BOS-CRASHED-SIGILL"),
        (-signal.SIGFPE, True, None, DeathReason.CRASHED, "BOS-CRASHED-SIGFPE"),
        (-signal.SIGSYS, True, None, DeathReason.CRASHED, "BOS-CRASHED-SIGSYS"),
        (70, False, None, DeathReason.LAUNCH_FAILED, "BOS-LAUNCH-FAILED-EXIT-70"),
        (-signal.SIGSEGV, False, None, DeathReason.LAUNCH_FAILED, "BOS-LAUNCH-FAILED-SIGSEGV"),
        (-signal.SIGKILL, True, Intent(DeathReason.HUNG), DeathReason.HUNG, "BOS-HUNG"),
        (-signal.SIGKILL, True, _GARBAGE, DeathReason.BAD_MESSAGE, "BOS-BAD-MESSAGE-MALFORMED-FRAME"),
        (0, True, _GARBAGE, DeathReason.BAD_MESSAGE, "BOS-BAD-MESSAGE-MALFORMED-FRAME"),
        (-signal.SIGKILL, True, _STALLED, DeathReason.LIMIT, "BOS-LIMIT-QUEUE-FULL"),
        (-signal.SIGKILL, True, Intent(DeathReason.CLEAN_EXIT), DeathReason.CLEAN_EXIT, "BOS-CLEAN-EXIT"),
        # A crash is one, even if we were about to end it.
        (-signal.SIGSEGV, True, Intent(DeathReason.HUNG), DeathReason.CRASHED, "BOS-CRASHED-SIGSEGV"),
    ],
)
def test_what_a_status_means(
    status: int | None, launched: bool, intent: Intent | None, reason: DeathReason, code: str
) -> None:
    death = classify(status, launched=launched, intent=intent, stderr="words", stacks="stacks")
    assert (death.reason, death.code, death.exit_status) == (reason, code, status)
    assert (death.stderr, death.stacks) == ("words", "stacks")
    assert death.words.endswith(".")


def test_every_reason_has_words_of_its_own() -> None:
    words = {classify(1, launched=True, intent=Intent(reason)).words for reason in DeathReason}
    assert len(words) == len(DeathReason)


def test_why_main_ended_it_stands_in_the_words() -> None:
    assert "a frame of 2 GiB" in classify(-9, launched=True, intent=_GARBAGE).words


@pytest.mark.parametrize(
    ("status", "intent", "short", "possibly"),
    [
        (-9, None, True, True),
        (-9, None, False, False),
        (-9, Intent(DeathReason.HUNG), True, False),
        (-15, None, True, False),
        (-11, None, True, False),
    ],
)
def test_out_of_memory_is_said_only_where_it_may_be_so(
    status: int, intent: Intent | None, short: bool, possibly: bool
) -> None:
    death = classify(status, launched=True, intent=intent, memory_was_short=short)
    assert death.possibly_out_of_memory is possibly
    assert ("out of memory" in death.words) is possibly


def test_a_process_that_never_was_has_a_death_too() -> None:
    death = never_launched(Refused(ErrorCode.CAPABILITY_ABSENT, "no way to give up root's rights"))
    assert death == Death(
        reason=DeathReason.LAUNCH_FAILED,
        code="BOS-LAUNCH-FAILED-CAPABILITY-ABSENT",
        exit_status=None,
        words="No process could be started for the page: no way to give up root's rights",
    )
    assert LaunchFailed(death).death is death
