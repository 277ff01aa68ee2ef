"""The plugins that main knows: the shell's own and those whose folders the user named. Nothing is imported."""

from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec

from shared.channels.page import PageInformation, PageOpen, PagesListing
from shared.contract import Contract, Party
from shared.errors import BadCall, ErrorCode
from shared.manifest import load
from shared.manifest_types import Manifest, PageDeclaration
from shared.permissions import BUILT_IN_GRANTS, Principal
from shared.plugin_channels import plugin_contracts

BUILT_IN_FOLDER = Path(__file__).resolve().parent.parent / "renderer" / "pages"
"""Read as data: main imports nothing of it."""


class Plugin(NamedTuple):
    """A plugin whose manifest has been read."""

    manifest: Manifest
    folder: Path
    built_in: bool
    contracts: dict[str, Contract]


class PluginPage(NamedTuple):
    """One page of a plugin, at one address."""

    plugin: Plugin
    page: PageDeclaration
    url: str

    @property
    def principal(self) -> Principal:
        """Whom its link speaks for."""
        granted = (
            BUILT_IN_GRANTS.get(self.plugin.manifest.id, frozenset()) if self.plugin.built_in else frozenset()
        )
        return Principal(name=f"page {self.plugin.manifest.id}", party=Party.PAGE, granted=granted)

    @property
    def title(self) -> str:
        """What to call it until it names itself."""
        return self.plugin.manifest.title_of(self.page)

    def opening(self) -> PageOpen:
        """What its renderer is told."""
        return PageOpen(
            url=self.url,
            folder=str(self.plugin.folder),
            entry=self.page.entry,
            path=self.page.path,
            manifest=msgspec.json.encode(self.plugin.manifest).decode(),
        )


class Plugins:
    """By id. The last folder named for an id is the one that is opened; the shell's own cannot be replaced."""

    def __init__(self, built_in_folder: Path = BUILT_IN_FOLDER) -> None:
        self._plugins: dict[str, Plugin] = {}
        for folder in sorted(path.parent for path in built_in_folder.glob("*/plugin.toml")):
            self._add(folder, built_in=True)

    def add_folder(self, folder: Path) -> str:
        """Know the plugin in ``folder``; gives the address of its main page.

        Raises InvalidManifest with every problem found, BadCall if its id belongs to the shell.
        """
        return self._add(folder.resolve(), built_in=False)

    def _add(self, folder: Path, *, built_in: bool) -> str:
        manifest = load(folder, built_in=built_in)
        elder = self._plugins.get(manifest.id)
        if elder is not None and elder.built_in:
            raise BadCall(ErrorCode.INVALID_PAYLOAD, f"the id '{manifest.id}' is one of the shell's own")
        self._plugins[manifest.id] = Plugin(manifest, folder, built_in, plugin_contracts(manifest))
        return self._address(manifest, manifest.pages[0])

    def resolve(self, url: str) -> PluginPage:
        """The page at an ``os://`` address, by its manifest as it is now.

        Raises BadCall(NOT_FOUND) that names what there is, InvalidManifest if its author broke it since.
        """
        parts = urlsplit(url)
        known_plugin = self._plugins.get(parts.netloc)
        if known_plugin is not None and not known_plugin.built_in:
            self._read_again(known_plugin)
        plugin = self._plugins.get(parts.netloc)
        if plugin is None:
            known = ", ".join(f"os://{name}" for name in sorted(self._plugins))
            raise BadCall(ErrorCode.NOT_FOUND, f"there is no page os://{parts.netloc}; there are {known}")
        page = plugin.manifest.page(parts.path)
        if page is None:
            known = ", ".join(self._address(plugin.manifest, one) for one in plugin.manifest.pages)
            raise BadCall(
                ErrorCode.NOT_FOUND, f"{plugin.manifest.name} has no page {parts.path}; it has {known}"
            )
        return PluginPage(plugin, page, url)

    def _read_again(self, plugin: Plugin) -> None:
        """Reload means what is on the disk: half a millisecond for each page that is opened."""
        if load(plugin.folder) != plugin.manifest:
            del self._plugins[plugin.manifest.id]
            self._add(plugin.folder, built_in=False)

    def listing(self) -> PagesListing:
        """Every page but the launcher itself, by title."""
        pages = [
            PageInformation(
                url=self._address(plugin.manifest, page),
                title=plugin.manifest.title_of(page),
                summary=plugin.manifest.summary,
                icon=plugin.manifest.icon,
            )
            for name, plugin in self._plugins.items()
            for page in plugin.manifest.pages
            if not (plugin.built_in and name == "newtab")
        ]
        return PagesListing(pages=tuple(sorted(pages, key=lambda page: page.title.casefold())))

    @staticmethod
    def _address(manifest: Manifest, page: PageDeclaration) -> str:
        return f"os://{manifest.id}" + (f"/{page.path}" if page.path else "")
