"""What all records of Hy-Tek have in common: codes, days, teams, and a runner's fields."""

from collections.abc import Sequence
from typing import Final

from app.domain.facts import Status
from app.interchange import text
from app.interchange.values import Athlete, Contest

NO_ESCAPE: Final = {";": ",", '"': "'"}
GENDERS: Final = {"M": "M", "W": "F", "X": "X"}
SEXES: Final = {"M": "M", "F": "W", "W": "W", "X": "X"}
SCRATCHED: Final = "S"
CODES: Final[dict[str, Status]] = {"DNF": "DNF", "DNS": "DNS", "DQ": "DQ", "FS": "DQ", "SCR": "DNS"}
_LAST, _FIRST, _TEAM, _CODE = 20, 20, 30, 4


def event_code(contest: Contest) -> str:
    """`100`, `5000W`; a relay by all that the team runs, `400`, and a medley `1000S` or, with a leg of a kilometre or
    more, `4000D`. There is none for running backwards, which goes by the number of its event."""
    if contest.relay_legs > 1:
        medley = len(set(contest.legs_m)) > 1
        return f"{contest.race_m}{('D' if max(contest.legs_m) >= 1_000 else 'S') if medley else ''}"
    suffix = {"hurdles": "H", "steeplechase": "S", "walk": "W"}.get(contest.discipline, "")
    return f"{contest.race_m}{suffix}"


def american(day: str) -> str:
    """>>> american("2026-08-22"), american("")
    ('08/22/2026', '')
    """
    year, _, rest = day.partition("-")
    return f"{rest.replace('-', '/')}/{year}" if rest else ""


def iso(day: str) -> str | None:
    """The other way round; whatever is no such day stays as it is, so that it can be shown."""
    month, _, rest = day.strip().partition("/")
    number, _, year = rest.partition("/")
    if not (month.isdigit() and number.isdigit() and len(year) == 4 and year.isdigit()):
        return day.strip() or None
    return f"{year}-{month:0>2}-{number:0>2}"


def names_of(one: Athlete) -> list[text.Cell]:
    """Last and first name, initial, gender, birth date: the same five in every record."""
    names = shortened(one.family_name, _LAST), shortened(one.given_name, _FIRST)
    return [*names, "", GENDERS.get(one.sex, ""), american(one.birth_date or "")]


def team_of(code: str, name: str) -> list[text.Cell]:
    return [shortened(code.upper(), _CODE), shortened(name, _TEAM)]


def runner(cells: Sequence[str], first: int) -> Athlete:
    """The five of them, from the cell `first` on."""
    last, given, _, gender, born = (text.unguarded(text.cell(cells, first + n)) for n in range(5))
    sex = SEXES.get(gender.upper(), gender)
    return Athlete(bib="", family_name=last, given_name=given, sex=sex, birth_date=iso(born))


def shortened(given: str, longest: int) -> str:
    """With room for an apostrophe in front."""
    return text.guarded(text.clean(given, NO_ESCAPE, longest - 1)) if given else ""


def number(bib: str) -> str:
    return text.clean(bib, NO_ESCAPE)
