"""One sheet, whatever it will be written in: what is printed above it, its tables, and what stands below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

Align = Literal["left", "right", "center"]
Kind = Literal["text", "integer", "decimal", "duration"]
"""What a spreadsheet makes of a column. The cells are written out all the same: `10.21`, `1:02:03`, `+0.3`."""
RowKind = Literal["plain", "out", "empty", "note"]
"""`out`: DNF, DQ, DNS …; `empty`: a lane that nobody runs in; `note`: a line under the one before."""
Status = Literal["provisional", "official", "revised"]
Paper = Literal["A4", "Letter"]
Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    """Machine name, as in JSON and CSV: `place`, `mark`."""
    title: str = ""
    """As printed, in the language of the sheet: `PL`. A column without one belongs to the column on its left."""
    align: Align = "left"
    kind: Kind = "text"
    wide: bool = False
    """Takes the room that is left, and may break over lines: names, clubs."""


@dataclass(frozen=True, slots=True)
class Row:
    """As many cells as there are columns."""

    cells: tuple[Cell, ...]
    kind: RowKind = "plain"


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str = ""
    """Over the table: `INTERMEDIATE TIMES`, `Heat 2 of 3  Wind +0.4 m/s`."""
    key: str = "rows"
    """Machine name."""

    def printed(self) -> "Table":
        """What goes on paper: the status stands where the mark would (`DQ TR16.8`), empty columns are left out.

        Files that programs read (CSV, JSON) have every column.
        """
        keys = [column.key for column in self.columns]
        if _HOME in keys:
            home, status = keys.index(_HOME), [keys.index(key) for key in _STATUS if key in keys]
            rows = tuple(replace(row, cells=_with_status(row.cells, home, status)) for row in self.rows)
        else:
            rows, status = self.rows, []
        kept = [i for i in range(len(keys)) if i not in status and (not rows or any(_said(row, i) for row in rows))]
        return replace(
            self,
            columns=tuple(self.columns[i] for i in kept),
            rows=tuple(replace(row, cells=tuple(row.cells[i] for i in kept)) for row in rows),
        )


_HOME: Final = "mark"
_STATUS: Final = ("status", "rule")


def _with_status(cells: tuple[Cell, ...], home: int, status: Sequence[int]) -> tuple[Cell, ...]:
    if cells[home] is not None:
        return cells
    said = " ".join(str(cells[i]) for i in status if cells[i] is not None)
    return (*cells[:home], said or None, *cells[home + 1 :])


def _said(row: Row, index: int) -> bool:
    return row.cells[index] not in (None, "")


@dataclass(frozen=True, slots=True)
class Look:
    """What a meet wants its sheets to look like. Colours are `#rrggbb`; `logo` is the bytes of a PNG or an SVG."""

    colour: str = "#0b3c5d"
    accent: str = "#b4232a"
    logo: bytes | None = None
    paper: Paper = "A4"


PLAIN: Final = Look()


@dataclass(frozen=True, slots=True)
class Sheet:
    """Every text is in the sheet's language, but for what people and organizers are called."""

    name: str
    """`results`"""
    title: str
    """`RESULTS`"""
    meet: str
    where_when: str = ""
    """Venue and dates."""
    subject: str = ""
    """`100 Metres Men – Heat 1 of 3`; empty for sheets of a meet."""
    heading: Mapping[str, Cell] = field(default_factory=dict)
    """For programs: as JSON has it beside the rows."""
    lines: tuple[str, ...] = ()
    """The printed heading: qualification in words; date, start, wind."""
    records: Table | None = None
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()
    """Only the codes used: `("DNF", "did not finish")`."""
    signatures: tuple[str, ...] = ()
    """Who signs: `Referee`."""
    status: Status = "provisional"
    standing: str = ""
    """The status as printed: `OFFICIAL v2`."""
    version: int | None = None
    changes: tuple[str, ...] = ()
    """What is other than in the version before."""
    issued: str = ""
    """`Issued at 18:17, Fri 12 JUN 2026`"""
    digest: str | None = None
    """Of the publication."""
    address: str | None = None
    """Where the public finds the event."""
    look: Look = PLAIN
    language: str = "en"
    seq: int = 0
    """Position in the meet's log that it was made at."""
