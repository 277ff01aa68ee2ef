"""A page with a bit of everything, and a person who does anything to it."""

import random
from collections.abc import Callable

import shiboken6
from PySide6.QtGui import QColor, QPalette, QTextCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGraphicsDropShadowEffect,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

_ROWS, _COLUMNS = 40, 6


class Form(QWidget):
    """The page."""

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        self.line = QLineEdit("hello world")
        self.combo = QComboBox()
        self.combo.addItems([f"item {number}" for number in range(8)])
        self.button = QPushButton("button")
        self.check = QCheckBox("check")
        self.progress = QProgressBar()
        self.tabs = QTabWidget()
        self.text = QPlainTextEdit("\n".join(f"line {number} lorem ipsum dolor sit" for number in range(60)))
        self.table = QTableWidget(_ROWS, _COLUMNS)
        for row in range(_ROWS):
            for column in range(_COLUMNS):
                self.table.setItem(row, column, QTableWidgetItem(f"{row},{column}"))
        self.tabs.addTab(QLabel("first"), "first")
        self.tabs.addTab(QLineEdit("second"), "second")
        for widget in (
            self.line,
            self.combo,
            self.button,
            self.check,
            self.progress,
            self.tabs,
            self.text,
            self.table,
        ):
            layout.addWidget(widget)
        self.floating = QFrame(self)
        self.floating.setAutoFillBackground(True)
        self.floating.setFrameShape(QFrame.Shape.Box)
        self.floating.setGeometry(50, 60, 90, 40)
        QLabel("floating", self.floating)


class Person:
    """Does one thing after the other, chosen by ``seed``."""

    def __init__(self, form: Form, seed: int) -> None:
        self.form = form
        self.chance = random.Random(seed)
        self.made: list[QWidget] = []
        self.deeds: tuple[Callable[[], object], ...] = (
            self.scroll_text,
            self.scroll_table,
            self.write,
            self.write_line,
            self.select,
            self.resize_column,
            self.change_cell,
            self.toggle,
            self.hide_or_show,
            self.move_floating,
            self.stack,
            self.make_child,
            self.change_child,
            self.drop_child,
            self.move_child_away,
            self.shadow,
            self.progress,
            self.switch_tab,
            self.style,
            self.shrink,
            self.repaint_everything,
            self.scroll_widget,
        )

    def act(self) -> str:
        """Do something; gives its name."""
        deed = self.chance.choice(self.deeds)
        deed()
        return deed.__name__

    def scroll_text(self) -> None:
        bar = self.form.text.verticalScrollBar()
        bar.setValue(bar.value() + self.chance.randrange(-3, 4))

    def scroll_table(self) -> None:
        bar = self.form.table.verticalScrollBar()
        bar.setValue(bar.value() + self.chance.randrange(-3, 4))
        self.form.table.horizontalScrollBar().setValue(self.chance.randrange(4))

    def write(self) -> None:
        self.form.text.insertPlainText("abc" * self.chance.randrange(4) + "\n" * self.chance.randrange(2))

    def write_line(self) -> None:
        self.form.line.setText(str(self.chance.random()))

    def select(self) -> None:
        if self.chance.random() < 0.5:
            self.form.text.selectAll()
        else:
            self.form.text.moveCursor(QTextCursor.MoveOperation.Start)

    def resize_column(self) -> None:
        self.form.table.setColumnWidth(self.chance.randrange(3), self.chance.randrange(30, 150))

    def change_cell(self) -> None:
        item = self.form.table.item(self.chance.randrange(10), self.chance.randrange(_COLUMNS))
        assert item is not None
        item.setText(str(self.chance.random()))

    def toggle(self) -> None:
        self.form.check.toggle()

    def hide_or_show(self) -> None:
        self.form.button.setVisible(not self.form.button.isVisible())

    def move_floating(self) -> None:
        self.form.floating.move(self.chance.randrange(-40, 300), self.chance.randrange(-20, 250))

    def stack(self) -> None:
        self.chance.choice((self.form.floating.raise_, self.form.floating.lower))()

    def make_child(self) -> None:
        parent = self.chance.choice((self.form, self.form.floating, self.form.table.viewport()))
        child = QFrame(parent)
        # Opaque: what is painted in it is painted in nothing below.
        child.setAutoFillBackground(True)
        child.setGeometry(self.chance.randrange(100), self.chance.randrange(100), 60, 30)
        QPushButton("made", child).move(5, 5)
        child.show()
        self.made.append(child)

    def change_child(self) -> None:
        for child in self.made:
            if shiboken6.isValid(child):
                palette = child.palette()
                palette.setColor(QPalette.ColorRole.Window, QColor(self.chance.randrange(256), 90, 90))
                child.setPalette(palette)

    def drop_child(self) -> None:
        if self.made:
            child = self.made.pop(self.chance.randrange(len(self.made)))
            if shiboken6.isValid(child):
                child.deleteLater()

    def move_child_away(self) -> None:
        if self.made and shiboken6.isValid(self.made[-1]):
            child = self.made[-1]
            child.setParent(self.chance.choice((self.form, self.form.floating, None)))
            if child.parent() is not None:
                child.show()

    def shadow(self) -> None:
        effect = QGraphicsDropShadowEffect() if self.form.floating.graphicsEffect() is None else None
        self.form.floating.setGraphicsEffect(effect)  # type: ignore[arg-type]

    def progress(self) -> None:
        self.form.progress.setValue(self.chance.randrange(100))

    def switch_tab(self) -> None:
        self.form.tabs.setCurrentIndex(self.chance.randrange(2))

    def style(self) -> None:
        self.form.button.setStyleSheet(f"color: rgb(0, {self.chance.randrange(256)}, 0)")

    def shrink(self) -> None:
        self.form.text.setFixedHeight(self.chance.randrange(40, 120))

    def repaint_everything(self) -> None:
        self.form.update()

    def scroll_widget(self) -> None:
        self.form.floating.scroll(self.chance.randrange(-5, 6), self.chance.randrange(-5, 6))
