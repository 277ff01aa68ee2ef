"""Values and their bytes: msgpack, with a tagged extension for big integers.

What may be sent: None, bool, int of any size up to ``MAX_INTEGER_BYTES``, finite float (nan and infinities only
where the contract allows them), str, bytes, datetime, UUID, Decimal, enum, set, tuple, list, dict with string or
integer keys, Struct. A typed field gives its own type back. Where the contract says ``Any``, sets and tuples come
back as lists, and UUIDs, Decimals and enums as what they are written as. A typed field that must hold integers
beyond 64 bits is declared ``BigInteger``.
"""

import datetime
import decimal
import enum
import math
import re
import uuid
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec.msgpack import Decoder, Encoder, Ext

from shared.errors import BadCall, ErrorCode, IPCError
from shared.limits import MAX_DEPTH, MAX_INTEGER_BYTES

BIG_INTEGER = 1
"""msgpack extension type: an integer as big-endian two's complement."""

MAX_VALUES = 2_000_000
"""Values in one open payload: a small graph with shared references may unfold to any size."""

_STEP_LENGTH = 60
"""Characters of a map's key that stand in a path."""

_SCALARS = (str, bytes, bytearray, memoryview, bool, datetime.datetime, datetime.date, datetime.time,
            datetime.timedelta, uuid.UUID, decimal.Decimal, enum.Enum, msgspec.Raw)  # fmt: skip

_KEYS = frozenset({str, int})
_LEAVES = frozenset({str, int, float, bool, type(None), bytes})
_LISTS = frozenset({list, tuple, set, frozenset})


class BigInteger(int):
    """An integer of any size, for typed fields; plain ``int`` fields hold 64 bits."""


def _tagged(value: int) -> int | Ext:
    if -(2**63) <= value < 2**64:
        return int(value)
    length = _integer_bytes(value)
    if length > MAX_INTEGER_BYTES:
        raise BadCall(ErrorCode.UNENCODABLE, _too_long(length))
    return Ext(BIG_INTEGER, value.to_bytes(length, "big", signed=True))


def _integer_bytes(value: int) -> int:
    return value.bit_length() // 8 + 1


def _too_long(length: int) -> str:
    return f"expected an integer of at most {MAX_INTEGER_BYTES} bytes, got {length}"


def _encode_hook(value: Any) -> Any:
    if isinstance(value, BigInteger):
        return _tagged(value)
    raise TypeError(f"a value of type {type(value).__name__} cannot be sent")


def _extension_hook(code: int, data: memoryview) -> int:
    if code != BIG_INTEGER or not 0 < len(data) <= MAX_INTEGER_BYTES:
        raise ValueError(f"unknown extension {code} of {len(data)} bytes")
    return int.from_bytes(data, "big", signed=True)


def _decode_hook(type_: type, value: Any) -> Any:
    if type_ is BigInteger and isinstance(value, int) and not isinstance(value, bool):
        return BigInteger(value)
    raise ValueError(f"Expected `{type_.__name__}`, got `{type(value).__name__}`")


_encoder = Encoder(enc_hook=_encode_hook)


def decoder(type_: Any) -> Decoder[Any]:
    """A decoder for values of ``type_``; build it once."""
    return Decoder(type_, ext_hook=_extension_hook, dec_hook=_decode_hook)


def encode(value: Any) -> bytes:
    """The bytes of ``value``. Raises BadCall with the path of the culprit if there is one."""
    try:
        return _encoder.encode(value)
    except IPCError:
        raise
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        check(value)
        try:
            return _encoder.encode(_with_tagged_integers(value))
        except (TypeError, ValueError, OverflowError, RecursionError):
            raise BadCall(ErrorCode.UNENCODABLE, str(error)) from error


def decode(typed_decoder: Decoder[Any], data: bytes | msgspec.Raw) -> Any:
    """The value of ``data``. Raises BadCall(INVALID_PAYLOAD) that says what was expected, what came, and where."""
    try:
        return typed_decoder.decode(data)
    except msgspec.ValidationError as error:
        message, path = _message_and_path(str(error))
        raise BadCall(ErrorCode.INVALID_PAYLOAD, message, path=path) from error
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError, ValueError, MemoryError) as error:
        raise BadCall(ErrorCode.INVALID_PAYLOAD, f"not a value: {error}", path="$") from error


_PATH = re.compile(r"^(?P<message>.*?)(?: - at `(?P<path>[^`]*)`)?$", re.DOTALL)
_FIELD = re.compile(r"(?:missing required field|contains unknown field) `(?P<field>[^`]*)`")


def _message_and_path(text: str) -> tuple[str, str]:
    match = _PATH.match(text)
    assert match is not None  # every part of the pattern is optional
    path = match["path"] or "$"
    if (field := _FIELD.search(match["message"])) is not None:
        path = f"{path}.{field['field']}"
    return match["message"], path


def is_open(type_: Any) -> bool:
    """Whether ``type_`` has a place that takes anything, so that values need ``check`` at both ends."""
    if type_ is None:
        return False
    seen: list[Any] = []

    def look(info: Any) -> bool:
        if isinstance(info, msgspec.inspect.AnyType):
            return True
        if isinstance(info, msgspec.inspect.Type):
            if info in seen:
                return False
            seen.append(info)
            return any(look(getattr(info, name)) for name in info.__struct_fields__)
        if isinstance(info, tuple):
            return any(look(part) for part in info)
        if isinstance(info, msgspec.inspect.Field):
            return look(info.type)
        return False

    return look(msgspec.inspect.type_info(type_))


def is_plain(value: Any) -> bool:
    """Whether ``check`` is not needed: finite numbers, text, bytes and containers of them, neither deep nor many.

    A look at types, a container at a time; what ``encode`` itself refuses (text or integers that have no bytes) it
    leaves to it. False means: look closely.
    """
    level, left = [value], MAX_VALUES - 1
    for _ in range(MAX_DEPTH):
        below: list[Any] = []
        for item in level:
            children: Any
            if type(item) is dict:
                if not _KEYS.issuperset(map(type, item)):
                    return False
                children = item.values()
            elif type(item) in _LISTS:
                children = item
            elif isinstance(item, msgspec.Struct):
                children = [getattr(item, name) for name in item.__struct_fields__]
            else:
                return False
            left -= len(children)
            if left < 0:
                return False
            kinds = set(map(type, children))
            if float in kinds and not all(math.isfinite(child) for child in children if type(child) is float):
                return False
            if not kinds <= _LEAVES:
                below += [child for child in children if type(child) not in _LEAVES]
        if not below:
            return True
        level = below
    return False


def check(value: Any, *, non_finite: bool = False) -> None:
    """Walk ``value`` and raise BadCall(UNENCODABLE) with the path of the first thing that cannot be sent.

    Refused are cycles, nesting beyond ``MAX_DEPTH``, foreign types, lone surrogates, integers that are too long,
    and (unless ``non_finite``) nan and infinities. Takes no memory to speak of: a peer chose the value.
    """
    levels: list[Iterator[tuple[str | int, Any]]] = [iter((("$", value),))]
    steps: list[str | int] = ["$"]
    holders: list[Any] = []
    left = MAX_VALUES
    while levels:
        found = next(levels[-1], None)
        if found is None:
            levels.pop()
            steps.pop()
            if holders:
                holders.pop()
            continue
        steps[-1], item = found
        left -= 1
        children = _children(item)
        problem = _problem(item, non_finite) if children is None else _holder_problem(item, holders)
        if problem is not None:
            raise BadCall(ErrorCode.UNENCODABLE, problem, path=_path(steps))
        if left < 0:
            raise BadCall(ErrorCode.UNENCODABLE, f"expected at most {MAX_VALUES} values, got more", path="$")
        if children is not None:
            levels.append(children)
            steps.append("")
            holders.append(item)


def _path(steps: list[str | int]) -> str:
    return "$" + "".join(
        f".{step[:_STEP_LENGTH]}" if isinstance(step, str) else f"[{step}]" for step in steps[1:]
    )


def _children(item: Any) -> Iterator[tuple[str | int, Any]] | None:
    if isinstance(item, dict):
        return iter(item.items())
    if isinstance(item, list | tuple | set | frozenset):
        return enumerate(item)
    if isinstance(item, msgspec.Struct):
        return ((name, getattr(item, name)) for name in item.__struct_fields__)
    return None


def _holder_problem(item: Any, holders: list[Any]) -> str | None:
    if any(holder is item for holder in holders):
        return "expected a tree, got a value that contains itself"
    if len(holders) >= MAX_DEPTH:
        return f"expected at most {MAX_DEPTH} levels, got more"
    if isinstance(item, dict):
        for key in item:
            if not isinstance(key, str | int) or isinstance(key, bool):
                return f"expected a key of type str or int, got {type(key).__name__}"
            if (problem := _problem(key, False)) is not None:
                return problem
    return None


def _problem(item: Any, non_finite: bool) -> str | None:
    if isinstance(item, float):
        return None if non_finite or math.isfinite(item) else f"expected a finite number, got {item}"
    if isinstance(item, str):
        return None if item.isascii() or _has_bytes(item) else "expected text, got a lone surrogate"
    if isinstance(item, int) and not isinstance(item, bool | enum.Enum):
        length = _integer_bytes(item)
        return None if length <= MAX_INTEGER_BYTES else _too_long(length)
    if item is None or isinstance(item, _SCALARS):
        return None
    return f"expected a value that can be sent, got {type(item).__name__}"


def _has_bytes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _with_tagged_integers(item: Any) -> Any:
    if isinstance(item, dict):
        return {key: _with_tagged_integers(child) for key, child in item.items()}
    if isinstance(item, list | tuple | set | frozenset):
        return [_with_tagged_integers(child) for child in item]
    if isinstance(item, msgspec.Struct):
        return _with_tagged_integers(msgspec.structs.asdict(item))
    if isinstance(item, int) and not isinstance(item, bool | enum.Enum):
        return _tagged(item)
    return item
