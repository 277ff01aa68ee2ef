"""Renderers are born, die in every way and leave nothing behind: with a real supervisor and real processes."""

import json
import os
import select
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import psutil
import pytest

from shared.channels.process import Isolation

_ROOT = Path(__file__).parents[2]
_PROGRAM = "tests.end_to_end.programs.supervised"
_IS_ROOT = os.geteuid() == 0


def _start(scenario: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", _PROGRAM, scenario],
        cwd=_ROOT,
        env=os.environ
        | {"DISPLAY": ":4711", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere", "BOS_SECRET": "hush"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _run(scenario: str) -> Any:
    with _start(scenario) as process:
        out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    return json.loads(out)


def _check_isolation(facts: dict[str, Any]) -> None:
    status = facts["status"]
    uid = int(status["Uid"].split()[0])
    expected = {
        Isolation.AS_USER: os.geteuid(),
        Isolation.UID: 65534,
        Isolation.USER_NAMESPACE: 1000,
    }[Isolation(facts["isolation"])]
    assert uid == expected
    assert (facts["isolation"] == Isolation.AS_USER) is not _IS_ROOT
    for name in ("CapPrm", "CapEff", "CapInh", "CapAmb"):
        assert int(status[name], 16) == 0
    assert status["NoNewPrivs"] == "1"


def test_a_birth_leaves_everything_of_mains_behind() -> None:
    facts = _run("birth")
    _check_isolation(facts)
    assert facts["was_spare"]
    assert facts["next_spare"] not in (facts["pid"], None)
    assert int(facts["status"]["PPid"]) == facts["main"]
    assert facts["session"] == facts["pid"]
    assert facts["threads"] == 1
    descriptors = facts["descriptors"]
    assert descriptors["0"] == "/dev/null"
    assert descriptors["1"] == descriptors["2"]
    assert [target.split(":")[0] for number, target in descriptors.items() if int(number) < 5] == [
        "/dev/null", "pipe", "pipe", "socket", "pipe",
    ]  # fmt: skip
    # Qt's event loop has a counter of its own.
    assert {target for number, target in descriptors.items() if int(number) > 4} <= {"anon_inode:[eventfd]"}
    environment = facts["environment"]
    assert not {"DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "BOS_SECRET", "LD_LIBRARY_PATH"} & environment.keys()
    assert not [name for name in environment if name.startswith(("PYTHON", "QTWEBENGINE_", "LD_", "WAYLAND"))]
    assert environment["QT_QPA_PLATFORM"].startswith("offscreen:")
    assert facts["initial_environment"] == ""


def test_every_death_has_its_reason_code_and_true_status() -> None:
    deaths = _run("deaths")
    seen = {order: (death["reason"], death["code"], death["status"]) for order, death in deaths.items()}
    assert seen == {
        "crash": ("crashed", "BOS-CRASHED-SIGSEGV", -11),
        "abort": ("crashed", "BOS-CRASHED-SIGABRT", -6),
        "leave 3": ("abnormal-exit", "BOS-ABNORMAL-EXIT-3", 3),
        "exit 0": ("clean-exit", "BOS-CLEAN-EXIT", 0),
        "exit 7": ("abnormal-exit", "BOS-ABNORMAL-EXIT-7", 7),
        "garbage": ("bad-message", "BOS-BAD-MESSAGE-MALFORMED-FRAME", -9),
        "let-go": ("abnormal-exit", "BOS-ABNORMAL-EXIT-PEER-GONE", -9),
        "kill -9": ("killed", "BOS-KILLED-SIGKILL", -9),
        "close": ("clean-exit", "BOS-CLEAN-EXIT", 0),
        "flood": ("hung", "BOS-HUNG", -9),
    }
    assert "Segmentation fault" in deaths["crash"]["whole_stderr"]
    assert "_crash" in deaths["crash"]["whole_stderr"]
    assert deaths["flood"]["whole_stderr"].endswith("the end\n")
    assert len(deaths["flood"]["whole_stderr"]) == 64 * 1024


def test_a_process_that_cannot_start_says_why() -> None:
    death = _run("launch_failure")
    assert (death["reason"], death["code"]) == ("launch-failed", "BOS-LAUNCH-FAILED-EXIT-70")
    assert "has no attribute 'no_such_function'" in death["stderr"]


def test_the_zygotes_death_kills_no_renderer_and_is_repaired() -> None:
    seen = _run("zygote_death")
    assert seen["statuses"] == [-signal.SIGKILL]
    assert seen["answers"] == seen["pids"]
    assert seen["deaths"] == [None, None]
    assert seen["is_new"]
    assert seen["zombies"] == []


def test_births_leave_no_descriptor_and_no_child_behind() -> None:
    before, after = _run("descriptors")["counts"]
    assert before == after


def test_a_hung_page_is_noticed_and_its_stacks_are_there() -> None:
    seen = _run("hang")
    assert seen["hung"] == [False, True, True]
    assert seen["responsive"]
    assert "_spin" in seen["stacks"]["spinning"]
    assert "_hold_gil" in seen["stacks"]["sleeping"]
    assert seen["stacks_after_waking"] == ""
    assert seen["death"] == ["hung", "BOS-HUNG", -9]
    assert seen["death_has_stacks"]


def test_what_a_page_started_does_not_outlive_it() -> None:
    assert _run("left_over_child") == {"zombies": []}


def test_births_work_without_fork() -> None:
    facts = _run("spawned")
    _check_isolation(facts)
    assert int(facts["status"]["PPid"]) == facts["main"]
    assert facts["threads"] == 1
    assert facts["death"] == "BOS-KILLED-SIGKILL"


def _temporary_files() -> set[str]:
    folders = {"/dev/shm", os.environ.get("TMPDIR", "/tmp"), os.environ["XDG_RUNTIME_DIR"]}
    return {entry.path for folder in folders for entry in os.scandir(folder)}


@pytest.mark.parametrize("victim", ["main", "zygote first, then main"])
def test_nothing_outlives_main(victim: str) -> None:
    before = _temporary_files()
    with _start("serve") as process:
        assert process.stdout is not None
        pids = json.loads(process.stdout.readline())
        assert len(pids) >= 5
        watched = [os.pidfd_open(pid) for pid in pids]
        others = [child.pid for child in psutil.Process(process.pid).children(recursive=True)]
        watched += [os.pidfd_open(pid) for pid in others if pid not in pids]
        if victim != "main":
            os.kill(pids[0], signal.SIGKILL)
        process.kill()
        poll = select.poll()
        for descriptor in watched:
            poll.register(descriptor, select.POLLIN)
        left = set(watched)
        while left:
            ended = {descriptor for descriptor, _ in poll.poll(10_000)}
            assert ended, f"{len(left)} processes outlive main"
            for descriptor in ended:
                poll.unregister(descriptor)
                os.close(descriptor)
            left -= ended
    assert process.returncode == -signal.SIGKILL
    # Other programs of the machine may make files meanwhile; ours would be of these kinds.
    new = [
        path
        for path in _temporary_files() - before
        if "pymp-" in path or "runtime-" in path or "psm_" in path
    ]
    assert new == []


@pytest.mark.parametrize("isolation", [Isolation.UID, Isolation.USER_NAMESPACE])
def test_rights_once_given_up_do_not_come_back(isolation: Isolation) -> None:
    program = """
import os, sys
from renderer import privileges
from shared import linux
from shared.channels.process import Isolation
isolation = Isolation(sys.argv[1])
privileges.drop(isolation)
privileges.verify(linux.status_fields(), isolation)
for regain in (lambda: os.setuid(0), lambda: os.setgroups([0]), lambda: os.chroot("/")):
    try:
        regain()
    except PermissionError:
        continue
    except OSError as error:
        assert error.errno == 22, error  # there is no uid 0 in here
        continue
    raise SystemExit("a right came back")
print("given up", os.getuid())
"""
    run = subprocess.run(
        [sys.executable, "-c", program, isolation],
        check=False,
        cwd=_ROOT,
        capture_output=True,
        text=True,
        timeout=30,
    )
    if _IS_ROOT:
        expected = {Isolation.UID: 65534, Isolation.USER_NAMESPACE: 1000}[isolation]
        assert (run.stdout, run.returncode) == (f"given up {expected}\n", 0), run.stderr
    elif isolation is Isolation.UID:
        # An ordinary user has no other uid to become, and no need to.
        assert "not permitted" in run.stderr
    else:
        assert run.stdout == "given up 1000\n" or "user namespace" in run.stderr
