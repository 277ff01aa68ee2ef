from main_process.surface.cursor import QT_SHAPES
from renderer.surface.cursor import shape_of
from shared.channels.surface import CursorShape


def test_every_shape_has_one_of_qt() -> None:
    assert set(QT_SHAPES) == set(CursorShape)


def test_shapes_come_out_as_they_went_in() -> None:
    for shape, of_qt in QT_SHAPES.items():
        assert shape_of(of_qt) is shape
