"""What was probably meant in a list that is taken as it is: nearly a column, nearly a nation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Final

from app.operations.roster_table import Table, normal
from app.sheets.nations import nations

MOST: Final = 50
"""Nations that something is said about; a list in which all are odd is not improved by more."""


@dataclass(frozen=True, slots=True)
class RowError:
    """`row` counts as a spreadsheet does: the header is row 1."""

    row: int
    column: str | None
    code: str
    message: str
    suggestion: str | None = None


def nearly_columns(table: Table, known: Sequence[str]) -> list[RowError]:
    """Titles that say nothing here, and are nearly those that do."""
    free = [column for column in known if column not in table.columns]
    out = []
    for title in table.ignored:
        for column in get_close_matches(normal(title), free, n=1, cutoff=0.75):
            message = f"the column {title!r} is left out: rename it, or say column={title}:{column}"
            out.append(RowError(1, title, "column_ignored", message, column))
    return out


def odd_nations(given: Mapping[str, int]) -> list[RowError]:
    """A nation is known by its code; whatever else is written is kept as it is. Each once, by its first row."""
    odd = [(nation, row) for nation, row in given.items() if nation not in nations()]
    return [_odd(nation, row) for nation, row in odd[:MOST]]


def _odd(nation: str, row: int) -> RowError:
    meant = _meant(nation)
    hint = f": write {meant}" if meant else ""
    message = f"{nation!r} is no code of a nation (such as NOR){hint}. It is kept as written"
    return RowError(row, "nation", "unknown_nation", message, meant)


def _meant(given: str) -> str | None:
    """By another code, by a name in any language, or by what is nearly one."""
    names = _names()
    key = given.casefold().strip()
    close = [key] if key in names else get_close_matches(key[:60], names, n=1, cutoff=0.8)
    return names[close[0]] if close else None


@cache
def _names() -> dict[str, str]:
    return {name.casefold(): code for code, row in nations().items() for name in row.values() if name}
