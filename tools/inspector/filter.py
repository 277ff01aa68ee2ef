"""The filter language: which records to show.

    expression := term (["and" | "or"] term)*        "and" is understood; "or" binds weaker
    term       := "not" term | "(" expression ")" | [field operator] value
    operator   := ":" contains   "=" equals   "~" regular expression   "<" ">" for numbers

``value`` is a word or stands in double quotes. Without a field it is looked for in channel, peer, code, reason and
payload. Letters' case makes no difference.
"""

import difflib
import re
from collections.abc import Callable, Iterator
from typing import Final

from shared.channels.inspector import Record
from shared.ipc_channel import IPCChannel
from tools.inspector.format import payload_text

Predicate = Callable[[Record], bool]

TEXT_FIELDS: Final[dict[str, Callable[[Record], str]]] = {
    "channel": lambda record: record.channel,
    "peer": lambda record: record.peer,
    "direction": lambda record: record.direction,
    "type": lambda record: record.type,
    "verdict": lambda record: record.verdict,
    "id": lambda record: record.id or record.in_reply_to or "",
    "code": lambda record: record.code or "",
    "reason": lambda record: record.reason or "",
    "path": lambda record: record.path or "",
    "payload": lambda record: "" if record.payload is None else payload_text(record.payload),
}
NUMBER_FIELDS: Final[dict[str, Callable[[Record], float | None]]] = {
    "size": lambda record: record.size,
    "latency": lambda record: None if record.latency is None else record.latency * 1000,
    "link": lambda record: record.link,
    "sequence": lambda record: record.sequence,
}
"""Bytes, milliseconds, numbers."""

_ANYWHERE: Final = ("channel", "peer", "code", "reason", "payload")
_TOKEN: Final = re.compile(
    r'\s*(?:(?P<mark>[():=~<>])|"(?P<quoted>[^"]*)"|(?P<word>[^\s():=~<>"]+(?::[^\s():=~<>"]+)*))'
)
_DOMAINS: Final = frozenset(channel.partition(":")[0] for channel in IPCChannel)
_MAX_NESTING: Final = 50


class FilterError(ValueError):
    """The text is no filter. ``position`` is the character at fault, from 0."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(f"{message} (at character {position + 1})")
        self.position = position


def parse(text: str) -> Predicate:
    """The predicate ``text`` describes; empty text matches everything. Raises FilterError."""
    return _Parser(text).parse()


class _Token:
    __slots__ = ("kind", "position", "text")

    def __init__(self, kind: str, text: str, position: int) -> None:
        self.kind = kind
        self.text = text
        self.position = position


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._next = 0
        self._depth = 0

    def parse(self) -> Predicate:
        if len(self._tokens) == 1:
            return lambda record: True
        predicate = self._alternatives()
        token = self._token()
        if token.kind != "end":
            raise FilterError(f"expected a term, got '{token.text}'", token.position)
        return predicate

    def _token(self) -> _Token:
        return self._tokens[self._next]

    def _take(self) -> _Token:
        token = self._token()
        self._next += token.kind != "end"
        return token

    def _is_word(self, word: str) -> bool:
        token = self._token()
        return token.kind == "word" and token.text.lower() == word

    def _alternatives(self) -> Predicate:
        terms = [self._conjunction()]
        while self._is_word("or"):
            self._take()
            terms.append(self._conjunction())
        return terms[0] if len(terms) == 1 else lambda record: any(term(record) for term in terms)

    def _conjunction(self) -> Predicate:
        terms = [self._term()]
        while self._token().kind != "end" and self._token().text != ")" and not self._is_word("or"):
            if self._is_word("and"):
                self._take()
            terms.append(self._term())
        return terms[0] if len(terms) == 1 else lambda record: all(term(record) for term in terms)

    def _term(self) -> Predicate:
        self._depth += 1
        if self._depth > _MAX_NESTING:
            raise FilterError(f"expected at most {_MAX_NESTING} levels, got more", self._token().position)
        try:
            return self._negation_group_or_match()
        finally:
            self._depth -= 1

    def _negation_group_or_match(self) -> Predicate:
        token = self._take()
        if token.kind == "word" and token.text.lower() == "not":
            term = self._term()
            return lambda record: not term(record)
        if token.kind == "mark" and token.text == "(":
            inner = self._alternatives()
            closing = self._take()
            if closing.text != ")" or closing.kind != "mark":
                raise FilterError("expected ')'", closing.position)
            return inner
        if token.kind not in ("word", "quoted") or (
            token.kind == "word" and token.text.lower() in ("and", "or")
        ):
            raise FilterError(f"expected a term, got {_name(token)}", token.position)
        following = self._token()
        if token.kind == "word" and following.kind == "mark" and following.text in ":=~<>":
            return self._field_match(token, self._take())
        return _contains_anywhere(token.text)

    def _field_match(self, field: _Token, operator: _Token) -> Predicate:
        value = self._take()
        if value.kind not in ("word", "quoted"):
            raise FilterError(
                f"expected a value after '{field.text}{operator.text}', got {_name(value)}", value.position
            )
        name = field.text.lower()
        if name in NUMBER_FIELDS:
            return _number_match(NUMBER_FIELDS[name], name, operator, value)
        if name in TEXT_FIELDS:
            return _text_match(TEXT_FIELDS[name], name, operator, value)
        known = ", ".join((*TEXT_FIELDS, *NUMBER_FIELDS))
        raise FilterError(f"there is no field '{field.text}'; fields are {known}", field.position)


def _tokens(text: str) -> Iterator[_Token]:
    position = 0
    end = len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None:
            raise FilterError("a double quote is not closed", text.index('"', position))
        kind = match.lastgroup
        assert kind is not None  # every alternative of the pattern is named
        if kind == "word":
            yield from _split_field(match["word"], match.start(kind))
        else:
            start = match.start(kind) - (kind == "quoted")
            yield _Token(kind, match[kind], start)
        position = match.end()
    yield _Token("end", "", len(text))


def _split_field(word: str, position: int) -> Iterator[_Token]:
    """``channel:tab:title`` is a field and a value; ``tab:title`` and ``link:ping``, channels, stay one word."""
    name, colon, rest = word.partition(":")
    if colon and (name.lower() in TEXT_FIELDS or (name.lower() in NUMBER_FIELDS and rest[:1].isdecimal())):
        yield _Token("word", name, position)
        yield _Token("mark", ":", position + len(name))
        yield _Token("word", rest, position + len(name) + 1)
    elif colon and name not in _DOMAINS and (near := _near_field(name)):
        raise FilterError(f"there is no field '{name}'; did you mean '{near}'?", position)
    else:
        yield _Token("word", word, position)


def _near_field(name: str) -> str | None:
    near = difflib.get_close_matches(name.lower(), (*TEXT_FIELDS, *NUMBER_FIELDS), n=1, cutoff=0.8)
    return near[0] if near else None


def _name(token: _Token) -> str:
    return "the end" if token.kind == "end" else f"'{token.text}'"


def _contains_anywhere(text: str) -> Predicate:
    wanted = text.lower()
    fields = [TEXT_FIELDS[name] for name in _ANYWHERE]
    return lambda record: any(wanted in field(record).lower() for field in fields)


def _text_match(field: Callable[[Record], str], name: str, operator: _Token, value: _Token) -> Predicate:
    wanted = value.text.lower()
    if operator.text == ":":
        return lambda record: wanted in field(record).lower()
    if operator.text == "=":
        return lambda record: wanted == field(record).lower()
    if operator.text == "~":
        try:
            pattern = re.compile(value.text, re.IGNORECASE)
        except re.error as error:
            raise FilterError(f"not a regular expression: {error}", value.position) from error
        return lambda record: pattern.search(field(record)) is not None
    raise FilterError(f"'{name}' is text: use ':', '=' or '~'", operator.position)


def _number_match(
    field: Callable[[Record], float | None], name: str, operator: _Token, value: _Token
) -> Predicate:
    try:
        wanted = float(value.text)
    except ValueError:
        raise FilterError(f"expected a number for '{name}', got '{value.text}'", value.position) from None

    def match(record: Record) -> bool:
        number = field(record)
        if number is None:
            return False
        if operator.text == "<":
            return number < wanted
        return number > wanted if operator.text == ">" else number == wanted

    if operator.text == "~":
        raise FilterError(f"'{name}' is a number: use ':', '=', '<' or '>'", operator.position)
    return match
