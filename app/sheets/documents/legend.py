"""The legend: only the codes that are used on the sheet, in an order of their own (R54)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from app.domain.state import Event, MeetState
from app.rules.rulesets import rules_of
from app.sheets.sheet import Table
from app.sheets.words import Words

_CODED: Final = ("qualification", "records", "codes", "negative_split", "status", "code", "how")


def legend(
    words: Words, tables: Sequence[Table], state: MeetState, events: Iterable[Event]
) -> tuple[tuple[str, str], ...]:
    """(code, meaning) for each code in a column of codes; rules behind `DQ` with what they are for."""
    used = set(_codes(tables))
    known = [key.removeprefix("code.") for key in words.texts if key.startswith("code.")]
    said = [(code, words(f"code.{code}")) for code in known if code in used]
    return (*said, *_rules(words, tables, state, events))


def _codes(tables: Sequence[Table]) -> Iterator[str]:
    for table in tables:
        for index, column in enumerate(table.columns):
            found = {str(row.cells[index]) for row in table.rows if row.cells[index] is not None}
            if column.key.partition(" ")[0] in _CODED:
                for word in (word for cell in found for word in cell.split()):
                    yield word.removeprefix("=")
                    if word.startswith("="):
                        yield "="
            elif column.key == "thousandths" and found:
                yield "(.)"
            elif column.kind == "duration" and any(cell.endswith("h") for cell in found):
                yield "h"


def _rules(
    words: Words, tables: Sequence[Table], state: MeetState, events: Iterable[Event]
) -> Iterator[tuple[str, str]]:
    used = {
        str(row.cells[index])
        for table in tables
        for index, column in enumerate(table.columns)
        if column.key == "rule"
        for row in table.rows
    }
    cases = {one.code: one.case for event in events for one in rules_of(state.spec, event.spec).disqualifications}
    for code in sorted(used & cases.keys()):
        yield code, words(f"because.{cases[code]}")
