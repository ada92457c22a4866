"""One sheet of the small meets, and what stands in a column of it."""

from dataclasses import replace
from typing import Any

from app.sheets.sheet import Sheet, Table
from tests.sheets.golden import sheets
from tests.sheets.meets import Small
from tests.timing.builders import Script, track


def sheet(meet: str, noun: str, id: str, name: str, language: str = "en") -> Sheet:
    (made,) = sheets(meet, noun, id, name, language)
    return made


def column(table: Table, key: str) -> list[object]:
    index = [one.key for one in table.columns].index(key)
    return [row.cells[index] for row in table.rows]


HEAT = sheet("track", "heat", "m100/round-1/1", "results")


def tied(**rules: Any) -> Sheet:
    """Four runners, of whom the second and the third share a place."""
    small = Small(Script())
    small.script.event("e", replace(track(100), rules=rules))
    for bib in "1234":
        small.runner("e", bib, f"Runner{bib}")
    small.script.heats(("1", "2", "3", "4"))
    small.script.finishes("e/final/1", ("1", 10.0), ("2", 10.1), ("3", 10.1), ("4", 10.2), wind_mm_per_s=300)
    (made,) = small.sheets("heat", "e/final/1", "results")
    return made
