"""How many values msgpack bytes hold, found out without decoding them.

A byte can become fifty once it is an object: a large payload of many small values would cost its receiver seconds
and gigabytes. Only headers are looked at here, and no more of them than the limit allows.
"""

from typing import Final

# By the first byte, from 0xc0 on (the msgpack specification, "Formats").
_FIXED: Final = {
    0xC0: 0, 0xC1: 0, 0xC2: 0, 0xC3: 0, 0xCA: 4, 0xCB: 8, 0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8,
    0xD0: 1, 0xD1: 2, 0xD2: 4, 0xD3: 8, 0xD4: 2, 0xD5: 3, 0xD6: 5, 0xD7: 9, 0xD8: 17,
}  # fmt: skip
"""Bytes that follow, whatever they are."""
_SIZED: Final = {
    0xC4: (1, 0), 0xC5: (2, 0), 0xC6: (4, 0), 0xC7: (1, 1), 0xC8: (2, 1), 0xC9: (4, 1),
    0xD9: (1, 0), 0xDA: (2, 0), 0xDB: (4, 0),
}  # fmt: skip
"""Bytes of a length that follows, and further ones beside what it counts (an extension's type)."""
_CONTAINERS: Final = {0xDC: (2, 1), 0xDD: (4, 1), 0xDE: (2, 2), 0xDF: (4, 2)}
"""Bytes of a length that follows, and values on the wire for each that it counts (a map's keys are some)."""


def has_more_values_than(limit: int, data: bytes | memoryview) -> bool:
    """Whether ``data`` claims more than ``limit`` values: containers and what they hold, a map's keys not counted.

    What is no msgpack has some answer: the decoder refuses it.
    """
    values = awaited = 1
    position, end = 0, len(data)
    while awaited and position < end and values <= limit:
        awaited -= 1
        first = data[position]
        position += 1
        if first < 0x80 or first >= 0xE0:
            continue
        if first < 0xA0:
            children, each = first & 0x0F, 1 if first >= 0x90 else 2
        elif first < 0xC0:
            position += first & 0x1F
            continue
        elif (fixed := _FIXED.get(first)) is not None:
            position += fixed
            continue
        elif (sized := _SIZED.get(first)) is not None:
            width, beside = sized
            position += width + beside + int.from_bytes(data[position : position + width], "big")
            continue
        else:
            width, each = _CONTAINERS[first]
            children = int.from_bytes(data[position : position + width], "big")
            position += width
        values += children
        awaited += children * each
    return values > limit
