"""A CSV file as people really send it: any of three encodings and delimiters, columns in any order and spelling."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Final

from app.domain.refusals import Invalid

DELIMITERS: Final = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` by name with their index; `rows` with their number as a spreadsheet shows it (the header is row 1)."""

    columns: dict[str, int]
    ignored: tuple[str, ...]
    rows: Iterator[tuple[int, list[str]]]
    width: int
    """Cells in the header."""

    def check(self, cells: list[str]) -> None:
        """Refuses a row whose cells go on after the last column: they have probably shifted."""
        if len(cells) > self.width and any(map(str.strip, cells[self.width :])):
            message = f"the row has {len(cells)} cells, the header {self.width}: put text with a delimiter into quotes"
            raise Invalid("", "too_many_cells", message)


def read_table(data: bytes, known: Sequence[str]) -> Table:
    """Only `known` columns are kept. Refuses what is no table: unreadable bytes, no header, a column given twice."""
    text = decoded(data)
    header = text.split("\n", 1)[0].strip("\r")
    if not header.strip():
        raise Invalid("", "no_header", "the first row is empty: it names the columns, such as bib,family_name,sex")
    rows = _records(text, _delimiter(header, known))
    titles = next(rows)[1]
    columns, ignored = _columns(titles, known)
    return Table(columns, ignored, rows, len(titles))


def decoded(data: bytes) -> str:
    """UTF-8 with or without its mark, else Windows-1252, which spreadsheets still write."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise Invalid("", "unknown_encoding", "the file is neither UTF-8 nor Windows-1252 text: save it as CSV UTF-8")


def normal(name: str) -> str:
    """`Family Name` → `family_name`."""
    return "_".join(name.replace("-", " ").replace("_", " ").casefold().split())


def _delimiter(header: str, known: Sequence[str]) -> str:
    """The one that finds most of the columns."""

    def found(delimiter: str) -> int:
        return sum(normal(name.strip('"')) in known for name in header.split(delimiter))

    return max(DELIMITERS, key=found)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    try:
        for number, cells in enumerate(csv.reader(StringIO(text), delimiter=delimiter, strict=True), 1):
            if any(map(str.strip, cells)):
                yield number, cells
    except csv.Error as problem:
        message = f"the file is no CSV: {problem}. Look for a quotation mark that is not closed"
        raise Invalid("", "not_csv", message) from problem


def _columns(header: list[str], known: Sequence[str]) -> tuple[dict[str, int], tuple[str, ...]]:
    columns: dict[str, int] = {}
    ignored = []
    for index, title in enumerate(header):
        name = normal(title)
        if name not in known:
            ignored.append(title.strip())
        elif name in columns:
            raise Invalid(f"/{name}", "column_twice", f"the column {name} is there twice: delete one of them")
        else:
            columns[name] = index
    return columns, tuple(filter(None, ignored))
