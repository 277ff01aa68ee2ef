"""What the shell opens first: addresses and folders of the command line, tabs of the last time, or the first page."""

import os
from pathlib import Path

from main_process.session_store import SavedWindow, Session
from main_process.shell import Shell
from main_process.window.address import resolve
from main_process.window.infobar import InfobarKind, InfobarMessage
from main_process.window.window import BrowserWindow
from shared.manifest_types import FILE_NAME

RESTORE_KEY = "restore"


def absolute(text: str) -> str:
    """A word of the command line in a form that another working directory understands."""
    return os.path.abspath(text) if os.path.exists(text) else text


def address_of(shell: Shell, text: str) -> str:
    """The address that a word of the command line stands for: a plugin's folder, a file, or what a user would type.

    Raises BadCall or AddressRefused that say what is wrong with it.
    """
    path = Path(text)
    # Not asked of the path itself: Path.exists raises what it does not expect, such as a name that is too long.
    if path.name == FILE_NAME and os.path.isfile(text):
        return shell.plugins.add_folder(path.parent)  # a shell's completion ends there
    if os.path.isdir(text) and os.path.exists(path / FILE_NAME):
        return shell.plugins.add_folder(path)
    if os.path.isdir(text) and not text.startswith(os.sep) and text.rstrip("/") + "/" == text:
        return shell.plugins.add_folder(path)  # meant as a plugin: its errors help more than a listing
    if os.path.exists(text):
        return path.absolute().as_uri()
    return resolve(text, shell.settings.text("search.template"))


def open_first(shell: Shell, addresses: tuple[str, ...]) -> None:
    """Open the first window. Raises BadCall or AddressRefused for an impossible address."""
    urls = [address_of(shell, address) for address in addresses]
    previous = shell.session.previous
    restore = shell.settings.text("startup.restore")
    window = shell.open_window()
    if restore == "always" and not shell.options.screenshot:
        _restore(shell, previous)
    for url in urls:
        shell.open_tab(url, window=window)
    if not window.tabs():
        shell.open_tab(shell.settings.text("startup.page"), window=window)
    if restore == "never" or not _is_worth_offering(previous):
        shell.session.forget_offer()
    elif restore == "ask" and not shell.options.screenshot:
        count = sum(len(saved.tabs) for saved in previous.windows)
        words = "Browser OS ended unexpectedly. " if not previous.ended else ""
        window.show_infobar(
            InfobarMessage(
                key=RESTORE_KEY,
                text=f"{words}Open the {count} tab{'s' if count > 1 else ''} of the last time?",
                kind=InfobarKind.INFORMATION if previous.ended else InfobarKind.WARNING,
                choices=(("Open", lambda: _restore(shell, previous)),),
            )
        )
    if shell.storage.set_aside is not None:
        window.show_infobar(
            InfobarMessage(
                key="damaged",
                text=f"The profile's file was damaged. It is kept as {shell.storage.set_aside.name}; settings start anew.",
                kind=InfobarKind.WARNING,
            )
        )


def _is_worth_offering(previous: Session) -> bool:
    urls = [tab.url for window in previous.windows for tab in window.tabs]
    return any(url != "os://newtab" for url in urls)


def _restore(shell: Shell, previous: Session) -> None:
    """The saved tabs, behind those that are open; only the shown one of each window is loaded at once in front."""
    shell.session.forget_offer()
    for index, saved in enumerate(previous.windows):
        window = shell.windows[0] if index == 0 else shell.open_window()
        _restore_window(shell, saved, window)


def _restore_window(shell: Shell, saved: SavedWindow, window: BrowserWindow) -> None:
    for place, tab in enumerate(saved.tabs):
        shell.open_tab(tab.url, window=window, background=place != saved.active)
