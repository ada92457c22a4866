"""Results as a workbook, CSV and JSON, against xlsxwriter, the csv module and msgspec with the same cells bare.

The bare sides guard against no formula in a name, measure no column, leave no row out. The bare workbook is given its
cells as the numbers that they are to be. Bare JSON is taken twice: the same objects made from tuples, which is what it
takes to write the same bytes, and the tuples as arrays, which leave out the keys.

JSON misses the goal against arrays, and will: readers get objects, a key beside every cell, 1.7 times the bytes. Their
bytes alone, of objects made before, take 1.2 times as long as the arrays; two thirds of the time go into making 50,000
objects, and of those that know their keys msgspec's own are the quickest to make.
"""

import csv
import io
from collections.abc import Callable, Sequence

import msgspec
from xlsxwriter import Workbook

from app.sheets import csv as sheet_csv
from app.sheets import json as sheet_json
from app.sheets import xlsx
from app.sheets.sheet import Column, Kind, Row, Sheet, Table
from bench.figures import Figure, figure, in_turns, seconds
from bench.runners import HEADS, RIGHT, Cells, rows

KINDS: dict[str, Kind] = {"Rank": "integer", "Cat rank": "integer", "Gun": "duration", "Chip": "duration"}
COLUMNS = tuple(
    Column(
        head.lower().replace(" ", "_"),
        head,
        "right" if i in RIGHT else "left",
        KINDS.get(head, "text"),
        wide=head == "Name",
    )
    for i, head in enumerate(HEADS)
)
KEYS = [column.key for column in COLUMNS]
TENFOLD = 10


def figures() -> list[Figure]:
    some, many = rows(), [cells for n in range(TENFOLD) for cells in rows(seed=n)]
    book, sheet, typed = _sheet(some), _sheet(many), _typed(some)
    made = msgspec.defstruct("Bare", [(key, str) for key in KEYS], gc=False)
    return [
        _against("XLSX of 5,000 rows / xlsxwriter", lambda: xlsx.render([book]), lambda: bare_book(typed), 1.25),
        _against("CSV of 50,000 rows / the csv module", lambda: sheet_csv.render([sheet]), lambda: bare_csv(many), 1.5),
        _against(
            "JSON of 50,000 rows / msgspec, the same objects",
            lambda: sheet_json.render([sheet]),
            lambda: msgspec.json.encode([made(*cells) for cells in many]),
            1.5,
        ),
        _against(
            "JSON of 50,000 rows / msgspec, arrays, no keys",
            lambda: sheet_json.render([sheet]),
            lambda: msgspec.json.encode(many),
            1.5,
        ),
    ]


def _against(name: str, product: Callable[[], bytes], bare: Callable[[], bytes], goal: float) -> Figure:
    values, limits = in_turns(lambda: seconds(product), lambda: seconds(bare), rounds=9)
    return figure(name, values, limits, "s", goal, "lower")


def _sheet(cells: Sequence[Cells]) -> Sheet:
    table = Table(COLUMNS, tuple(map(Row, cells)))
    return Sheet("results", "RESULTS", "National Championships 10 km", tables=(table,))


def _typed(cells: Sequence[Cells]) -> list[list[tuple[str | float, str]]]:
    """What each cell is to be, and its format."""
    return [[xlsx.typed(cell, column) for cell, column in zip(row, COLUMNS, strict=True)] for row in cells]


def bare_book(typed: Sequence[Sequence[tuple[str | float, str]]]) -> bytes:
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet()
        formats = {shown: book.add_format({"num_format": shown}) for shown in {one for row in typed for _, one in row}}
        page.write_row(0, 0, HEADS)
        for number, row in enumerate(typed, 1):
            for index, (value, shown) in enumerate(row):
                if isinstance(value, str):
                    page.write_string(number, index, value, formats[shown])
                else:
                    page.write_number(number, index, value, formats[shown])
    return file.getvalue()


def bare_csv(cells: Sequence[Cells]) -> bytes:
    text = io.StringIO(newline="")
    written = csv.writer(text, lineterminator="\r\n")
    written.writerow(KEYS)
    written.writerows(cells)
    return text.getvalue().encode()
