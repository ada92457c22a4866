"""Hy-Tek's files separated by semicolons: results (records H, E and R) and entries (records D and Q, and the older E
and R, and I of others).

Nothing escapes a semicolon, so names lose theirs; fields have lengths. The fields behind the twentieth of a result are
not published: where they stand here is this project's choice.
Source: the vendor's guides to Track & Field Meet Manager 5 and 6.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.domain.facts import Status
from app.domain.refusals import Invalid
from app.interchange import hytek_relays as relays
from app.interchange import text
from app.interchange.hytek_cells import (
    CODES,
    GENDERS,
    SCRATCHED,
    SEXES,
    american,
    event_code,
    names_of,
    number,
    runner,
    shortened,
    team_of,
)
from app.interchange.values import Athlete, Competition, Contest, Entry, Line, Race

CREATOR: Final = "Backstraight"
_ROUNDS: Final = {0: "F", 1: "S", 2: "Q"}
"""How many rounds come after one → its letter; all before those are preliminary (P)."""
_MEET: Final = 45
BIB: Final = 29
"""Of a result (0 is the kind of record)."""
ENTRY_BIB: Final = 14
_STATUS: Final = 16
_BIB_BEFORE: Final = 16
"""Where versions of this program that were not released wrote it, as others do who count the fields otherwise."""
_STATUSES: Final = ("", "D", "S", "A")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A record E or R of the results: one runner, or one team with its runners, in one round."""

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
    legs: tuple[Athlete, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A record D, E or I, or Q or R of a relay team, with the number of its line."""

    row: int
    athlete: Athlete
    event: str = ""
    seed_mark: str = ""
    status: str = ""
    relay: bool = False
    letter: str = ""
    """Of a team that is known by nothing else."""
    legs: tuple[Athlete, ...] = ()


def write_results(competition: Competition, made_on: str = "") -> bytes:
    """`made_on` is an ISO day."""
    first, last = american(competition.starts_on), american(competition.ends_on)
    head = ["H", shortened(competition.name, _MEET), first, last, CREATOR, american(made_on), ""]
    return text.written([head, *_results(competition)], ";", quotes=False)


def read_results(data: bytes) -> list[Result]:
    """Records of other kinds (field events) are left out."""
    rows = text.split(text.decoded(data), ";", quotes=False)
    return [_read_result(row, cells) for row, cells in rows if cells[0] in ("E", "R") and text.cell(cells, 1) == "T"]


def write_entries(competition: Competition) -> bytes:
    return text.written(_entries(competition), ";", quotes=False)


def read_entries(data: bytes) -> list[Entered]:
    """Records D, E, Q and R, and the athletes of records I that have no other. `Invalid` for what is neither."""
    entered: list[Entered] = []
    informed: dict[tuple[str, str, str | None], Entered] = {}
    for row, cells in text.split(text.decoded(data), ";", quotes=False):
        kind = cells[0].strip().upper()
        if kind in ("D", "E"):
            entered.append(_read_entry(row, kind, cells))
        elif kind in ("Q", "R"):
            entered.append(_read_team(row, kind, cells))
        elif kind == "I":
            found = Entered(row=row, athlete=_athlete(cells, 1, text.cell(cells, 22)))
            informed[_who(found.athlete)] = found
        elif kind not in ("H", "C", "Z"):
            message = f"line {row} begins with {cells[0][:20]!r}: entries of Hy-Tek begin with D;, E;, I;, Q; or R;"
            raise Invalid(f"/rows/{row}", "not_hytek", message)
    entered = [one if one.athlete.bib else _numbered(one, informed) for one in entered]
    for one in entered:
        informed.pop(_who(one.athlete), None)
    return sorted([*entered, *informed.values()], key=lambda one: one.row)


def _results(competition: Competition) -> Iterator[list[text.Cell]]:
    for contest in competition.contests:
        for race in contest.races:
            teams = relays.letters([line.athlete for line in race.lines])
            for line, letter in zip(race.lines, teams, strict=True):
                yield _result(contest, race, line, letter)


def _result(contest: Contest, race: Race, line: Line, letter: str) -> list[text.Cell]:
    relay = contest.relay_legs > 1
    kind = "R" if relay else "E"
    gender = GENDERS.get(contest.sex, "")
    what: list[text.Cell] = [kind, "T", contest.number, "", event_code(contest), gender, "", "", ""]
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
    whose = relays.tail(line, letter) if relay else [*_who_it_is(line.athlete), number(line.athlete.bib)]
    return [*what, *how, *whose]


def _entries(competition: Competition) -> Iterator[list[text.Cell]]:
    for contest in competition.contests:
        teams = relays.letters([entry.athlete for entry in contest.entries])
        for entry, letter in zip(contest.entries, teams, strict=True):
            yield relays.entry(contest, entry, letter) if contest.relay_legs > 1 else _entry(contest, entry)


def _entry(contest: Contest, entry: Entry) -> list[text.Cell]:
    what = [event_code(contest), entry.seed_mark or "", "M", "", number(entry.athlete.bib), ""]
    return ["D", *_who_it_is(entry.athlete), *what, SCRATCHED if entry.withdrawn else ""]


def _who_it_is(one: Athlete) -> list[text.Cell]:
    """Names, gender and birth date, code and name of the team, age, school year."""
    return [*names_of(one), *team_of(one.nation or one.club, one.club or one.nation), one.age, ""]


def _read_result(row: int, cells: Sequence[str]) -> Result:
    event, heat = text.whole(text.cell(cells, 2)), text.whole(text.cell(cells, 15))
    if event is None:
        raise Invalid(f"/rows/{row}", "not_hytek", f"line {row}: a result has the number of its event behind E;T;")
    said = text.cell(cells, 10)
    code = CODES.get(said.upper())
    mark = said if code is None and said[:1].isdigit() else None
    gender = text.cell(cells, 5)
    single = _athlete(cells, 20, text.cell(cells, BIB)), ()
    athlete, legs = relays.read_tail(cells, gender) if cells[0] == "R" else single
    return Result(
        event=event,
        code=text.cell(cells, 4),
        gender=SEXES.get(gender, ""),
        round=text.cell(cells, 9),
        heat=heat,
        athlete=athlete,
        status=code or ("OK" if mark else None),
        mark=mark,
        wind=text.cell(cells, 12) or None,
        place=text.whole(text.cell(cells, 13)),
        heat_place=text.whole(text.cell(cells, 14)),
        exhibition=text.cell(cells, 16) == "X",
        legs=legs,
    )


def _read_entry(row: int, kind: str, cells: Sequence[str]) -> Entered:
    # The older record has no field for the bib: it may stand in place of the age.
    old = kind == "E"
    status = "" if old else text.cell(cells, _STATUS)
    bib = text.cell(cells, 8 if old else ENTRY_BIB)
    if status.upper() not in _STATUSES:
        bib, status = bib or text.cell(cells, _BIB_BEFORE), text.cell(cells, _STATUS + 2)
    athlete = _athlete(cells, 1, bib, aged=not old)
    return Entered(row=row, athlete=athlete, event=text.cell(cells, 10), seed_mark=text.cell(cells, 11), status=status)


def _read_team(row: int, kind: str, cells: Sequence[str]) -> Entered:
    team, letter, legs = relays.read_entry(kind, cells)
    return Entered(
        row=row,
        athlete=team,
        event=text.cell(cells, 6),
        seed_mark=text.cell(cells, 7),
        status=text.cell(cells, 11) if kind == "Q" else "",
        relay=True,
        letter=letter,
        legs=legs,
    )


def _numbered(one: Entered, informed: dict[tuple[str, str, str | None], Entered]) -> Entered:
    """With the number of the athlete's own record, where the entry has none."""
    known = informed.get(_who(one.athlete))
    return replace(one, athlete=replace(one.athlete, bib=known.athlete.bib)) if known else one


def _athlete(cells: Sequence[str], first: int, bib: str = "", *, aged: bool = True) -> Athlete:
    team, age = text.unguarded(text.cell(cells, first + 6)), text.whole(text.cell(cells, first + 7))
    return replace(runner(cells, first), bib=bib, club=team, age=age if aged else None)


def _who(one: Athlete) -> tuple[str, str, str | None]:
    return one.family_name, one.given_name, one.birth_date
