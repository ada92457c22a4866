"""Columns by their machine names, with titles in a language, and rows made of items."""

from collections.abc import Iterable, Sequence
from typing import Final

from app.sheets.sheet import Align, Cell, Column, Kind, Row, RowKind, Table
from app.sheets.words import Words
from app.views.audience import Item

_INTEGERS: Final = frozenset(
    {
        "place",
        "rank",
        "lane",
        "position",
        "heat",
        "place_sex",
        "place_category",
        "leg",
        "heats",
        "runners",
        "gold",
        "silver",
        "bronze",
    }
    | {"total", "score"}
)
_DURATIONS: Final = frozenset({"mark", "gun", "net", "pb", "sb", "seed_mark", "last_lap", "second_half"})
_DECIMALS: Final = frozenset({"reaction", "wind", "points"})
_WIDE: Final = frozenset({"name", "club", "team", "event", "reason", "scorers", "country", "holder", "subject"})
UNTITLED: Final = frozenset({"thousandths", "qualification", "records", "codes", "country", "remark", "negative_split"})
"""They belong to the column on their left."""
UNSHOWN: Final = frozenset({"status", "rule", "flags", "role", "state"})
"""On paper they stand where the mark would, or are said in other words."""


def column(words: Words, key: str, *, title: str | None = None, shown: bool = True) -> Column:
    if title is None:
        title = "" if key in UNTITLED else words.find(f"column.{key}") or ""
    kind = _kind(key)
    return Column(key, title, _align(key, kind), kind, key in _WIDE, shown and key not in UNSHOWN)


def _kind(key: str) -> Kind:
    if key in _INTEGERS:
        return "integer"
    if key in _DECIMALS:
        return "decimal"
    return "duration" if key in _DURATIONS or key.startswith("split ") else "text"


def _align(key: str, kind: Kind) -> Align:
    return "right" if kind != "text" or key in ("bib", "gap", "pace") else "left"


def columns(words: Words, keys: Iterable[str], unshown: Iterable[str] = ()) -> tuple[Column, ...]:
    """`unshown` are for programs alone on this sheet."""
    hidden = frozenset(unshown)
    return tuple(column(words, key, shown=key not in hidden) for key in keys)


def row(item: Item, columns: Sequence[Column]) -> Row:
    """The cells of a line in the order of the columns; out is who has a status and no place."""
    out = item.get("status") not in (None, "OK")
    cells = tuple(item[column.key] for column in columns)
    return Row(cells, "out" if out else "plain", frozenset(item.get("shared") or ()))


def rows(items: Iterable[Item], columns: Sequence[Column]) -> tuple[Row, ...]:
    return tuple(row(item, columns) for item in items)


def line(columns: Sequence[Column], kind: RowKind, **cells: Cell) -> Row:
    """A row that says only a few cells: an empty lane, a note."""
    return Row(tuple(cells.get(column.key) for column in columns), kind)


def or_empty(tables: Iterable[Table], made: tuple[Column, ...]) -> list[Table]:
    """The tables, or one without rows: programs find the columns even where there is nothing yet."""
    return list(tables) or [Table(made, ())]


def table(words: Words, keys: Sequence[str], items: Iterable[Item], title: str = "", key: str = "rows") -> Table:
    made = columns(words, keys)
    return Table(made, rows(items, made), title, key)
