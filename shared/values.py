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
from typing import Any

import msgspec
from msgspec.msgpack import Decoder, Encoder, Ext

from shared.errors import BadCall, ErrorCode, IPCError
from shared.limits import MAX_DEPTH, MAX_INTEGER_BYTES

BIG_INTEGER = 1
"""msgpack extension type: an integer as big-endian two's complement."""

MAX_VALUES = 2_000_000
"""Values in one open payload: a small graph with shared references may unfold to any size."""

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
    length = value.bit_length() // 8 + 1
    if length > MAX_INTEGER_BYTES:
        raise BadCall(
            ErrorCode.UNENCODABLE, f"expected an integer of at most {MAX_INTEGER_BYTES} bytes, got {length}"
        )
    return Ext(BIG_INTEGER, value.to_bytes(length, "big", signed=True))


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
    and (unless ``non_finite``) nan and infinities.
    """
    stack: list[tuple[Any, str, int, tuple[int, ...]]] = [(value, "$", 0, ())]
    visited = 0
    while stack:
        item, path, depth, above = stack.pop()
        visited += 1
        if visited > MAX_VALUES:
            raise BadCall(ErrorCode.UNENCODABLE, f"expected at most {MAX_VALUES} values, got more", path="$")
        kind = type(item)
        if kind is int or item is None or kind is bool or kind is float or kind is str:
            _check_scalar(item, path, non_finite)
            continue
        children = _children(item, path)
        if children is None:
            _check_scalar(item, path, non_finite)
            continue
        if id(item) in above:
            raise BadCall(
                ErrorCode.UNENCODABLE, "expected a tree, got a value that contains itself", path=path
            )
        if depth >= MAX_DEPTH:
            raise BadCall(ErrorCode.UNENCODABLE, f"expected at most {MAX_DEPTH} levels, got more", path=path)
        inner = (*above, id(item))
        stack.extend((child, where, depth + 1, inner) for child, where in children)


def _children(item: Any, path: str) -> list[tuple[Any, str]] | None:
    if isinstance(item, dict):
        for key in item:
            if not isinstance(key, str | int) or isinstance(key, bool):
                raise BadCall(
                    ErrorCode.UNENCODABLE,
                    f"expected a key of type str or int, got {type(key).__name__}",
                    path=path,
                )
            _check_scalar(key, path, False)
        return [
            (child, f"{path}.{key}" if isinstance(key, str) else f"{path}[{key}]")
            for key, child in item.items()
        ]
    if isinstance(item, list | tuple | set | frozenset):
        return [(child, f"{path}[{index}]") for index, child in enumerate(item)]
    if isinstance(item, msgspec.Struct):
        return [(getattr(item, name), f"{path}.{name}") for name in item.__struct_fields__]
    return None


def _check_scalar(item: Any, path: str, non_finite: bool) -> None:
    if isinstance(item, float):
        if not non_finite and not math.isfinite(item):
            raise BadCall(ErrorCode.UNENCODABLE, f"expected a finite number, got {item}", path=path)
    elif isinstance(item, str):
        if not item.isascii():
            try:
                item.encode()
            except UnicodeEncodeError as error:
                raise BadCall(
                    ErrorCode.UNENCODABLE, "expected text, got a lone surrogate", path=path
                ) from error
    elif isinstance(item, int) and not isinstance(item, bool | enum.Enum):
        try:
            _tagged(item)
        except BadCall as error:
            raise BadCall(error.code, error.message, path=path) from None
    elif item is not None and not isinstance(item, _SCALARS):
        raise BadCall(
            ErrorCode.UNENCODABLE, f"expected a value that can be sent, got {type(item).__name__}", path=path
        )


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
