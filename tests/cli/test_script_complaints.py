"""Complaints about results are answered by race scripts; the page of the guide and the scripts name the same ones."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = (ROOT / "docs/guide/complaints.md").read_text(encoding="utf-8")
RACES = {race.stem: race.read_text(encoding="utf-8") for race in (ROOT / "tests" / "races").glob("*.race")}
THREAD = re.compile(r"[A-Za-z][\w/-]*(?: PR)?#\d+(?:, \d+)*")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if "../tests/races/" in line
]


def threads(text: str) -> set[str]:
    """`quickevent#60, 88` are two."""
    found = set()
    for named in THREAD.findall(text):
        program, numbers = named.split("#")
        found |= {f"{program}#{number}" for number in numbers.split(", ")}
    return found


def said(race: str) -> set[str]:
    return threads(" ".join(line[1:].strip() for line in RACES[race].splitlines() if line.startswith("#")))


def test_every_complaint_has_a_script_that_names_it() -> None:
    for thread, _, scripts in ROWS:
        for race in re.findall(r"\[([\w-]+)\]", scripts):
            assert said(race) & threads(thread), f"{race} does not name {thread}"


def test_every_thread_that_a_script_names_is_on_the_page_beside_it() -> None:
    listed = {
        (thread, race) for row in ROWS for thread in threads(row[0]) for race in re.findall(r"\[([\w-]+)\]", row[2])
    }
    assert {(thread, race) for race in RACES for thread in said(race)} - listed == set()
