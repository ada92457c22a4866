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
    shown: bool = True
    """False: for programs alone (CSV, JSON); paper says it elsewhere."""


@dataclass(frozen=True, slots=True)
class Row:
    """As many cells as there are columns."""

    cells: tuple[Cell, ...]
    kind: RowKind = "plain"
    shared: frozenset[str] = frozenset()
    """Columns whose place another row has too: `=4` on paper (R44)."""


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str = ""
    """Over the table: `INTERMEDIATE TIMES`, `Heat 2 of 3  Wind +0.4 m/s`."""
    key: str = "rows"
    """Machine name. Tables of one key are one table for programs, which paper has in parts: heat by heat."""

    def printed(self, *, numbers: bool = False) -> "Table":
        """What goes on paper: the status stands where the mark would (`DQ TR16.8`), empty columns are left out, and
        `=` stands before a shared place, but where cells are to stay `numbers`.

        Files that programs read (CSV, JSON) have every column.
        """
        rows = self._with_statuses()
        if not numbers:
            rows = tuple(self._with_signs(row) if row.shared else row for row in rows)
        kept = [
            i
            for i, column in enumerate(self.columns)
            if column.shown and (not rows or any(row.cells[i] not in (None, "") for row in rows))
        ]
        return replace(
            self,
            columns=tuple(self.columns[i] for i in kept),
            rows=rows if len(kept) == len(self.columns) else tuple(_only(row, kept) for row in rows),
        )

    def _with_statuses(self) -> tuple[Row, ...]:
        keys = [column.key for column in self.columns]
        if "mark" not in keys:
            return self.rows
        home, status = keys.index("mark"), [keys.index(key) for key in ("status", "rule") if key in keys]
        return tuple(_with_status(row, home, status) if row.kind == "out" else row for row in self.rows)

    def _with_signs(self, row: Row) -> Row:
        pairs = zip(row.cells, self.columns, strict=True)
        return replace(row, cells=tuple(f"={cell}" if one.key in row.shared else cell for cell, one in pairs))


def _only(row: Row, kept: Sequence[int]) -> Row:
    return Row(tuple([row.cells[i] for i in kept]), row.kind)


def _with_status(row: Row, home: int, status: Sequence[int]) -> Row:
    said = " ".join(str(row.cells[i]) for i in status if row.cells[i] is not None)
    return replace(row, cells=(*row.cells[:home], said or row.cells[home], *row.cells[home + 1 :]))


@dataclass(frozen=True, slots=True)
class Signature:
    """A line to sign on."""

    role: str
    """`Referee`"""
    name: str = ""
    """Who that is, where somebody said it."""


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
    signatures: tuple[Signature, ...] = ()
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
