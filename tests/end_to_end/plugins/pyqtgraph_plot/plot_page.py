"""A plot that the wheel zooms and a drag pans: all of it pyqtgraph's."""

import numpy as np
import pyqtgraph
from PySide6.QtWidgets import QWidget

import browser_os


def page(context: browser_os.Page) -> QWidget:
    """The entry point."""
    x = np.linspace(0, 6 * np.pi, 2000)
    plot = pyqtgraph.PlotWidget(title="sin(x) · exp(-x / 12)")
    plot.plot(x, np.sin(x) * np.exp(-x / 12), pen=pyqtgraph.mkPen("#ff7f0e", width=2))
    plot.setWindowTitle("Plot")
    return plot
