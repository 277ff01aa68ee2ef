"""A Python console whose kernel runs in the page's own process."""

from PySide6.QtWidgets import QWidget
from qtconsole.inprocess import QtInProcessKernelManager
from qtconsole.rich_jupyter_widget import RichJupyterWidget

import browser_os


def page(context: browser_os.Page) -> QWidget:
    """The entry point."""
    manager = QtInProcessKernelManager()
    manager.start_kernel(show_banner=False)
    client = manager.client()
    client.start_channels()
    console = RichJupyterWidget()
    console.kernel_manager = manager
    console.kernel_client = client
    console.setWindowTitle("Console")
    return console
