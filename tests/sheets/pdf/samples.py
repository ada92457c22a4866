"""Sheets to print: a heat with everything on it, and tables of any length."""

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from PIL import Image

from app.sheets.sheet import Cell, Column, Row, Sheet, Table

RESULTS: Final = (
    Column("place", "PL", "right", "integer"),
    Column("lane", "LN", "right", "integer"),
    Column("bib", "BIB", "right"),
    Column("name", "NAME", wide=True),
    Column("nation", "NAT"),
    Column("born", "BORN"),
    Column("mark", "RESULT", "right", "duration"),
    Column("thousandths"),
    Column("qualification"),
    Column("records"),
    Column("reaction", "REACT", "right", "decimal"),
)
RECORDS: Final = Table(
    (Column("code"), Column("mark", align="right"), Column("holder", wide=True), Column("nation"), Column("date")),
    (
        Row(("WR", "9.58", "SURNAME Given", "AAA", "16 AUG 2009")),
        Row(("CR", "10.02", "FELDMANN Ivo", "GRN", "15 JUN 2024")),
    ),
)
DIGEST: Final = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
ADDRESS: Final = "https://results.northlake.example/events/evt_0197430a2c4e7d5fa3f09a64d1c3b2e7"


def heat(names: Sequence[str], **other: Any) -> Sheet:
    """A 100 m heat: one lane each."""
    rows = [
        row(
            i, i, str(9 + i * 11), name, "NOR", "12 MAY 1999", f"10.{20 + i}", None, "Q" if i < 3 else None, "", "0.141"
        )
        for i, name in enumerate(names, 1)
    ]
    return sheet([Table(RESULTS, tuple(rows))], **other)


def sheet(tables: Sequence[Table], **other: Any) -> Sheet:
    made = Sheet(
        name="results",
        title="RESULTS",
        meet="Northlake Open Championships",
        where_when="Northlake Stadium, 12–14 June 2026",
        subject="100 Metres Men – Heat 1 of 3",
        lines=("First 2 in each heat (Q) and the next 2 fastest (q) advance to: Final", "Wind: +0.7 m/s"),
        tables=tuple(tables),
        issued="Issued at 18:17, Fri 12 JUN 2026",
        status="official",
        standing="OFFICIAL v2",
        version=2,
        digest=DIGEST,
    )
    return replace(made, **other)


def lines(count: int, *, name: str = "RUNNER Number {}", every: int = 0) -> Table:
    """A list of so many runners; after each `every` of them comes a line of its own."""
    columns = (Column("place", "PL", "right"), Column("name", "NAME", wide=True), Column("mark", "RESULT", "right"))
    rows: list[Row] = []
    for i in range(1, count + 1):
        rows.append(row(i, name.replace("{}", str(i)), f"{30 + i // 60}:{i % 60:02}"))
        if every and i % every == 0:
            rows.append(Row((None, f"note on {i}", None), "note"))
    return Table(columns, tuple(rows))


def row(*cells: Cell) -> Row:
    return Row(cells)


def png(width: int = 40, height: int = 20, mode: str = "RGBA") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height)).save(out, "PNG")
    return out.getvalue()
