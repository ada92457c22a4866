"""Forms of statements: `gun TIME [wave NAME]` says how a line is written and what its values are called.

Small words stand as they are, capitals are values (`kinds.py`), brackets may be left out and come in any order, and
`…` behind a value means one or more. A value is called like the small word right before it, else like itself; the
keyword at the beginning of a statement names nothing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from app.cli.script.kinds import KINDS, Kind
from app.cli.script.words import Words, said

MORE: Final = "…"
_PARTS: Final = re.compile(r"\[([^\]]+)\]|(\S+)")


@dataclass(frozen=True, slots=True)
class Part:
    """A small word (`kind` is None), or the value `name`."""

    name: str
    kind: Kind | None = None
    written: str = ""
    """As it stands in the form."""

    @property
    def many(self) -> bool:
        return self.written.endswith(MORE)


@dataclass(frozen=True, slots=True)
class Form:
    needed: tuple[Part, ...]
    options: tuple[tuple[Part, ...], ...]


@dataclass(eq=False)
class Mismatch(Exception):
    """`at`: how many words were understood before it."""

    at: int
    allowed: str


@cache
def form(text: str) -> Form:
    needed: list[str] = []
    options = []
    for option, word in _PARTS.findall(text):
        if option:
            options.append(tuple(_parts(option.split())))
        else:
            needed.append(word)
    keyword, rest = needed[:1], needed[1:]
    # A value that begins its bracket fits nearly anything: small words are looked for first.
    options.sort(key=lambda parts: parts[0].kind is not None)
    return Form((*_parts(keyword), *_parts(rest)), tuple(options))


def _parts(words: Sequence[str]) -> Iterator[Part]:
    before = None
    for word in words:
        name = word.removesuffix(MORE)
        kind = KINDS.get(name)
        yield Part(word if kind is None else before or name.lower(), kind, word)
        before = word if kind is None else None


def read(form: Form, words: Words) -> Mapping[str, Any]:
    """The values of a statement of this form, or `Mismatch`."""
    given: dict[str, Any] = {}
    at = _read_parts(form, form.needed, words, 0, given)
    while at < len(words):
        option = next((o for o in form.options if _begins(o, words, at)), None)
        if option is None:
            raise Mismatch(at, _told(form))
        at = _read_parts(form, option, words, at, given)
    return given


def _read_parts(form: Form, parts: Sequence[Part], words: Words, at: int, given: dict[str, Any]) -> int:
    for index, part in enumerate(parts):
        if part.kind is None:
            if not _is(part, words, at):
                raise Mismatch(at, repr(part.name))
            if index + 1 == len(parts) or parts[index + 1].kind is None:
                given[part.name] = True
            at += 1
            continue
        value, at = _value(part, part.kind, parts[index + 1 :], form.options, words, at)
        given[part.name] = (*given.get(part.name, ()), *value) if part.many else value
    return at


def _value(
    part: Part, kind: Kind, after: Sequence[Part], options: Sequence[Sequence[Part]], words: Words, at: int
) -> tuple[Any, int]:
    if part.many:
        return _values(kind, after, options, words, at)
    if kind is KINDS["WORDS"] and not after:
        end = max(len(words), at + 1)
    else:
        end = at + kind.words if kind.words else _end(after, options, words, at)
    if end > len(words):
        raise Mismatch(min(at, len(words)), kind.told)
    try:
        return kind.read(said(words[at:end], whole=kind.words is None)), end
    except ValueError:
        raise Mismatch(at, kind.told) from None


def _values(
    kind: Kind, after: Sequence[Part], options: Sequence[Sequence[Part]], words: Words, at: int
) -> tuple[tuple[Any, ...], int]:
    """One or more, up to a word that is no such value or that begins what follows."""
    values: list[Any] = []
    while at < len(words) and not (values and _ends(after, options, words, at)):
        try:
            values.append(kind.read(words[at].text))
        except ValueError:
            break
        at += 1
    if not values:
        raise Mismatch(at, kind.told)
    return tuple(values), at


def _end(after: Sequence[Part], options: Sequence[Sequence[Part]], words: Words, at: int) -> int:
    """Where a value of any number of words ends: where what follows begins."""
    end = at + 1
    while end < len(words) and not _ends(after, options, words, end):
        end += 1
    return end


def _ends(after: Sequence[Part], options: Sequence[Sequence[Part]], words: Words, at: int) -> bool:
    if after:
        return _fits(after[0], words, at)
    return any(_begins(option, words, at) for option in options)


def _begins(parts: Sequence[Part], words: Words, at: int) -> bool:
    """Whether all small words that the parts begin with stand there; or the value, where they begin with one."""
    if parts[0].kind is not None:
        return _fits(parts[0], words, at)
    literal = [part for part in parts if part.kind is None]
    return all(_is(part, words, at + step) for step, part in enumerate(literal))


def _is(part: Part, words: Words, at: int) -> bool:
    return at < len(words) and words[at].text in part.name.split("|")


def _fits(part: Part, words: Words, at: int) -> bool:
    if part.kind is None:
        return _is(part, words, at)
    try:
        part.kind.read(said(words[at : at + (part.kind.words or 1)]))
    except ValueError:
        return False
    return at < len(words)


def _told(form: Form) -> str:
    """What may come next."""
    told = [" ".join(part.written for part in option) for option in form.options]
    return " or ".join(["the end of the statement", *told])
