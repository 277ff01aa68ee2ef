"""What one contract needs at run time: its decoders, built once for the whole process."""

import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec

from shared.contract import Contract, Direction, Empty
from shared.errors import BadCall, ErrorCode, Full
from shared.limits import COUNTED_BYTES, MAX_COUNTED_VALUES, PROTOCOL_VERSION
from shared.value_count import has_more_values_than
from shared.values import check, decode, decoder, encode, is_open, is_plain


class Codec:
    """Encodes and decodes the payloads and results of one contract."""

    __slots__ = ("_open_payload", "_open_result", "_payload", "_result", "contract")

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self._payload = decoder(contract.payload)
        self._result = decoder(Empty if contract.result is None else contract.result)
        self._open_payload = is_open(contract.payload)
        self._open_result = is_open(contract.result)

    def default_payload(self) -> Any:
        """The payload that says nothing but its defaults. Raises BadCall if a field has none."""
        try:
            return self.contract.payload()
        except TypeError as error:
            raise BadCall(ErrorCode.INVALID_PAYLOAD, f"{self.contract.channel}: {error}", path="$") from error

    def encode_payload(self, payload: Any) -> msgspec.Raw:
        """Raises BadCall(UNENCODABLE) with a path, or Full(TOO_LARGE)."""
        return self._encode(payload, self._open_payload)

    def encode_result(self, result: Any) -> msgspec.Raw:
        """Raises BadCall(UNENCODABLE) with a path, or Full(TOO_LARGE)."""
        return self._encode(result, self._open_result)

    def decode_payload(self, data: msgspec.Raw) -> Any:
        """Raises BadCall(INVALID_PAYLOAD) with a path, or Full(TOO_LARGE)."""
        return self._decode(self._payload, data, self._open_payload)

    def decode_result(self, data: msgspec.Raw) -> Any:
        """Raises BadCall(INVALID_PAYLOAD) with a path, or Full(TOO_LARGE)."""
        return self._decode(self._result, data, self._open_result)

    def _encode(self, value: Any, is_open_: bool) -> msgspec.Raw:
        if is_open_ and not is_plain(value):
            check(value)
        data = encode(value)
        self._check_size(data, is_open_)
        return msgspec.Raw(data)

    def _decode(self, typed_decoder: msgspec.msgpack.Decoder[Any], data: msgspec.Raw, is_open_: bool) -> Any:
        self._check_size(memoryview(data), is_open_)
        value = decode(typed_decoder, data)
        if is_open_ and not is_plain(value):
            try:
                check(value)
            except BadCall as error:
                raise BadCall(ErrorCode.INVALID_PAYLOAD, error.message, path=error.path) from None
        return value

    def _check_size(self, data: bytes | memoryview, is_open_: bool) -> None:
        contract = self.contract
        if len(data) > contract.max_bytes:
            raise Full(
                ErrorCode.TOO_LARGE,
                f"{contract.channel}: expected at most {contract.max_bytes} bytes, got {len(data)}",
                path="$",
            )
        # Main alone must go on while it decodes: what only comes from it may hold any number.
        counted = is_open_ and contract.direction is not Direction.FROM_MAIN and len(data) > COUNTED_BYTES
        if counted and has_more_values_than(MAX_COUNTED_VALUES, data):
            raise Full(
                ErrorCode.TOO_MANY,
                f"{contract.channel}: expected at most {MAX_COUNTED_VALUES} values in more than {COUNTED_BYTES} bytes",
                path="$",
            )


_codecs: dict[int, Codec] = {}
_kept: list[Contract] = []


def codec_of(contract: Contract) -> Codec:
    """The codec of ``contract``, shared by every link of the process."""
    found = _codecs.get(id(contract))
    if found is None:
        found = _codecs[id(contract)] = Codec(contract)
        _kept.append(contract)  # its id must not be used again
    return found


_digests: dict[int, str] = {}
_digested: list[Mapping[str, Contract]] = []


def digest(contracts: Mapping[str, Contract]) -> str:
    """A hash of all that both ends must agree on: names, patterns, directions and the schemas of the values.

    Counted once for each table; tables do not change.
    """
    found = _digests.get(id(contracts))
    if found is None:
        found = _digests[id(contracts)] = _digest(contracts)
        _digested.append(contracts)  # its id must not be used again
    return found


def _digest(contracts: Mapping[str, Contract]) -> str:
    state = hashlib.sha256(f"protocol {PROTOCOL_VERSION}".encode())
    for name in sorted(contracts):
        contract = contracts[name]
        schemas = msgspec.json.schema_components(
            [type_ for type_ in (contract.payload, contract.result) if type_ is not None]
        )
        described = (name, contract.pattern, contract.direction, sorted(contract.parties), schemas)
        state.update(msgspec.json.encode(described, order="deterministic"))
    return state.hexdigest()
