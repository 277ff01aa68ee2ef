"""``browser-os inspect``: the inspector's window."""

import sys
from pathlib import Path
from typing import Final

import click
from PySide6.QtCore import QItemSelection, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter, QVBoxLayout, QWidget

from shared.channels.inspector import InspectorRecords
from shared.errors import IPCError
from tools.inspector import appearance
from tools.inspector.appearance import Colors, Scheme
from tools.inspector.bars import Footer, Notice, Toolbar
from tools.inspector.client import NotListening
from tools.inspector.details import Details
from tools.inspector.feed import Feed
from tools.inspector.filter import FilterError, parse
from tools.inspector.profile_option import profile_option
from tools.inspector.record_view import RecordView
from tools.inspector.store import Store
from tools.inspector.table_model import RecordTable

TITLE: Final = "Browser OS Inspector"
_SIZE: Final = (1280, 760)
_SHARES: Final = (420, 300)
"""Heights of table and details."""


class InspectorWindow(QMainWindow):
    """Filter, table, details and counts over one feed."""

    def __init__(
        self, feed: Feed, colors: Colors, *, profile: Path | None = None, store: Store | None = None
    ) -> None:
        super().__init__()
        self._feed = feed
        self._profile = profile
        self.table = RecordTable(store or Store(), colors, self)
        self.toolbar = Toolbar()
        self.notice = Notice()
        self.view = RecordView(self.table)
        self.details = Details()
        self.footer = Footer()
        self._lay_out()
        self._connect()
        self._show_counts()

    def _lay_out(self) -> None:
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.view)
        splitter.addWidget(self.details)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes(list(_SHARES))
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self.toolbar, self.notice):
            layout.addWidget(part)
        layout.addWidget(splitter, 1)
        layout.addWidget(self.footer)
        self.setCentralWidget(body)
        self.setWindowTitle(TITLE if self._profile is None else f"{self._profile} — {TITLE}")
        self.resize(*_SIZE)

    def _connect(self) -> None:
        self._feed.arrived.connect(self._on_feed_arrived)
        self._feed.ended.connect(self._on_feed_ended)
        self.toolbar.filter.textChanged.connect(self._on_filter_text_changed)
        self.toolbar.pause.toggled.connect(self._on_pause_toggled)
        self.toolbar.follow.toggled.connect(self.view.set_following)
        self.toolbar.clear.clicked.connect(self._on_clear_clicked)
        self.view.following_changed.connect(self.toolbar.follow.setChecked)
        self.view.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.details.pair_wanted.connect(self._on_pair_wanted)
        self.notice.action_wanted.connect(self._on_notice_action_wanted)
        self.table.counts_changed.connect(self._show_counts)
        for keys, action in (
            (QKeySequence.StandardKey.Find, self.toolbar.filter.setFocus),
            ("F8", self.toolbar.pause.toggle),
            ("Ctrl+K", self._on_clear_clicked),
            ("Ctrl+J", self.details.pair_button.click),
            ("Ctrl+End", lambda: self.view.set_following(True)),
            (QKeySequence.StandardKey.Close, self.close),
            (QKeySequence.StandardKey.Quit, self.close),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(action)

    def set_colors(self, colors: Colors) -> None:
        """Follow another scheme."""
        self.table.set_colors(colors)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The link ends with the window."""
        self._feed.disconnect_from_shell()
        super().closeEvent(event)

    def _on_feed_arrived(self, batch: InspectorRecords) -> None:
        selected = self.view.selected_sequence()
        self.table.add(batch)
        if selected is not None:
            self._show_selected()  # its reply may have come

    def _on_feed_ended(self, reason: str) -> None:
        self.notice.show_text(f"{reason} What was captured stays.", action="Connect again")

    def _on_notice_action_wanted(self) -> None:
        try:
            self._feed.connect_to(self._profile, timeout=2.0)
        except (NotListening, IPCError) as error:
            self.notice.show_text(f"{error}".capitalize(), action="Connect again", danger=True)
            return
        self._on_clear_clicked()  # another shell numbers its records anew
        self.notice.hide()

    def _on_filter_text_changed(self, text: str) -> None:
        try:
            matches = parse(text)
        except FilterError as error:
            self.toolbar.show_filter_error(str(error))
            return
        self.toolbar.show_filter_error("")
        selected = self.view.selected_sequence()
        self.table.set_filter(matches)
        self.view.select(selected)

    def _on_pause_toggled(self, paused: bool) -> None:
        selected = self.view.selected_sequence()
        self.table.set_paused(paused)
        self.view.select(selected)

    def _on_clear_clicked(self) -> None:
        self.table.clear()
        self.details.show_entry(None)

    def _on_selection_changed(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        del selected, deselected
        self._show_selected()

    def _show_selected(self) -> None:
        row = self.view.selected_row()
        if row is not None:
            self.details.show_entry(self.table.entry(row))

    def _on_pair_wanted(self, sequence: int) -> None:
        if self.table.row_of(sequence) is None:
            self.footer.show_remark("The other half is no longer kept.")
            return
        self.view.set_following(False)
        self.view.select(sequence)

    def _show_counts(self) -> None:
        self.footer.show_counts(
            shown=self.table.rowCount(),
            captured=len(self.table.store.entries),
            lost=self.table.store.lost,
            forgotten=self.table.store.forgotten,
            hidden=self.table.hidden if self.table.is_paused else None,
        )


@click.command("inspect")
@click.option(
    "--theme",
    type=click.Choice([scheme.value for scheme in Scheme]),
    default=Scheme.SYSTEM.value,
    show_default=True,
    help="The window's look.",
)
@profile_option
def main(theme: str, profile: Path | None) -> None:
    """Open a window that shows every message of a running shell.

    The shell must have been started with --inspect.
    """
    application = QApplication(sys.argv[:1])
    application.setApplicationName("browser-os-inspector")
    scheme = Scheme(theme)
    appearance.apply(application, appearance.colors(scheme))
    feed = Feed()
    try:
        feed.connect_to(profile)
    except (NotListening, IPCError) as error:
        click.echo(f"browser-os inspect: {error}", err=True)
        sys.exit(1)
    window = InspectorWindow(feed, appearance.colors(scheme), profile=profile)

    def on_color_scheme_changed() -> None:
        appearance.apply(application, appearance.colors(scheme))
        window.set_colors(appearance.colors(scheme))

    QGuiApplication.styleHints().colorSchemeChanged.connect(on_color_scheme_changed)
    window.show()
    sys.exit(application.exec())


if __name__ == "__main__":
    main()
