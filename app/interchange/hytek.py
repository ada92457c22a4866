"""Hy-Tek's files separated by semicolons: results (records H and E) and entries (records D, and I and E of others).

Nothing escapes a semicolon, so names lose theirs; fields have lengths. The fields behind the twentieth of a result, and
those behind the twelfth of an entry, differ between versions: where they stand here is this project's choice.
Source: the vendor's guides to Track & Field Meet Manager 5 and 6.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.facts import Status
from app.domain.refusals import Invalid
from app.interchange import text
from app.interchange.values import Athlete, Competition, Contest, Entry, Line, Race

NO_ESCAPE: Final = {";": ",", '"': "'"}
CREATOR: Final = "Backstraight"
GENDERS: Final = {"M": "M", "W": "F", "X": "X"}
SEXES: Final = {"M": "M", "F": "W", "W": "W", "X": "X"}
SCRATCHED: Final = "S"
_CODES: Final[dict[str, Status]] = {"DNF": "DNF", "DNS": "DNS", "DQ": "DQ", "FS": "DQ", "SCR": "DNS"}
_ROUNDS: Final = {0: "F", 1: "S", 2: "Q"}
"""How many rounds come after one → its letter; all before those are preliminary (P)."""
_LAST, _FIRST, _TEAM, _MEET, _CODE = 20, 20, 30, 45, 4
BIB: Final = 29
"""Of a result (0 is the kind of record)."""
ENTRY_BIB: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A record E of the results: one runner in one round."""

    event: int
    code: str
    gender: str
    round: str
    heat: int | None
    athlete: Athlete
    status: Status | None
    mark: str | None
    wind: str | None = None
    place: int | None = None
    """Over the round."""
    heat_place: int | None = None
    exhibition: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A record D, E or I, with the number of its line."""

    row: int
    athlete: Athlete
    event: str = ""
    seed_mark: str = ""
    status: str = ""


def write_results(competition: Competition, made_on: str = "") -> bytes:
    """`made_on` is an ISO day."""
    first, last = american(competition.starts_on), american(competition.ends_on)
    head = ["H", _text(competition.name, _MEET), first, last, CREATOR, american(made_on), ""]
    rows = [_result(contest, race, line) for contest, race, line in _lines(competition)]
    return text.written([head, *rows], ";", quotes=False)


def read_results(data: bytes) -> list[Result]:
    """Records of other kinds (relays, field events) are left out."""
    rows = text.split(text.decoded(data), ";", quotes=False)
    return [_read_result(number, cells) for number, cells in rows if cells[0] == "E" and text.cell(cells, 1) == "T"]


def write_entries(competition: Competition) -> bytes:
    rows = [_entry(contest, entry) for contest in competition.contests for entry in contest.entries]
    return text.written(rows, ";", quotes=False)


def read_entries(data: bytes) -> list[Entered]:
    """Records D and E, and the athletes of records I that have no other. `Invalid` for what is neither."""
    entered: list[Entered] = []
    informed: dict[tuple[str, str, str | None], Entered] = {}
    for number, cells in text.split(text.decoded(data), ";", quotes=False):
        kind = cells[0].strip().upper()
        if kind in ("D", "E"):
            entered.append(_read_entry(number, kind, cells))
        elif kind == "I":
            found = Entered(row=number, athlete=_athlete(cells, 1))
            informed[_who(found.athlete)] = found
        elif kind not in ("Q", "R", "H", "C", "Z"):
            message = f"line {number} begins with {cells[0][:20]!r}: entries of Hy-Tek begin with D;, E; or I;"
            raise Invalid(f"/rows/{number}", "not_hytek", message)
    for one in entered:
        informed.pop(_who(one.athlete), None)
    return sorted([*entered, *informed.values()], key=lambda one: one.row)


def event_code(contest: Contest) -> str:
    """`100`, `5000W`, and of relays by all that the team runs `400R`; there is none for running backwards, which goes
    by the number of its event."""
    suffix = {"hurdles": "H", "steeplechase": "S", "walk": "W"}.get(contest.discipline, "")
    return f"{contest.race_m}{'R' if contest.relay_legs > 1 else suffix}"


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


def _lines(competition: Competition) -> Iterator[tuple[Contest, Race, Line]]:
    for contest in competition.contests:
        for race in contest.races:
            for line in race.lines:
                yield contest, race, line


def _result(contest: Contest, race: Race, line: Line) -> list[text.Cell]:
    what: list[text.Cell] = [
        "E",
        "T",
        contest.number,
        "",
        event_code(contest),
        GENDERS.get(contest.sex, ""),
        "",
        "",
        "",
    ]
    ran = line.status in ("OK", None)
    wind = race.wind if race.wind not in (None, "NWI") else ""
    how: list[text.Cell] = [
        _ROUNDS.get(len(contest.rounds) - race.round, "P"),
        line.mark if ran else line.status,
        "M",
        wind,
        line.rank,
        line.place,
        race.heat,
        "X" if line.guest else "",
        *("", "", ""),
    ]
    return [*what, *how, *_who_it_is(line.athlete), text.clean(line.athlete.bib, NO_ESCAPE)]


def _entry(contest: Contest, entry: Entry) -> list[text.Cell]:
    bib = text.clean(entry.athlete.bib, NO_ESCAPE)
    what = [event_code(contest), entry.seed_mark or "", "M", "", "", "", bib]
    return ["D", *_who_it_is(entry.athlete), *what, "", SCRATCHED if entry.withdrawn else ""]


def _who_it_is(one: Athlete) -> list[text.Cell]:
    """Last and first name, initial, gender, birth date, code and name of the team, age, school year."""
    names = _text(one.family_name, _LAST), _text(one.given_name, _FIRST)
    team = _text(one.club or one.nation, _TEAM)
    code = _text((one.nation or one.club).upper(), _CODE)
    return [*names, "", GENDERS.get(one.sex, ""), american(one.birth_date or ""), code, team, one.age, ""]


def _read_result(number: int, cells: Sequence[str]) -> Result:
    event, heat = text.whole(text.cell(cells, 2)), text.whole(text.cell(cells, 15))
    if event is None:
        raise Invalid(
            f"/rows/{number}", "not_hytek", f"line {number}: a result has the number of its event behind E;T;"
        )
    said = text.cell(cells, 10)
    code = _CODES.get(said.upper())
    mark = said if code is None and said[:1].isdigit() else None
    return Result(
        event=event,
        code=text.cell(cells, 4),
        gender=SEXES.get(text.cell(cells, 5), ""),
        round=text.cell(cells, 9),
        heat=heat,
        athlete=_athlete(cells, 20, text.cell(cells, BIB)),
        status=code or ("OK" if mark else None),
        mark=mark,
        wind=text.cell(cells, 12) or None,
        place=text.whole(text.cell(cells, 13)),
        heat_place=text.whole(text.cell(cells, 14)),
        exhibition=text.cell(cells, 16) == "X",
    )


def _read_entry(number: int, kind: str, cells: Sequence[str]) -> Entered:
    # The older record has no field for the bib: it may stand in place of the age.
    old = kind == "E"
    bib = text.cell(cells, 8 if old else ENTRY_BIB)
    athlete = _athlete(cells, 1, bib, aged=not old)
    status = "" if old else text.cell(cells, ENTRY_BIB + 2)
    return Entered(
        row=number, athlete=athlete, event=text.cell(cells, 10), seed_mark=text.cell(cells, 11), status=status
    )


def _athlete(cells: Sequence[str], first: int, bib: str = "", *, aged: bool = True) -> Athlete:
    last, given, _, gender, born, _, team, age = (text.unguarded(text.cell(cells, first + n)) for n in range(8))
    return Athlete(
        bib=bib,
        family_name=last,
        given_name=given,
        sex=SEXES.get(gender.upper(), gender),
        birth_date=iso(born),
        age=text.whole(age) if aged else None,
        club=team,
    )


def _who(one: Athlete) -> tuple[str, str, str | None]:
    return one.family_name, one.given_name, one.birth_date


def _text(given: str, longest: int) -> str:
    return text.guarded(text.clean(given, NO_ESCAPE, longest - 1)) if given else ""
