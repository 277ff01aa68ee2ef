"""A picture of the whole window in a file, which is there whole or not at all."""

import os
import tempfile
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtWidgets import QWidget


class ScreenshotError(Exception):
    """The picture could not be made or written; the text says why and where."""


def save_screenshot(window: QWidget, path: Path) -> None:
    """Write ``window`` as it looks now to ``path`` as PNG.

    Raises:
        ScreenshotError: the file cannot be written, or its name does not end in ``.png``.
    """
    if path.suffix.lower() != ".png":
        raise ScreenshotError(f"{path}: a screenshot is a PNG picture, so its name must end in .png.")
    pixmap = window.grab()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if pixmap.isNull() or not pixmap.save(buffer, "PNG"):
        raise ScreenshotError(f"{path}: the window could not be drawn; has it a size?")
    try:
        _write_atomically(path, bytes(buffer.data().data()))
    except OSError as error:
        raise ScreenshotError(f"{path}: {error.strerror or error}") from error


def _write_atomically(path: Path, data: bytes) -> None:
    descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
