"""The shell as root and as an ordinary user: renderers have no more rights than they should, pages are shown."""

import os
from pathlib import Path

import pytest

from main_process.sandbox_check import SandboxLevel, check_sandbox
from tests.end_to_end.paths import plugin
from tests.end_to_end.shell import RunningShell
from tests.end_to_end.web_site import document

ORDINARY = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
"""An ordinary user as the shell sees it, wherever the interpreter lies."""


def _status(pid: int) -> dict[str, str]:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


@pytest.mark.parametrize("launcher", [(), ORDINARY], ids=["the user of this run", "an ordinary user"])
def test_renderers_hold_no_rights_and_show_their_pages(launcher: tuple[str, ...], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(document("A file"))
    with RunningShell(
        plugin("looper"), str(page), profile=tmp_path / "profile", display=None, launcher=launcher
    ) as shell:
        shell.wait_loaded("A file")
        seen = shell.wait(
            lambda seen: seen.windows[0].tabs[0].pid is not None and seen.spare is not None, "every process"
        )
        is_root = os.getuid() == 0 and not launcher
        assert seen.isolation in (("user namespace", "uid 65534") if is_root else ("as the user",))
        pids = [seen.windows[0].tabs[0].pid, seen.spare, *seen.web_hosts]
        for pid in pids:
            assert pid is not None
            status = _status(pid)
            assert (status["CapEff"], status["CapPrm"]) == ("0" * 16, "0" * 16)
            assert status["NoNewPrivs"] == "1" or not is_root
        report = check_sandbox(seen.web_hosts[0])
        assert report.level is SandboxLevel.FULL, report.reasons
