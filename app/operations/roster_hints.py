"""What was probably meant in a list that is taken: nearly a column, a nation by its name, a date with dots."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from app.operations.roster_nations import nation_of, nearly_nation
from app.operations.roster_rows import birth_date_of, is_day_first
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


@dataclass(slots=True)
class Readings:
    """Cells that are read as what they probably mean, each with the first row that has it so."""

    _nations: dict[str, int] = field(default_factory=dict)
    _day_first: tuple[int, str] | None = None

    def note(self, row: int, given: Mapping[str, str]) -> None:
        nation, born = given.get("nation"), given.get("birth_date")
        if nation and nation not in nations():
            self._nations.setdefault(nation, row)
        if self._day_first is None and born and is_day_first(born):
            self._day_first = row, born

    def told(self) -> list[RowError]:
        """One for all dates that are written day first, and one for each nation that is no code."""
        days = [_day_first(*self._day_first)] if self._day_first else []
        return days + [_odd(nation, row) for nation, row in list(self._nations.items())[:MOST]]


def _day_first(row: int, text: str) -> RowError:
    meant = birth_date_of(text)
    message = f"dates with dots are read day first in the whole file: {text} as {meant}"
    return RowError(row, "birth_date", "day_first", message, meant)


def _odd(nation: str, row: int) -> RowError:
    """What names no nation for sure is kept as it is: a club may run for a region."""
    taken = nation_of(nation)
    said = f"{nation!r} is no code of a nation (such as NOR)"
    if taken != nation:
        return RowError(row, "nation", "nation_by_name", f"{said}: it is taken as {taken}", taken)
    meant = nearly_nation(nation)
    hint = f": write {meant}" if meant else ""
    return RowError(row, "nation", "unknown_nation", f"{said}{hint}. It is kept as written", meant)
