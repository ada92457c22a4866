"""Relay teams in Hy-Tek's files: records Q (and R, the older one) of entries, and R of results.

A team is its code and a letter, and has no number. Ours is its bib: it stands where the guide keeps a field to spare,
and behind the last runner of a result. What follows the twentieth field of a result is this project's choice.
Source: the vendor's guides to Track & Field Meet Manager 5 and 6.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from string import ascii_uppercase
from typing import Final

from app.interchange import text
from app.interchange.hytek_cells import GENDERS, SCRATCHED, SEXES, event_code, names_of, number, runner, team_of
from app.interchange.values import Athlete, Contest, Entry, Line

RUNNERS: Final = 8
"""At most in one record."""
SPARE: Final = 13
"""Of an entry (0 is the kind of record)."""
_FIRST: Final = {"Q": 15, "R": 10}
_WIDTH: Final = {"Q": 8, "R": 7}
"""Where the runners of an entry begin, and how many fields each has."""
_RESULT_FIRST: Final = 23


def letters(teams: Sequence[Athlete]) -> Iterator[str]:
    """A, B, C … among teams of one code, in their order; none behind Z."""
    seen: Counter[text.Cell] = Counter()
    for one in teams:
        code = _code(one)[0]
        yield ascii_uppercase[seen[code]] if seen[code] < len(ascii_uppercase) else ""
        seen[code] += 1


def entry(contest: Contest, entered: Entry, letter: str) -> list[text.Cell]:
    who = [*_code(entered.athlete), letter, GENDERS.get(contest.sex, ""), ""]
    status = SCRATCHED if entered.withdrawn else ""
    what = [event_code(contest), entered.seed_mark or "", "M", "", "", status, "", number(entered.athlete.bib), ""]
    return ["Q", *who, *what, *_runners(entered.legs)]


def tail(line: Line, letter: str) -> list[text.Cell]:
    """What follows the twentieth field of a result."""
    return [*_code(line.athlete), letter, *_runners(line.legs), number(line.athlete.bib)]


def read_entry(kind: str, cells: Sequence[str]) -> tuple[Athlete, str, tuple[Athlete, ...]]:
    """The team, its letter and its runners. One that has no bib gets its code and letter for it, `HAR-A`; one that has
    needs no letter."""
    bib = text.cell(cells, SPARE) if kind == "Q" else ""
    team = _team(cells, 1, bib, text.cell(cells, 4))
    letter = "" if bib else text.cell(cells, 3).upper()
    return team, letter, tuple(_read_runners(cells, _FIRST[kind], _WIDTH[kind]))


def read_tail(cells: Sequence[str], gender: str) -> tuple[Athlete, tuple[Athlete, ...]]:
    legs = tuple(_read_runners(cells[: _RESULT_FIRST + RUNNERS * 8], _RESULT_FIRST, 8))
    return _team(cells, 20, text.cell(cells, _RESULT_FIRST + RUNNERS * 8), gender), legs


def _team(cells: Sequence[str], first: int, bib: str, gender: str) -> Athlete:
    code, name = text.unguarded(text.cell(cells, first)), text.unguarded(text.cell(cells, first + 1))
    made = "-".join(filter(None, (code or name, text.cell(cells, first + 2).upper())))
    return Athlete(bib=bib or made, family_name=name or code, sex=SEXES.get(gender.upper(), gender))


def _code(team: Athlete) -> list[text.Cell]:
    return team_of(team.nation or team.club or team.family_name, team.family_name or team.club or team.nation)


def _runners(legs: Sequence[Athlete]) -> Iterator[text.Cell]:
    """Eight fields each: names, initial, gender, birth date, age, school year, number."""
    for one in legs[:RUNNERS]:
        yield from (*names_of(one), one.age, "", number(one.bib))
    yield from [""] * (8 * (RUNNERS - len(legs[:RUNNERS])))


def _read_runners(cells: Sequence[str], first: int, width: int) -> Iterator[Athlete]:
    for at in range(first, min(len(cells), first + RUNNERS * width), width):
        one = runner(cells, at)
        if any(map(str.strip, cells[at : at + width])):
            # The older record has one field for age and number, before the school year.
            bib = text.cell(cells, at + (7 if width == 8 else 5))
            yield replace(one, bib=bib, age=text.whole(text.cell(cells, at + 5)) if width == 8 else None)
