"""What no file may say: rules as data over syntax trees and text, each with its reason."""

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.source_tree import CODE, ROOT, python_files, text_files, tree

Finder = Callable[[ast.AST], bool]


@dataclass(frozen=True)
class Ban:
    """One thing that is not written here."""

    name: str
    reason: str
    found: Finder
    """Whether a node of a syntax tree is one."""
    folders: tuple[str, ...] = (*CODE, "tests")
    except_in: tuple[str, ...] = ()
    """Files that may, each needed; a comment there says why."""


def called(*names: str) -> Finder:
    """A call of a function or method by its last names: ``system`` or ``os.system``."""

    def found(node: ast.AST) -> bool:
        return isinstance(node, ast.Call) and any(
            f".{ast.unparse(node.func)}".endswith(f".{name}") for name in names if _may_be(node.func, name)
        )

    return found


def _may_be(function: ast.expr, name: str) -> bool:
    last = name.rpartition(".")[2]
    return (isinstance(function, ast.Name) and function.id == last) or (
        isinstance(function, ast.Attribute) and function.attr == last
    )


def longer_than(most: float, *names: str) -> Finder:
    """A call of one of ``names`` whose first argument is not a number of at most ``most``."""
    is_called = called(*names)

    def found(node: ast.AST) -> bool:
        if not (isinstance(node, ast.Call) and is_called(node)):
            return False
        first = node.args[0] if node.args else None
        return not (
            isinstance(first, ast.Constant) and isinstance(first.value, int | float) and first.value <= most
        )

    return found


def builtin(*names: str) -> Finder:
    """A call of a built-in function, not of a method of the same name."""
    return lambda node: (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
    )


def named(*names: str) -> Finder:
    """Any mention of a name, imported, used or looked up."""

    def found(node: ast.AST) -> bool:
        if isinstance(node, ast.Name):
            return node.id in names
        if isinstance(node, ast.Attribute):
            return node.attr in names
        return isinstance(node, ast.alias) and node.name.rpartition(".")[2] in names

    return found


def shell_true(node: ast.AST) -> bool:
    """``shell=True`` (or anything but a plain False)."""
    return isinstance(node, ast.keyword) and node.arg == "shell" and not _is_constant(node.value, False)


def swallowed(node: ast.AST) -> bool:
    """``except …: pass``, and ``suppress`` of everything."""
    if isinstance(node, ast.ExceptHandler):
        return all(
            isinstance(line, ast.Pass) or _is_constant(getattr(line, "value", None), ...)
            for line in node.body
        )
    return called("suppress")(node) and any(
        isinstance(argument, ast.Name) and argument.id in ("Exception", "BaseException")
        for argument in getattr(node, "args", [])
    )


def bare(node: ast.AST) -> bool:
    """``except:`` without a class."""
    return isinstance(node, ast.ExceptHandler) and node.type is None


def skipped(node: ast.AST) -> bool:
    """Any way to leave a test out."""
    return called("pytest.skip", "pytest.importorskip", "pytest.xfail", "unittest.skip")(node) or (
        isinstance(node, ast.Attribute) and ast.unparse(node) in _SKIPPING_MARKS
    )


_SKIPPING_MARKS = {"pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail"}


_SLEEPS = ("time.sleep", "QThread.sleep", "QThread.msleep", "QTest.qSleep")


def _is_constant(node: object, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value


_CONDITION = "wait for a signal or a condition (waitSignal, waitUntil)"

BANS = [
    Ban("QSettings", "it executes pickles on PySide6 6.11: use main_process.storage", named("QSettings")),
    Ban("QDataStream", "it executes pickles on PySide6 6.11: use shared.values", named("QDataStream")),
    Ban("shell=True", "a file name becomes a command: pass a list", shell_true),
    Ban(
        "os.system",
        "a file name becomes a command: use subprocess with a list",
        called("os.system", "os.popen"),
    ),
    Ban("eval and exec", "nothing that arrives is ever run", builtin("eval", "exec", "__import__"), CODE),
    Ban("except: pass", "silence or failure, nothing between: handle it, count it or let it rise", swallowed),
    Ban("except:", "it catches the end of the program too: name the class", bare),
    Ban("sleep", "wait for what you wait for, with a deadline", called(*_SLEEPS), CODE),
    Ban(
        "sleep in a test",
        "wait for what you wait for, with a deadline; the ends of strangers' processes may be looked for every 50 ms",
        longer_than(0.05, *_SLEEPS),
        ("tests",),
    ),
    Ban(
        "long wait in a test",
        f"{_CONDITION}; only to show that nothing comes may 200 ms pass",
        longer_than(200, "qWait", "qtbot.wait"),
        tuple(f"tests/{folder}" for folder in CODE),
    ),
    Ban(
        "long wait from end to end",
        f"{_CONDITION}; only to show that nothing comes may 2 s pass",
        longer_than(2000, "qWait", "qtbot.wait"),
        ("tests/end_to_end",),
    ),
    Ban("skipped test", "a test that is not run proves nothing: mend it or remove it", skipped, ("tests",)),
    Ban(
        "blocking wait",
        "main and pages never block: use signals",
        called(
            "waitForReadyRead",
            "waitForBytesWritten",
            "waitForConnected",
            "waitForDisconnected",
            "waitForFinished",
        ),
        ("main_process", "renderer"),
    ),
    Ban(
        "decoding in main",
        "main decodes no image, archive or text that came from elsewhere",
        named("QImageReader", "QMovie", "loadFromData", "fromData", "QTextBrowser", "QSvgRenderer"),
        ("main_process",),
    ),
    Ban(
        "nested event loop",
        "what it runs meanwhile finds the program half done",
        named("QEventLoop"),
        CODE,
        except_in=("renderer/browser_os/testing.py",),
    ),
    Ban("processEvents", "a nested event loop by another name", called("processEvents"), CODE),
    Ban(
        "TCP port",
        "nothing listens on the network: use a local socket in the runtime directory",
        named("AF_INET", "AF_INET6", "QTcpServer", "QTcpSocket", "create_server", "QWebSocketServer"),
        CODE,
    ),
]


def hits(ban: Ban, path: Path, module: ast.Module) -> list[str]:
    """``file:line: what: why`` for every place in ``module`` that ``ban`` is about."""
    return [
        f"{path}:{getattr(node, 'lineno', 0)}: {ban.name}: {ban.reason}"
        for node in ast.walk(module)
        if ban.found(node)
    ]


@pytest.mark.parametrize("ban", BANS, ids=lambda ban: ban.name)
def test_nobody_writes(ban: Ban) -> None:
    problems = [
        words
        for path in python_files(*ban.folders)
        if str(path) not in ban.except_in
        for words in hits(ban, path, tree(path))
    ]
    assert not problems, "\n" + "\n".join(problems)


@pytest.mark.parametrize("ban", [ban for ban in BANS if ban.except_in], ids=lambda ban: ban.name)
def test_every_exception_is_needed(ban: Ban) -> None:
    unneeded = [name for name in ban.except_in if not hits(ban, Path(name), tree(Path(name)))]
    assert not unneeded


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("QSettings", "from PySide6.QtCore import QSettings"),
        ("QDataStream", "QtCore.QDataStream(buffer)"),
        ("shell=True", "subprocess.run('ls', shell=True)"),
        ("os.system", "os.system('ls')"),
        ("eval and exec", "eval(text)"),
        ("except: pass", "try:\n    f()\nexcept OSError:\n    pass"),
        ("except: pass", "with contextlib.suppress(Exception):\n    f()"),
        ("except:", "try:\n    f()\nexcept:\n    raise"),
        ("sleep", "import time\ntime.sleep(0.01)"),
        ("sleep in a test", "time.sleep(0.1)"),
        ("sleep in a test", "time.sleep(delay)"),
        ("long wait in a test", "qtbot.wait(1000)"),
        ("long wait from end to end", "qtbot.wait(5000)"),
        ("skipped test", "@pytest.mark.skipif(True)\ndef test(): ..."),
        ("blocking wait", "socket.waitForReadyRead(10)"),
        ("decoding in main", "QImage.fromData(payload)"),
        ("nested event loop", "loop = QEventLoop()"),
        ("processEvents", "app.processEvents()"),
        ("TCP port", "socket.socket(socket.AF_INET)"),
    ],
)
def test_each_ban_finds_its_case(name: str, source: str) -> None:
    ban = next(ban for ban in BANS if ban.name == name)
    assert hits(ban, Path("a.py"), ast.parse(source))


@pytest.mark.parametrize(
    "source",
    ["app.exec()", "subprocess.run(['ls'])", "with suppress(FileNotFoundError): f()", "qtbot.wait(5)"],
)
def test_what_looks_alike_is_left_alone(source: str) -> None:
    module = ast.parse(source)
    assert [ban.name for ban in BANS if hits(ban, Path("a.py"), module)] == []


UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
"""Written in pieces: this file is read as well."""


def comments(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of every comment."""
    source = (ROOT / path).read_text(encoding="utf-8")
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def test_nothing_is_left_for_later_in_a_comment() -> None:
    problems = [
        f"{path}:{line}: {text}"
        for path in python_files()
        for line, text in comments(path)
        if UNFINISHED.search(text)
    ]
    assert not problems, "\n" + "\n".join(problems)


OF_ONE_MACHINE = re.compile(
    r"/ro" + r"ot/|/wo" + r"rk/|/op" + r"t/[a-z]|py" + r"pi\.org|python" + r"hosted|"
    r"deb\.deb" + r"ian\.org|extra-ind" + r"ex|find-li" + r"nks|trusted-ho" + r"st"
)
"""Paths of somebody's machine, and where somebody downloads from."""

MAY_NAME_SUCH: dict[str, str] = {
    "tools/lock": "it refuses the options that would write such a thing into the pinned requirements",
}


def test_no_file_names_one_machine_or_a_registry() -> None:
    problems = [
        f"{path}:{number}: {found.group()}"
        for path in text_files()
        if str(path) not in MAY_NAME_SUCH
        for number, line in enumerate((ROOT / path).read_text(encoding="utf-8").splitlines(), 1)
        if (found := OF_ONE_MACHINE.search(line))
    ]
    assert not problems, "\n" + "\n".join(problems)


def test_each_file_that_may_name_such_does() -> None:
    unneeded = [name for name in MAY_NAME_SUCH if not OF_ONE_MACHINE.search((ROOT / name).read_text("utf-8"))]
    assert not unneeded
