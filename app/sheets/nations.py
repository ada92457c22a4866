"""Nations by the code that World Athletics and the IOC write, named in the languages of sheets."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def nations() -> Mapping[str, Mapping[str, str]]:
    """By code: `iso2`, `iso3` (empty where ISO has none), and a name for each language."""
    text = files(__package__).joinpath("data", "nations.csv").read_text("utf-8")
    return {row["code"]: row for row in csv.DictReader(text.splitlines())}


def nation_name(code: str | None, language: str) -> str | None:
    """`Schweiz` for `SUI`; None for a code that is in no table."""
    found = nations().get(code or "")
    return None if found is None else found[language]
