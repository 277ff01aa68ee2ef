"""The author's and the inspector's first minutes: made, opened, seen, refused."""

import json
import subprocess
import sys
from pathlib import Path

from tests.end_to_end.display import Display
from tests.end_to_end.shell import running_shell

SECONDS = 60


def _browser_os(*arguments: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "tools.command_line", *arguments],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        check=False,
    )


WRONG_FIELD = """
import browser_os
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QWidget


def page(context: browser_os.Page) -> QWidget:
    label = QLabel("asking")

    async def ask() -> None:
        try:
            await context.invoke("greet", {"name": 7})
        except browser_os.BadCall as error:
            label.setText(str(error))
            label.setWindowTitle(f"refused at {error.path}")

    QTimer.singleShot(0, lambda: browser_os.start(ask()))
    return label
"""


def test_a_new_plugin_opens_its_request_shows_and_a_wrong_field_shows_refused(
    display: Display, tmp_path: Path
) -> None:
    made = _browser_os("plugin", "new", "hello", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    folder = tmp_path / "hello"
    checked = _browser_os("plugin", "validate", str(folder), cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    own_tests = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(folder)],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        cwd=folder,
        check=False,
    )
    assert own_tests.returncode == 0, own_tests.stdout
    profile = tmp_path / "profile"
    with running_shell(display, profile, str(folder)) as shell:
        shell.wait_tab(lambda tab: tab.state == "live" and not tab.loading, "the page")
        shell.key("Tab")
        shell.type("Ada")
        shell.key("Return")
        request = shell.wait_record(lambda record: record.channel == "hello:greet", "the request")
        assert request.verdict == "allowed"
        seen = _browser_os("monitor", "--json", "--duration", "2", "--profile", str(profile), cwd=tmp_path)
        assert seen.returncode == 0, seen.stderr
        lines = [json.loads(line) for line in seen.stdout.splitlines()]
        asked = [line for line in lines if line["channel"] == "hello:greet"]
        assert {line["direction"] for line in asked} == {"to-main", "from-main"}
        assert any(line.get("latency") for line in asked)

    entry = next(folder.glob("*.py"))
    module = json.loads(_manifest_entry(folder))
    (folder / f"{module}.py").write_text(WRONG_FIELD)
    assert entry.exists()
    with running_shell(display, profile, str(folder)) as shell:
        shell.wait_loaded("refused at $.name")
        refused = shell.wait_record(lambda record: record.verdict == "refused", "the refusal")
        assert (refused.channel, refused.code, refused.path) == ("hello:greet", "invalid-payload", "$.name")
        seen = _browser_os("monitor", "--duration", "2", "--profile", str(profile), cwd=tmp_path)
        assert "refused" in seen.stdout
        assert "$.name" in seen.stdout


def _manifest_entry(folder: Path) -> str:
    """The module that the manifest's page names, as JSON text."""
    import tomllib

    manifest = tomllib.loads((folder / "plugin.toml").read_text())
    return json.dumps(manifest["pages"][0]["entry"].partition(":")[0])
