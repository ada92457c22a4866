"""Intermediate times and the lap chart (R53), in blocks that fit the width of a page."""

from collections.abc import Iterator, Sequence
from typing import Final

from app.sheets.documents.columns import column, columns
from app.sheets.sheet import Column, Row, Table
from app.sheets.words import Words
from app.views.audience import Item

POINTS_A_BLOCK: Final = 5


def lap_tables(words: Words, chart: Item, runners: Sequence[Item]) -> list[Table]:
    """Times of the first at each point, then each runner at each point; nothing where nobody has passed any."""
    return [*_intermediate(words, chart), *_blocks(words, chart, runners)]


def _intermediate(words: Words, chart: Item) -> Iterator[Table]:
    made = columns(words, ("point", "bib", "name", "mark"))
    rows = tuple(Row((one["point"], one["bib"], one["name"], one["mark"])) for one in chart["leaders"])
    if rows:
        yield Table(made, rows, words("title.laps"), "intermediate_times")


def _blocks(words: Words, chart: Item, runners: Sequence[Item]) -> Iterator[Table]:
    names = [one["point"] for one in chart["leaders"]]
    blocks = [names[at : at + POINTS_A_BLOCK] for at in range(0, len(names), POINTS_A_BLOCK)]
    for number, points in enumerate(blocks, 1):
        last = number == len(blocks)
        more = (column(words, "last_lap"),) if last else ()
        made = (column(words, "bib"), *(Column(f"at {point}", point, "right") for point in points), *more)
        rows = (
            Row((one["bib"], *(_cell(one, point) for point in points), *((one["last_lap"],) if last else ())))
            for one in runners
        )
        key = "lap_chart" if number == 1 else f"lap_chart_{number}"
        yield Table(made, tuple(rows), words("word.lap_chart"), key)


def _cell(runner: Item, point: str) -> str | None:
    """`1:49.71/72.81/4`: time, lap, place."""
    found = next((one for one in runner["crossings"] if one["point"] == point), None)
    if found is None:
        return None
    return "/".join(str(found[part]) for part in ("mark", "lap", "place") if found[part] is not None)
