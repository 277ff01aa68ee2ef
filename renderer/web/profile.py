"""The web host's one Chromium profile: what is kept, where, and what pages may do by default."""

import re
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLocale
from PySide6.QtWebEngineCore import QWebEngineProfile, QWebEngineProfileBuilder, QWebEngineSettings

HTTP_CACHE_BYTES: Final = 256 * 1024 * 1024
_NAME: Final = "browser-os"

_Attribute = QWebEngineSettings.WebAttribute

SETTINGS: Final[dict[QWebEngineSettings.WebAttribute, bool]] = {
    # Chromium's own error page stands under main's, so that history, reload and address are right by themselves.
    _Attribute.ErrorPageEnabled: True,
    # No new tab without a click or a key in the page.
    _Attribute.JavascriptCanOpenWindows: False,
    _Attribute.JavascriptCanAccessClipboard: False,
    _Attribute.JavascriptCanPaste: False,
    _Attribute.AllowWindowActivationFromJavaScript: False,
    # A file that was opened reads no other files by script, and nothing of the network.
    _Attribute.LocalContentCanAccessFileUrls: False,
    _Attribute.LocalContentCanAccessRemoteUrls: False,
    # A file dropped on a page is the page's, or nobody's: it does not become the tab's address.
    _Attribute.NavigateOnDropEnabled: False,
    _Attribute.PluginsEnabled: False,
    _Attribute.PdfViewerEnabled: False,
    _Attribute.FullScreenSupportEnabled: False,
    _Attribute.ScreenCaptureEnabled: False,
    _Attribute.HyperlinkAuditingEnabled: False,
    _Attribute.AllowRunningInsecureContent: False,
    _Attribute.AllowGeolocationOnInsecureOrigins: False,
    _Attribute.PlaybackRequiresUserGesture: True,
    # Addresses of this computer's networks stay out of what calls tell their peers.
    _Attribute.WebRTCPublicInterfacesOnly: True,
}


def user_agent(default: str) -> str:
    """Chromium's own, without QtWebEngine's name and version: they single people out, and some sites refuse them."""
    return re.sub(r" QtWebEngine/\S+", "", default)


def languages(locale_names: list[str]) -> str:
    """``Accept-Language`` for the user's languages, most wanted first."""
    names = [name for name in locale_names if name and not name.startswith(("C", "en-POSIX"))] or ["en-US"]
    with_bases = dict.fromkeys(part for name in names for part in (name, name.split("-")[0]))
    return ",".join(
        name if rank == 0 else f"{name};q={max(0.1, 1 - rank / 10):.1f}"
        for rank, name in enumerate(list(with_bases)[:9])
    )


def create(storage: str | None) -> QWebEngineProfile:
    """The profile on ``storage`` (made if missing, for its owner only), or one that keeps nothing.

    Cookies are written within 30 s, and when the profile is deleted. Exactly one process may use a ``storage``.
    """
    profile = QWebEngineProfile() if storage is None else _persistent(Path(storage))
    profile.setHttpUserAgent(user_agent(profile.httpUserAgent()))
    profile.setHttpAcceptLanguage(languages(QLocale.system().uiLanguages()))
    profile.setSpellCheckEnabled(False)
    profile.setPushServiceEnabled(False)
    # What is refused today must not be remembered as the user's answer.
    profile.setPersistentPermissionsPolicy(QWebEngineProfile.PersistentPermissionsPolicy.AskEveryTime)
    settings = profile.settings()
    for attribute, enabled in SETTINGS.items():
        settings.setAttribute(attribute, enabled)
    # Addresses for other programs reach ``policy`` only after a click, which then says that it refuses them.
    settings.setUnknownUrlSchemePolicy(
        QWebEngineSettings.UnknownUrlSchemePolicy.AllowUnknownUrlSchemesFromUserInteraction
    )
    return profile


def _persistent(storage: Path) -> QWebEngineProfile:
    data, cache = storage / "data", storage / "cache"
    for folder in (data, cache):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    builder = QWebEngineProfileBuilder()
    builder.setPersistentStoragePath(str(data))
    builder.setCachePath(str(cache))
    builder.setHttpCacheType(QWebEngineProfile.HttpCacheType.DiskHttpCache)
    builder.setHttpCacheMaximumSize(HTTP_CACHE_BYTES)
    builder.setPersistentCookiesPolicy(QWebEngineProfile.PersistentCookiesPolicy.AllowPersistentCookies)
    profile = builder.createProfile(_NAME)
    if profile is None:
        raise RuntimeError(f"QtWebEngine could not use {storage}: another process may be using it")
    return profile
