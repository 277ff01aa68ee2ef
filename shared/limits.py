"""Every size, count and time limit of the protocol, named once; code and documentation both read them here.

Sizes are bytes, times seconds.
"""

from typing import Final

PROTOCOL_VERSION: Final = 1
"""Raised when the framing, the envelope or the handshake changes."""

MAX_FRAME_BYTES: Final = 16 * 1024 * 1024
"""No frame may claim more; checked on the four length bytes, before anything is allocated."""

DEFAULT_MESSAGE_BYTES: Final = 256 * 1024
"""A contract's size limit where it names none."""

MAX_DEPTH: Final = 64
"""Deepest nesting of lists and maps in a payload."""

COUNTED_BYTES: Final = 96 * 1024
"""An open payload (one with a place that takes anything) larger than this, towards main, holds at most..."""

MAX_COUNTED_VALUES: Final = 20_000
"""...so many values: main spends milliseconds on a message, and what is large is text or bytes."""

MAX_INTEGER_BYTES: Final = 1024
"""Longest big integer (two's complement, big endian), some 2,466 decimal digits."""

FRAME_TIMEOUT: Final = 5.0
"""A frame begun must be whole within this time, or the peer is a liar about sizes or too slow to serve."""

HANDSHAKE_TIMEOUT: Final = 20.0
"""From the start of a process to its hello."""

DEFAULT_DEADLINE: Final = 30.0
"""A request's deadline where its contract names none."""

QUEUE_BYTES: Final = 32 * 1024 * 1024
"""Bytes waiting to be written on one link. Beyond it a send fails with ``full``."""

QUEUE_MESSAGES: Final = 10_000
"""Messages waiting to be written on one link."""

PENDING_REQUESTS: Final = 1024
"""Requests of one side on one link that wait for their replies."""

STALLED_TIMEOUT: Final = 10.0
"""A peer that reads nothing for so long, while bytes wait for it, is ended with ``limit``."""

MAX_ID_LENGTH: Final = 32
"""Longest message id, in characters."""

MAX_CHANNEL_LENGTH: Final = 128
"""Longest channel name, in characters."""

MAX_TEXT: Final = 1024
"""Titles, labels, descriptions, in characters."""

MAX_ERROR_TEXT: Final = 4 * MAX_TEXT
"""An error's message, in characters: it may quote what a peer sent."""

MAX_URL: Final = 32 * 1024
"""Longest address, in characters."""

MAX_ICON_SIDE: Final = 64
"""Largest page icon, in pixels a side."""

MAX_SURFACE_SIDE: Final = 16384
"""Largest surface, in device pixels a side."""

MAX_DAMAGE_RECTANGLES: Final = 32
"""Rectangles in one frame message; more are sent as their bounding rectangle."""

STDERR_TAIL_BYTES: Final = 64 * 1024
"""What main keeps of a renderer's last words."""

HANDSHAKE_FRAME_BYTES: Final = 4096
"""Longest frame before the handshake is done."""

MAX_STRIKES: Final = 10_000
"""Refusals for rate, size or count after which a peer that goes on is ended with ``limit``."""
