"""A figure with matplotlib's own toolbar; panning is switched on, as its button would."""

import numpy as np
from matplotlib.backends.backend_qt import NavigationToolbar2QT
from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
from matplotlib.figure import Figure
from PySide6.QtWidgets import QVBoxLayout, QWidget

import browser_os


def page(context: browser_os.Page) -> QWidget:
    """The entry point."""
    root = QWidget()
    root.setWindowTitle("Figure")
    canvas = FigureCanvasQTAgg(Figure(layout="constrained"))
    axes = canvas.figure.add_subplot()
    x = np.linspace(0, 10, 400)
    axes.plot(x, np.cos(x) ** 3, color="tab:red", linewidth=4)
    toolbar = NavigationToolbar2QT(canvas, root)
    toolbar.pan()
    column = QVBoxLayout(root)
    column.addWidget(toolbar)
    column.addWidget(canvas, 1)
    return root
