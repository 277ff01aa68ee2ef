"""Plain text in one of the design's colours, which follows the palette and the font."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from renderer.pages.design import font, shades


class Label(QLabel):
    """``shade`` is the name of one of ``design.Shades``; ``scale`` counts in the shell's font size."""

    def __init__(
        self,
        text: str = "",
        *,
        shade: str = "text",
        scale: float = 1.0,
        weight: QFont.Weight = QFont.Weight.Normal,
        wrap: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._shade = shade
        self._scale = scale
        self._weight = weight
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.ApplicationFontChange):
            self._refresh()

    def _refresh(self) -> None:
        wanted_font = font(self._scale, self._weight)
        if self.font() != wanted_font:
            self.setFont(wanted_font)
        colour = getattr(shades(self.palette()), self._shade)
        # WindowText is the one role that is not the shell's own here; shades() reads it only for borders.
        palette = QPalette(self.palette())
        if palette.color(QPalette.ColorRole.WindowText) != colour and self._shade != "text":
            palette.setColor(QPalette.ColorRole.WindowText, colour)
            self.setPalette(palette)
