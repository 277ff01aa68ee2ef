"""Writes ``docs/channels.md`` from the contracts and the limits, so that it cannot say anything else than the code.

``python -m tools.reference`` prints it; ``--write`` puts it in its place. A test fails when the file is old.
"""

import ast
import inspect
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec

from shared import limits
from shared.channels import CONTRACTS
from shared.contract import Contract, Delivery
from shared.errors import BLAME, ErrorCode

TARGET = Path(__file__).resolve().parent.parent / "docs" / "channels.md"

_INTRODUCTION = """\
# Channels

Written by `python -m tools.reference --write` from `shared/channels/`, `shared/limits.py` and `shared/errors.py`.

Every message is a map with these fields: `channel`, `type` (command, event, state, error, system), `payload`,
`timestamp` (the sender's steady clock, microseconds), `id` (requests only), `in_reply_to` (replies only) and
`generation` (which page of the link; 0 is left out). It travels as msgpack behind four bytes of length, little
endian. What each side may send, and what it may hold, stands below; anything else is refused.
"""


def reference() -> str:
    """The whole document."""
    return "\n".join([_INTRODUCTION, *_channels(), *_structs(), *_values(), *_limits(), *_errors()])


def _channels() -> Iterator[str]:
    yield "## The channels\n"
    yield "| channel | pattern | direction | parties | payload | result | permission | most bytes | most often | deadline | notes |"
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    for contract in CONTRACTS.values():
        yield _row(contract)
    yield ""


def _row(contract: Contract) -> str:
    notes = [contract.summary]
    if contract.delivery is Delivery.LATEST_WINS:
        notes.append("Only the latest waits.")
    if contract.idempotent:
        notes.append("May be asked again.")
    if contract.secret:
        notes.append("Payload kept out of records.")
    if contract.carries_descriptor:
        notes.append("Carries descriptors.")
    cells = (
        f"`{contract.channel}`",
        contract.pattern,
        contract.direction,
        ", ".join(sorted(contract.parties)),
        f"`{_type_name(contract.payload)}`",
        f"`{_type_name(contract.result)}`" if contract.result is not None else "",
        f"`{contract.permission}`" if contract.permission else "",
        f"{contract.max_bytes:,}",
        f"{contract.rate.per_second:,.0f}/s",
        f"{contract.deadline:g} s" if contract.result is not None else "",
        " ".join(notes),
    )
    return f"| {' | '.join(cells)} |"


def _type_name(type_: Any) -> str:
    return str(getattr(type_, "__name__", type_))


def _structs() -> Iterator[str]:
    yield "## Payloads and results\n"
    seen: set[str] = set()
    for contract in CONTRACTS.values():
        for type_ in (contract.payload, contract.result):
            name = _type_name(type_)
            if type_ is None or name in seen or name == "Empty":
                continue
            seen.add(name)
            yield f"### {name}\n"
            yield inspect.cleandoc(type_.__doc__ or "")
            yield ""
            for field in msgspec.structs.fields(type_):
                default = "" if field.required else ", optional"
                yield f"- `{field.encode_name}`: {_words(msgspec.inspect.type_info(field.type))}{default}"
            yield ""


def _words(info: Any) -> str:
    name = type(info).__name__.removesuffix("Type").lower()
    match info:
        case msgspec.inspect.StructType():
            return f"`{info.cls.__name__}`"
        case msgspec.inspect.EnumType():
            return "one of " + ", ".join(f"`{member.value}`" for member in info.cls)
        case msgspec.inspect.UnionType():
            return " or ".join(_words(part) for part in info.types)
        case msgspec.inspect.VarTupleType() | msgspec.inspect.ListType():
            most = f"at most {info.max_length} " if info.max_length is not None else ""
            return f"list of {most}{_words(info.item_type)}"
        case msgspec.inspect.TupleType():
            return f"list of exactly {len(info.item_types)}: " + ", ".join(
                _words(part) for part in info.item_types
            )
        case msgspec.inspect.DictType():
            return f"map of {_words(info.key_type)} to {_words(info.value_type)}"
        case msgspec.inspect.IntType() | msgspec.inspect.FloatType():
            low, high = info.ge, info.le
            span = f" from {low:g} to {high:g}" if low is not None and high is not None else ""
            return f"{name}{span}"
        case msgspec.inspect.StrType() | msgspec.inspect.BytesType():
            most = (
                f" of at most {info.max_length:,} {'bytes' if name == 'bytes' else 'characters'}"
                if info.max_length
                else ""
            )
            return f"{name}{most}"
        case _:
            return name


def _values() -> Iterator[str]:
    from shared import values

    yield "## Values\n"
    yield inspect.cleandoc(values.__doc__ or "").partition("\n\n")[2]
    yield ""


def _limits() -> Iterator[str]:
    yield "## Limits\n"
    yield "| name | value | what |"
    yield "|---|---|---|"
    for name, words in _documented_constants(limits):
        yield f"| `{name}` | {getattr(limits, name):,} | {words} |"
    yield ""


def _documented_constants(module: Any) -> Iterator[tuple[str, str]]:
    """Each constant with the string that stands below it."""
    body = ast.parse(inspect.getsource(module)).body
    for statement, after in itertools.pairwise(body):
        match statement, after:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=words)):
                yield name, " ".join(str(words).split())


def _errors() -> Iterator[str]:
    yield "## Errors\n"
    yield "| code | blame |"
    yield "|---|---|"
    for code in ErrorCode:
        yield f"| `{code}` | {BLAME[code]} |"
    yield ""


@click.command()
@click.option("--write", is_flag=True, help="Put it into docs/channels.md.")
def main(write: bool) -> None:
    """Prints the reference of all channels, values, limits and errors."""
    if write:
        TARGET.write_text(reference(), encoding="utf-8")
    else:
        click.echo(reference())


if __name__ == "__main__":
    main()
