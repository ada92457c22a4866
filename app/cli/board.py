"""A live table for a terminal, in plain text. Pure: rows in, lines out, none wider than the screen."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

BAR: Final = "▏▎▍▌▋▊▉█"


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    width: int
    right: bool = False


PLACE: Final = Column("pl", 4, right=True)
BIB: Final = Column("bib", 5, right=True)
NAME: Final = Column("name", 24)
CATEGORY: Final = Column("cat", 5)


def cells(text: str) -> int:
    """How many columns of a terminal the text takes: wide letters two, combining marks none."""
    return sum(_cells(letter) for letter in text)


def _cells(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Exactly `width` columns: padded, or cut with an ellipsis. Control characters are dropped."""
    clean = "".join(letter for letter in text if unicodedata.category(letter) != "Cc")
    if cells(clean) > width:
        clean = _cut(clean, width - 1) + "…"
    padding = " " * (width - cells(clean))
    return padding + clean if right else clean + padding


def _cut(text: str, width: int) -> str:
    taken = 0
    for n, letter in enumerate(text):
        taken += _cells(letter)
        if taken > width:
            return text[:n]
    return text


def line(columns: Sequence[Column], values: Iterable[str], width: int) -> str:
    whole = "  ".join(
        fit(value, column.width, right=column.right) for column, value in zip(columns, values, strict=True)
    )
    return fit(whole, width).rstrip()


def progress(done: int, of: int, width: int) -> str:
    """A bar in eighths of a column."""
    eighths = done * width * 8 // of if of else 0
    full, rest = divmod(min(eighths, width * 8), 8)
    return fit("█" * full + (BAR[rest - 1] if rest else ""), width)


def standings(items: Iterable[Mapping[str, Any]], points: Sequence[str], width: int) -> list[str]:
    """A heading and one line a runner: place, bib, name, category, the mark at each point and at the finish."""
    columns = [
        PLACE,
        BIB,
        NAME,
        CATEGORY,
        *(Column(point, 8, right=True) for point in points),
        Column("net", 8, right=True),
    ]
    lines = [line(columns, [column.title for column in columns], width)]
    return lines + [line(columns, _row(item, points), width) for item in items]


def _row(item: Mapping[str, Any], points: Sequence[str]) -> list[str]:
    splits = {split["point"]: split["mark"] for split in item["splits"]}
    place = str(item["place"]) if item["place"] is not None else "–"
    final = item["mark"] or ("" if item["status"] in (None, "OK") else item["status"])
    marks = [splits.get(point) or "·" for point in points]
    return [place, item["bib"], item["name"] or "", item["category"] or "", *marks, final]


def clock(us: int) -> str:
    """Race time for the eye: h:mm:ss.

    >>> clock(4_323_900_000)
    '1:12:03'
    """
    sign, seconds = ("-" if us < 0 else ""), abs(us) // 1_000_000
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
