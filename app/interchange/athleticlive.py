"""AthleticLIVE's generic files for mass starts: events, roster and results, which it fetches again every five seconds.

UTF-8, commas, lines that end with LF, days as MM/DD/YYYY; the place may be DNS, DNF or DQ. A header names the columns.
Source: support.athletic.net, Generic XC CSV Format Specification.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.facts import Status
from app.interchange import text
from app.interchange.hytek_cells import GENDERS, SEXES, american
from app.interchange.values import Athlete, Competition, Contest, Line

EVENTS: Final = ("division_id", "event_name", "event_length", "event_length_unit", "event_date", "event_time")
ROSTER: Final = ("division_id", "bib", "first_name", "last_name", "gender", "age", "team_name")
RESULTS: Final = ("division_id", "place", "bib", "time")
CODES: Final[dict[str, Status]] = {"DNF": "DNF", "DNS": "DNS", "DQ": "DQ"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    division: int
    bib: str
    status: Status | None
    place: int | None
    time: str | None


def write_events(competition: Competition) -> bytes:
    return _written(EVENTS, (_event(competition, contest) for contest in competition.contests))


def write_roster(competition: Competition) -> bytes:
    rows = ((contest, entry.athlete) for contest in competition.contests for entry in contest.entries)
    return _written(ROSTER, (_entrant(contest, one) for contest, one in rows))


def write_results(competition: Competition) -> bytes:
    """Runners with a place or a code; the others are still out there."""
    rows = ((contest, line) for contest in competition.contests for line in contest.standings)
    return _written(RESULTS, (_result(contest, line) for contest, line in rows if line.status is not None))


def read_roster(data: bytes) -> list[tuple[int, Athlete]]:
    """Each with the number of the division."""
    return [(text.whole(one.get("division_id", "")) or 0, _athlete(one)) for one in text.records(data)]


def read_results(data: bytes) -> list[Result]:
    return [
        Result(
            division=text.whole(one.get("division_id", "")) or 0,
            bib=one.get("bib", ""),
            status=CODES.get(one.get("place", ""), "OK" if "time" in one else None),
            place=text.whole(one.get("place", "")),
            time=one.get("time"),
        )
        for one in text.records(data)
    ]


def _written(titles: Sequence[str], rows: Iterator[Sequence[text.Cell]]) -> bytes:
    return text.written([titles, *rows], newline="\n")


def _event(competition: Competition, contest: Contest) -> list[text.Cell]:
    first = next(
        ((race.started_on, race.started) for race in contest.races if race.started), (competition.starts_on, "")
    )
    kilometres, metres = divmod(contest.distance_m, 1_000)
    length: tuple[int, str] = (contest.distance_m, "m") if metres else (kilometres, "km")
    return [contest.number, _text(contest.name), *length, american(first[0]), first[1][:8]]


def _entrant(contest: Contest, one: Athlete) -> list[text.Cell]:
    names = _text(one.given_name), _text(one.family_name)
    return [contest.number, _text(one.bib), *names, GENDERS.get(one.sex, ""), one.age, _text(one.team or one.club)]


def _result(contest: Contest, line: Line) -> list[text.Cell]:
    ran = line.status == "OK"
    return [contest.number, line.place if ran else line.status, _text(line.athlete.bib), line.mark if ran else ""]


def _athlete(one: dict[str, str]) -> Athlete:
    return Athlete(
        bib=one.get("bib", ""),
        given_name=one.get("first_name", ""),
        family_name=one.get("last_name", ""),
        sex=SEXES.get(one.get("gender", ""), ""),
        age=text.whole(one.get("age", "")),
        team=one.get("team_name", ""),
    )


def _text(given: str) -> str:
    return text.guarded(text.clean(given))
