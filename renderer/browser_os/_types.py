"""Between the types that a manifest declares and the classes that an author writes for them."""

import inspect
import typing
from collections.abc import Callable
from functools import cache
from typing import Any, get_origin

import msgspec

from shared.contract import Contract, Empty
from shared.errors import BadCall, ErrorCode
from shared.values import decode, decoder, encode


@cache
def _decoder_of(type_: Any) -> Any:
    return decoder(type_)


def converted(value: Any, type_: Any) -> Any:
    """``value`` as ``type_``. Raises BadCall with the path of what does not fit."""
    if type_ is Any or (isinstance(type_, type) and isinstance(value, type_)):
        return value
    return decode(_decoder_of(type_), encode(value))


def argument_type(function: Callable[..., Any]) -> Any:
    """The annotation of ``function``'s one parameter: Any if it has none, None if it takes no argument.

    Raises:
        BadCall: it takes more than one argument, or its annotation names something that does not exist.
    """
    try:
        signature = inspect.signature(function, eval_str=True)
    except NameError as error:
        raise BadCall(
            ErrorCode.WRONG_PATTERN,
            f"{_name(function)} is annotated with something that is not there: {error}",
        ) from error
    except (TypeError, ValueError):
        return Any  # a built-in function: no signature, so no wish
    required = [
        p for p in signature.parameters.values() if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)
    ]
    if not required and not any(p.kind is p.VAR_POSITIONAL for p in signature.parameters.values()):
        return None
    if sum(parameter.default is parameter.empty for parameter in required) > 1:
        raise BadCall(
            ErrorCode.WRONG_PATTERN,
            f"{_name(function)} takes several arguments; messages have one: a payload",
        )
    if not required or required[0].annotation is signature.empty:
        return Any
    return required[0].annotation


def check_agreement(contract: Contract, annotation: Any, function: Callable[..., Any]) -> None:
    """Raise BadCall if the author's class cannot hold what ``contract`` declares, naming the fields."""
    if not _is_struct(annotation) or not _is_struct(contract.payload) or annotation is contract.payload:
        return
    declared = {field.encode_name: field for field in msgspec.structs.fields(contract.payload)}
    written = {field.encode_name: field for field in msgspec.structs.fields(annotation)}
    lacking = sorted(declared.keys() - written.keys())
    invented = sorted(name for name in written.keys() - declared.keys() if written[name].required)
    absent = sorted(
        name
        for name in written.keys() & declared.keys()
        if written[name].required and not declared[name].required
    )
    faults = [
        *(f"it lacks '{name}'" for name in lacking),
        *(f"it requires '{name}', which is not declared" for name in invented),
        *(f"it requires '{name}', which may be absent" for name in absent),
    ]
    if faults:
        raise BadCall(
            ErrorCode.WRONG_PATTERN,
            f"{annotation.__name__}, which {_name(function)} takes, is not what plugin.toml declares for "
            f"{contract.channel}: " + ", ".join(faults),
        )


def checked_result(contract: Contract, value: Any, function: Callable[..., Any]) -> Any:
    """``value`` if ``contract`` declares such a result. Raises BadCall that blames the handler, not the caller."""
    try:
        return converted(Empty() if value is None else value, contract.result)
    except BadCall as error:
        raise BadCall(
            ErrorCode.HANDLER_FAILED,
            f"{_name(function)} returned a {type(value).__name__} that is not what plugin.toml declares as the result "
            f"of {contract.channel}: {error.message}",
            path=error.path,
        ) from error


def _is_struct(type_: Any) -> bool:
    return get_origin(type_) is None and isinstance(type_, type) and issubclass(type_, msgspec.Struct)


def _name(function: Callable[..., Any]) -> str:
    return str(getattr(function, "__qualname__", None) or typing.cast(object, function))
