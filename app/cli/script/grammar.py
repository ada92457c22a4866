"""The text of a script to statements. What is none is a `Misread`, with its line, column and what is allowed there."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from app.cli.script import forms
from app.cli.script.sheets import OTHERS, Odd, runners
from app.cli.script.statements import Expected, Line, Misread, Script, Statement
from app.cli.script.words import Words, said, statements

EQUALS: Final = "="
SHEET: Final = "results"
"""What a line beginning with `=` belongs to where no head stands right above it."""
HEADS: Final = frozenset({SHEET, "summary", "standings", "version", "before"})
"""Keywords that `=` lines stand below."""


def parse(name: str, text: str, known: Collection[str]) -> Script:
    """`known` are the forms that there are."""
    found: list[Statement] = []
    open_head = False
    for number, line in enumerate(text.splitlines(), 1):
        for words in statements(line):
            if words[0].text != EQUALS:
                found.append(_statement(name, number, words, known))
                open_head = found[-1].form.split()[0] in HEADS
                continue
            if not open_head:
                found.append(Statement(number, SHEET, _form_of(SHEET, known), {}))
                open_head = True
            found[-1] = replace(found[-1], sheet=_more(name, number, words, found[-1].sheet))
    _check(name, found)
    return Script(name, tuple(found))


def _form_of(keyword: str, known: Collection[str]) -> str:
    return next(form for form in known if form.split()[0] == keyword)


def _statement(name: str, number: int, words: Words, known: Collection[str]) -> Statement:
    fitting = list(_candidates(words, known))
    if not fitting:
        keywords = sorted({form.split()[0] for form in known if form[0].islower()})
        problem = f"{words[0].text!r} begins no statement: allowed are a distance, =, {', '.join(keywords)}"
        raise Misread(name, number, words[0].column, problem)
    failed: list[tuple[forms.Mismatch, str]] = []
    for form in fitting:
        try:
            return Statement(number, said(words), form, forms.read(forms.form(form), words))
        except forms.Mismatch as mismatch:
            failed.append((mismatch, form))
    farthest = max(mismatch.at for mismatch, _ in failed)
    allowed = " or ".join(dict.fromkeys(m.allowed for m, _ in failed if m.at == farthest))
    there = f"{words[farthest].text!r}" if farthest < len(words) else "the end"
    column = words[farthest].column if farthest < len(words) else words[-1].column + len(words[-1].text)
    told = "; ".join(form for _, form in failed)
    raise Misread(name, number, column, f"{there} where {allowed} is allowed ({told})")


def _candidates(words: Words, known: Collection[str]) -> Iterator[str]:
    """Forms that begin with the same word, those with more words of their own first; else those of a distance."""
    same = [form for form in known if form.split()[0] == words[0].text]
    if same:
        yield from sorted(same, key=lambda form: -sum(part.kind is None for part in forms.form(form).needed))
    elif words[0].text[0].isdigit():
        yield from (form for form in known if form[0].isupper())


def _more(name: str, number: int, words: Words, sheet: Expected) -> Expected:
    rest = list(words[1:])
    whole = not (rest and rest[-1].text == OTHERS)
    if not sheet.whole:
        raise Misread(name, number, words[0].column, f"the sheet ended with {OTHERS}: put nothing behind it")
    try:
        lines: Sequence[Line] = tuple(runners(number, rest if whole else rest[:-1]))
    except Odd as odd:
        raise Misread(name, number, odd.column, f"allowed here: {odd.allowed}") from None
    return Expected((*sheet.lines, *lines), whole)


def _check(name: str, found: Sequence[Statement]) -> None:
    for before, one in zip((None, *found), found, strict=False):
        keyword = one.form.split()[0]
        if keyword in HEADS and not one.sheet.lines and one.sheet.whole:
            raise Misread(name, one.number, 1, f"{keyword} is a head: = lines stand below it")
        if keyword == "refused" and (before is None or before.form.split()[0] in {*HEADS, "refused"}):
            raise Misread(name, one.number, 1, "refused stands behind a statement that must be refused")
