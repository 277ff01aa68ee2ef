"""What must come from the system: which library, program or font, and the Debian package that has it."""

import ctypes
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tools.setup.errors import SetupError

LIBRARIES = {
    # Qt's core and its drawing
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libzstd.so.1": "libzstd1",
    "libbrotlidec.so.1": "libbrotli1",
    # The xcb platform plugin
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    # QtWebEngine
    "libasound.so.2": "libasound2",
    "libdrm.so.2": "libdrm2",
    "libexpat.so.1": "libexpat1",
    "libgbm.so.1": "libgbm1",
    "libnspr4.so": "libnspr4",
    "libnss3.so": "libnss3",
    "libsmime3.so": "libnss3",
    "libudev.so.1": "libudev1",
    "libxcb-dri3.so.0": "libxcb-dri3-0",
    "libXcomposite.so.1": "libxcomposite1",
    "libXdamage.so.1": "libxdamage1",
    "libXext.so.6": "libxext6",
    "libXfixes.so.3": "libxfixes3",
    "libXi.so.6": "libxi6",
    "libXrandr.so.2": "libxrandr2",
    "libXrender.so.1": "libxrender1",
    "libXtst.so.6": "libxtst6",
    "libxkbfile.so.1": "libxkbfile1",
}
"""Library name to Debian package: what the Qt files of `QT_FILES` need and PySide6's wheels lack."""

QT_FILES = (
    "Qt/lib/libQt6WebEngineCore.so.6",
    "Qt/lib/libQt6WebEngineWidgets.so.6",
    "Qt/lib/libQt6Widgets.so.6",
    "Qt/lib/libQt6DBus.so.6",
    "Qt/lib/libQt6Network.so.6",
    "Qt/lib/libQt6Svg.so.6",
    "Qt/lib/libQt6QuickWidgets.so.6",
    "Qt/libexec/QtWebEngineProcess",
    "Qt/plugins/platforms/libqxcb.so",
    "Qt/plugins/platforms/libqoffscreen.so",
    "Qt/plugins/platforms/libqwayland.so",
    "Qt/plugins/xcbglintegrations/libqxcb-glx-integration.so",
    "Qt/plugins/xcbglintegrations/libqxcb-egl-integration.so",
)
"""The files of PySide6 that the shell loads, relative to its folder."""

PROGRAMS_FOR_TESTS = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "xprop": "x11-utils",
}

FONT_PACKAGE = "fonts-dejavu-core"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
FONT_ENDINGS = (".ttf", ".otf", ".ttc", ".pfb")

_INSTALL_TRIES = 2
_INSTALL_SECONDS = 900


def can_load(library: str) -> bool:
    """Whether the dynamic linker finds ``library`` and all that it needs."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_fonts(folders: Iterable[str] = FONT_FOLDERS) -> bool:
    """Whether there is any font file to draw text with."""
    for folder in folders:
        for _, _, files in os.walk(Path(folder).expanduser()):
            if any(name.endswith(FONT_ENDINGS) for name in files):
                return True
    return False


def missing_packages(*, for_tests: bool = False) -> list[str]:
    """The Debian packages to install, sorted; empty when all is there."""
    missing = {package for library, package in LIBRARIES.items() if not can_load(library)}
    if not has_fonts():
        missing.add(FONT_PACKAGE)
    if for_tests:
        missing |= {package for name, package in PROGRAMS_FOR_TESTS.items() if shutil.which(name) is None}
    return sorted(missing)


def install_command(packages: Iterable[str], *, as_root: bool = False) -> str:
    """The one command that installs ``packages``."""
    rise = "" if as_root else "sudo "
    return f"{rise}apt-get update && {rise}apt-get install -y --no-install-recommends {shlex.join(packages)}"


def provide(packages: list[str], *, as_root: bool) -> None:
    """Installs ``packages`` as root; otherwise says how to.

    Raises:
        SetupError: they are missing and could not be installed.
    """
    if not packages:
        return
    apt = shutil.which("apt-get")
    if apt is None:
        raise SetupError(
            "some system libraries are missing, and this is not a Debian system. "
            f"Install what your distribution calls these Debian packages: {' '.join(packages)}"
        )
    if not as_root:
        raise SetupError(
            "the system lacks what Qt needs. Run this once, then start again:\n\n"
            f"    {install_command(packages)}\n"
        )
    print(f"Browser OS: installing Debian packages: {' '.join(packages)}", file=sys.stderr)
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    options = ["-q", "-y", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"]
    output = ""
    for _ in range(_INSTALL_TRIES):
        # A mirror that fails to refresh is no reason to stop: the lists may be new enough as they are.
        for arguments in (["update"], ["install", "--no-install-recommends", *packages]):
            done = subprocess.run(
                [apt, *options, *arguments],
                env=environ,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=_INSTALL_SECONDS,
                check=False,
            )
            output = done.stdout
        if done.returncode == 0:
            return
    raise SetupError(
        f"apt-get could not install {' '.join(packages)}:\n{_last_lines(output)}\n"
        f"Try it by hand:\n\n    {install_command(packages, as_root=True)}\n"
    )


def _last_lines(text: str, count: int = 15) -> str:
    return "\n".join(text.rstrip().splitlines()[-count:])
