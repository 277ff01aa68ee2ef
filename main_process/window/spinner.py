"""The turning arc of something that loads. One clock for all of them, running only while one is seen."""

from PySide6.QtCore import QElapsedTimer, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

INTERVAL = 40
"""Milliseconds between two pictures."""
_TURN = 900
_ARC = 100
_WIDTH = 2.0

_clock = QElapsedTimer()


def paint(painter: QPainter, rect: QRectF, color: QColor) -> None:
    """Draw the arc where it stands now."""
    if not _clock.isValid():
        _clock.start()
    angle = -360.0 * (_clock.elapsed() % _TURN) / _TURN
    half = _WIDTH / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    faint = QColor(color)
    faint.setAlphaF(0.22)
    inner = rect.adjusted(half, half, -half, -half)
    painter.setPen(QPen(faint, _WIDTH))
    painter.drawEllipse(inner)
    painter.setPen(QPen(color, _WIDTH, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawArc(inner, round(angle * 16), _ARC * 16)
    painter.restore()
