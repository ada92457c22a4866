"""Sheets as Markdown with tables as GitHub has them. Whatever a name holds, it is text: no link, no markup, no HTML."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from app.sheets.sheet import Column, Sheet, Table
from app.sheets.words import words
from app.sheets.written import plain

_MARKUP: Final = re.compile(r"([\\`*_\[\]<>|~&#$])")
_LINK: Final = re.compile(r"(?i)(://|@|www\.)")
_LEADING: Final = re.compile(r"^(\d+)([.)] )|^([-+=] )")
_RULES: Final = {"left": ":--", "right": "--:", "center": ":-:"}


def render(sheets: Sequence[Sheet]) -> bytes:
    return "\n---\n\n".join("\n".join(_lines(sheet)) + "\n" for sheet in sheets).encode()


def escaped(value: object) -> str:
    r"""
    >>> escaped("<b>|1. *x*")
    '\\<b\\>\\|1. \\*x\\*'
    """
    text = _MARKUP.sub(r"\\\1", plain(value))
    text = _LINK.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", text)
    return _LEADING.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", text)


def _lines(sheet: Sheet) -> Iterator[str]:
    say = words(sheet.language)
    heading = " – ".join(escaped(part) for part in (sheet.title, sheet.subject) if part)
    yield f"# {heading}"
    yield ""
    above = [f"**{escaped(sheet.meet)}**" if sheet.meet else "", escaped(sheet.where_when), _bold(sheet.standing)]
    yield "  \n".join([" · ".join(part for part in above if part), *map(escaped, sheet.lines)])
    if sheet.records is not None:
        yield from _table(sheet.records)
    for table in sheet.tables:
        yield from _table(table)
    for note in sheet.notes:
        yield from ("", f"*{escaped(note)}*")
    if sheet.changes:
        yield from ("", f"**{escaped(say('word.changes'))}**", "", *(f"- {escaped(one)}" for one in sheet.changes))
    if sheet.legend:
        yield from ("", " · ".join(f"**{escaped(code)}** {escaped(meaning)}" for code, meaning in sheet.legend))
    digest = f"{say('word.digest')} `{sheet.digest}`" if sheet.digest else ""
    yield from ("", "  \n".join(part for part in (escaped(sheet.issued), digest) if part))
    if sheet.signatures:
        yield from ("", " · ".join(f"{escaped(say.signed(one.role, one.name))} …………" for one in sheet.signatures))


def _bold(text: str) -> str:
    return f"**{escaped(text)}**" if text else ""


def _table(whole: Table) -> Iterator[str]:
    table = whole.printed()
    if whole.title:
        yield from ("", f"## {escaped(whole.title)}")
    if not table.columns or not table.rows:
        return
    yield from ("", _row([column.title for column in table.columns]), _rule(table.columns))
    for row in table.rows:
        yield _row(row.cells)


def _rule(columns: Sequence[Column]) -> str:
    return f"| {' | '.join(_RULES[column.align] for column in columns)} |"


def _row(cells: Sequence[object]) -> str:
    return f"| {' | '.join(escaped(cell) for cell in cells)} |"
