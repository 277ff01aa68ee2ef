"""What renderers will be kept from: root's rights, and Chromium's sandbox for web pages."""

import os
from collections.abc import Mapping
from pathlib import Path

from tools.doctor.attempt import TrialFailed, in_program
from tools.doctor.row import Level, Row

AS_USER = "as the user"
BY_UID = "uid 65534"


def isolation_row(kind: str, told: Mapping[str, str], key: str, *, as_root: bool) -> Row:
    """How one kind of renderer gives root's rights up.

    Args:
        kind: the row's name.
        told: what ``renderer.privileges_report`` printed.
        key: its entry for this kind.
        as_root: whether the doctor, and so the shell, runs as root.
    """
    needed = "no rights of root"
    way = told.get(key)
    if way is None:
        return Row(
            name=kind,
            needed=needed,
            found="none: they will not start",
            level=Level.FAIL,
            fix=told.get("refused", "start as an ordinary user"),
        )
    if not as_root or way == BY_UID:
        return Row(name=kind, needed=needed, found=way)
    return Row(
        name=kind,
        needed=needed,
        found=f"{way}: without capabilities, but files of root's stay theirs to write"
        + (f" (an ordinary uid fails: {told['why']})" if "why" in told else ""),
        level=Level.WARN,
        fix="start as an ordinary user, or put Python, the clone and the profile where others can reach them",
    )


def confinement_row() -> Row:
    """How far pages are confined beyond that; said plainly, since nothing may look safer than it is."""
    return Row(
        name="Confinement of pages",
        needed="full, for plugins that you do not trust",
        found="partial: a process of its own without rights of root; files and network are those of its user",
        level=Level.WARN,
        fix="open only plugins that you trust",
    )


def sandbox_row(environ: Mapping[str, str], *, namespaces: bool, filters: bool) -> Row:
    """How much of its sandbox Chromium can build here."""
    needed = "full, for every web page"
    flags = environ.get("QTWEBENGINE_CHROMIUM_FLAGS", "")
    if environ.get("QTWEBENGINE_DISABLE_SANDBOX", "0") not in ("", "0") or "no-sandbox" in flags:
        # The shell gives its children a clean environment; this tells of what somebody tried.
        return Row(
            name="Chromium's sandbox",
            needed=needed,
            found="the environment asks to switch it off, which the shell does not pass on",
            level=Level.WARN,
            fix="unset QTWEBENGINE_DISABLE_SANDBOX QTWEBENGINE_CHROMIUM_FLAGS",
        )
    if not filters:
        return Row(
            name="Chromium's sandbox",
            needed=needed,
            found="none: web pages' system calls cannot be filtered",
            level=Level.FAIL,
            fix="see System call filters above",
        )
    if not namespaces:
        # Seen so in a chroot: Chromium says nothing, filters system calls and leaves the rest out.
        return Row(
            name="Chromium's sandbox",
            needed=needed,
            found="partial: system calls are filtered, but web pages get no namespaces of their own",
            level=Level.WARN,
            fix="see User namespaces above",
        )
    return Row(name="Chromium's sandbox", needed=needed, found="full: the kernel has all it takes")


def rows(profile: Path, *, namespaces: bool, filters: bool) -> list[Row]:
    """Everything about isolation; asks the renderers' own code, in a process of its own."""
    as_root = os.geteuid() == 0
    try:
        told = in_program(["-m", "renderer.privileges_report", str(profile / "web")], os.environ)
    except TrialFailed as failure:
        told = {"refused": str(failure)}
    return [
        isolation_row("Isolation of pages", told, "pages", as_root=as_root),
        isolation_row("Isolation of web hosts", told, "web", as_root=as_root),
        confinement_row(),
        sandbox_row(os.environ, namespaces=namespaces, filters=filters),
    ]
