"""What runs now, as inspectors see it."""

import os

from main_process.shell import Shell
from main_process.tab import Tab
from main_process.window.window import BrowserWindow
from shared.channels.inspector import ShellDescription, TabDescription, WindowDescription


def describe(shell: Shell) -> ShellDescription:
    """Windows, tabs and processes."""
    return ShellDescription(
        pid=os.getpid(),
        zygote=shell.supervisor.zygote_pid,
        spare=shell.supervisor.spare_pid,
        web_hosts=shell.web_hosts.pids,
        windows=tuple(_window(shell, index, window) for index, window in enumerate(shell.windows)),
        isolation=shell.supervisor.isolation,
        sandbox=shell.sandbox.level,
        links=len(shell.gate),
        counters=dict(shell.gate.counters()),
    )


def _window(shell: Shell, index: int, window: BrowserWindow) -> WindowDescription:
    widgets = window.named_rectangles()
    return WindowDescription(
        window_id=index,
        rectangle=widgets["window"],
        tabs=tuple(_tab(shell, tab, window) for tab in window.tabs() if isinstance(tab, Tab)),
        widgets=widgets,
    )


def _tab(shell: Shell, tab: Tab, window: BrowserWindow) -> TabDescription:
    corner = tab.view.mapToGlobal(tab.view.rect().topLeft())
    return TabDescription(
        title=tab.title,
        url=tab.url,
        state="hung" if tab.hung else tab.state,
        pid=tab.server.pid if tab.server is not None else None,
        link=shell.gate.number_of(tab.server.link.session) if tab.server is not None else None,
        active=tab is window.current_tab,
        loading=tab.loading,
        surface=(corner.x(), corner.y(), tab.view.width(), tab.view.height()),
        generation=tab.generation,
        frames=tab.view.counters["frames_shown"],
    )
