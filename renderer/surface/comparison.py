"""Finds the rows in which two pictures differ, at the speed of memcmp."""

import ctypes
from collections.abc import Iterator
from typing import Final

BANDS: Final = 64
"""Rows are compared in so many bands, so that at most half as many stretches come out."""

_MINIMUM_ROWS: Final = 4

_memcmp = ctypes.CDLL(None).memcmp
_memcmp.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t)
_memcmp.restype = ctypes.c_int


class _Buffer(ctypes.Structure):
    """Py_buffer, as the stable ABI has it."""

    _fields_ = [
        ("buf", ctypes.c_void_p),
        ("obj", ctypes.py_object),
        ("len", ctypes.c_ssize_t),
        ("itemsize", ctypes.c_ssize_t),
        ("readonly", ctypes.c_int),
        ("ndim", ctypes.c_int),
        ("format", ctypes.c_char_p),
        ("shape", ctypes.c_void_p),
        ("strides", ctypes.c_void_p),
        ("suboffsets", ctypes.c_void_p),
        ("internal", ctypes.c_void_p),
    ]


def address_of(view: memoryview) -> int:
    """Where the bytes of ``view`` stand; valid while they do. ctypes itself refuses read-only memory."""
    buffer = _Buffer()
    ctypes.pythonapi.PyObject_GetBuffer(ctypes.py_object(view), ctypes.byref(buffer), 0)
    address = buffer.buf
    ctypes.pythonapi.PyBuffer_Release(ctypes.byref(buffer))
    return address or 0


def differing_rows(
    first: int, second: int, row_bytes: int, top: int, bottom: int
) -> Iterator[tuple[int, int]]:
    """Stretches ``(top, bottom)`` of rows within ``top`` ≤ row < ``bottom`` that differ, in order, never touching.

    ``first`` and ``second`` are the addresses of two pictures' first rows, ``row_bytes`` apart from row to row.
    """
    step = max(_MINIMUM_ROWS, -(-(bottom - top) // BANDS))
    start: int | None = None
    for row in range(top, bottom, step):
        rows = min(step, bottom - row)
        if _memcmp(first + row * row_bytes, second + row * row_bytes, rows * row_bytes):
            if start is None:
                start = row
        elif start is not None:
            yield start, row
            start = None
    if start is not None:
        yield start, bottom
