"""A competition as one JSON document in the manner of OpenTrack: competitors, and events with their units and results.

Names of members are written with underscores; on the way in `firstName` is `first_name`.
Source: docs.opentrack.run. It grows with every season: what is not described there is left out.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import msgspec

from app.domain.facts import Status
from app.domain.refusals import Invalid
from app.interchange import text
from app.interchange.values import Athlete, Competition, Contest, Entry, Line, Race

Doc = dict[str, Any]

GENDERS: Final = {"M": "M", "W": "F", "X": "X"}
SEXES: Final = {"M": "M", "F": "W", "W": "W", "X": "X"}
_STATUSES: Final[Mapping[str, Status]] = {"DNF": "DNF", "DNS": "DNS", "DQ": "DQ"}
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def write(competition: Competition) -> bytes:
    entrants: dict[str, tuple[Athlete, list[Doc]]] = {}
    for contest in competition.contests:
        for entry in contest.entries:
            _, entered = entrants.setdefault(entry.athlete.bib, (entry.athlete, []))
            entered.append(_entered(contest, entry))
    document = {
        "english_name": text.clean(competition.name),
        "date": competition.starts_on,
        "finish_date": competition.ends_on,
        "venue": text.clean(competition.venue),
        "city": text.clean(competition.city),
        "country": text.clean(competition.country),
        "competitors": [_competitor(athlete, entered) for athlete, entered in entrants.values()],
        "events": [_event(contest) for contest in competition.contests],
    }
    return msgspec.json.encode(document)


def read(data: bytes) -> Competition:
    """`Invalid` for what is no such document. Members that are not known here are left out."""
    document = _document(data)
    competitors = {str(one.get("bib", "")): one for one in _objects(document, "competitors")}
    athletes = {bib: _athlete(one) for bib, one in competitors.items()}
    contests = [_contest(number, one) for number, one in enumerate(_objects(document, "events"), 1)]
    entries: dict[str, list[Entry]] = {}
    for bib, one in competitors.items():
        for entered in _objects(one, "events_entered"):
            mark = _word(entered, "seed_performance")
            entry = Entry(athlete=athletes[bib], seed_mark=mark or None, withdrawn=entered.get("status") == "withdrawn")
            entries.setdefault(_word(entered, "event_id"), []).append(entry)
    return Competition(
        name=_word(document, "english_name") or _word(document, "name"),
        starts_on=_word(document, "date"),
        ends_on=_word(document, "finish_date") or _word(document, "date"),
        venue=_word(document, "venue"),
        city=_word(document, "city"),
        country=_word(document, "country"),
        contests=tuple(_with_entries(contest, entries, athletes) for contest in contests),
    )


def competitors(data: bytes) -> list[tuple[int, Athlete, Mapping[str, str]]]:
    """Each with its number in the list from 1, and the performances that it brings by id and code of its events.

    `Invalid` for a document that lists none.
    """
    if not _objects(_document(data), "competitors"):
        raise Invalid("/competitors", "no_competitors", "the document has no competitors: they are a list of that name")
    out: list[tuple[int, Athlete, Mapping[str, str]]] = []
    for number, one in enumerate(_objects(_document(data), "competitors"), 1):
        marks: dict[str, str] = {}
        for entered in _objects(one, "events_entered"):
            for key in ("event_id", "event_code"):
                marks[_word(entered, key)] = _word(entered, "seed_performance")
        out.append((number, _athlete(one), marks))
    return out


def _event(contest: Contest) -> Doc:
    return {
        "event_id": str(contest.number),
        "event_code": text.clean(contest.code),
        "name": text.clean(contest.name),
        "genders": GENDERS.get(contest.sex, ""),
        "distance": contest.distance_m,
        "rounds": ",".join(str(len(heats)) for heats in _by_round(contest)),
        "units": [_unit(race) for race in contest.races],
    }


def _by_round(contest: Contest) -> Iterator[list[Race]]:
    for round in dict.fromkeys(race.round for race in contest.races):
        yield [race for race in contest.races if race.round == round]


def _unit(race: Race) -> Doc:
    over = any(line.status for line in race.lines)
    return {
        "round": race.round,
        "round_name": text.clean(race.round_name),
        "heat": race.heat,
        "status": "finished" if over else "scheduled",
        "results_status": "provisional" if over else "none",
        "wind_speed": race.wind,
        "start_time": race.started,
        "start_date": race.started_on,
        "results": [_result(line) for line in race.lines],
    }


def _result(line: Line) -> Doc:
    ran = line.status in ("OK", None)
    return {
        "bib": text.clean(line.athlete.bib),
        "lane": line.lane,
        "place": line.place,
        "rank": line.rank,
        "performance": line.mark if ran else line.status,
        "qualified": line.qualification,
        "guest": line.guest,
    }


def _competitor(one: Athlete, entered: list[Doc]) -> Doc:
    return {
        "bib": text.clean(one.bib),
        "first_name": text.clean(one.given_name),
        "last_name": text.clean(one.family_name),
        "gender": GENDERS.get(one.sex, ""),
        "date_of_birth": one.birth_date,
        "age": one.age,
        "nationality": text.clean(one.nation),
        "club": text.clean(one.club),
        "team": text.clean(one.team),
        "category": text.clean(one.category),
        "events_entered": entered,
    }


def _entered(contest: Contest, entry: Entry) -> Doc:
    return {
        "event_id": str(contest.number),
        "event_code": text.clean(contest.code),
        "seed_performance": entry.seed_mark,
        "status": "withdrawn" if entry.withdrawn else "entered",
    }


def _document(data: bytes) -> Doc:
    try:
        document = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, RecursionError) as problem:
        raise Invalid("", "not_json", f"the file cannot be read as JSON: {problem}") from problem
    if not isinstance(document, dict):
        raise Invalid("", "not_opentrack", "the file has to be one JSON object with competitors and events")
    return _snake(document)


def _snake(value: Doc) -> Doc:
    return {_HUMP.sub("_", name).lower(): part for name, part in value.items()}


def _objects(of: Doc, name: str) -> list[Doc]:
    found = of.get(name) or []
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Invalid(f"/{name}", "not_opentrack", f"{name} has to be a list of JSON objects")
    return [_snake(one) for one in found]


def _word(of: Doc, name: str) -> str:
    value = of.get(name)
    return str(value).strip() if isinstance(value, str | int | float) else ""


def _athlete(one: Doc) -> Athlete:
    gender = _word(one, "gender")
    return Athlete(
        bib=_word(one, "bib") or _word(one, "sort_bib") or _word(one, "bib_number"),
        family_name=_word(one, "last_name"),
        given_name=_word(one, "first_name"),
        sex=SEXES.get(gender.upper(), gender),
        birth_date=_word(one, "date_of_birth") or None,
        age=text.whole(_word(one, "age")),
        nation=_word(one, "nationality"),
        club=_word(one, "club") or _word(one, "team_name") or _word(one, "team_id"),
        team=_word(one, "team"),
        category=_word(one, "category"),
    )


def _contest(number: int, one: Doc) -> Contest:
    races = tuple(_race(unit) for unit in _objects(one, "units"))
    rounds = dict.fromkeys(race.round_name for race in races)
    return Contest(
        number=text.whole(_word(one, "event_id")) or number,
        name=_word(one, "name"),
        code=_word(one, "event_code"),
        sex=SEXES.get(_word(one, "genders"), ""),
        distance_m=text.whole(_word(one, "distance")) or 0,
        rounds=tuple(rounds),
        races=races,
    )


def _race(unit: Doc) -> Race:
    return Race(
        round=text.whole(_word(unit, "round")) or 1,
        round_name=_word(unit, "round_name"),
        heat=text.whole(_word(unit, "heat")) or 1,
        wind=_word(unit, "wind_speed") or None,
        started=_word(unit, "start_time"),
        started_on=_word(unit, "start_date"),
        lines=tuple(_line(one) for one in _objects(unit, "results")),
    )


def _line(one: Doc) -> Line:
    said = _word(one, "performance")
    status = _STATUSES.get(said.upper())
    return Line(
        athlete=Athlete(bib=_word(one, "bib")),
        status=status or ("OK" if said else None),
        place=text.whole(_word(one, "place")),
        rank=text.whole(_word(one, "rank")),
        mark=said if said and status is None else None,
        lane=text.whole(_word(one, "lane")),
        qualification=_word(one, "qualified"),
        guest=one.get("guest") is True,
    )


def _with_entries(contest: Contest, entries: Mapping[str, list[Entry]], athletes: Mapping[str, Athlete]) -> Contest:
    """Results name their runners by bib alone."""
    races = tuple(_named(race, athletes) for race in contest.races)
    return replace(contest, entries=tuple(entries.get(str(contest.number), ())), races=races)


def _named(race: Race, athletes: Mapping[str, Athlete]) -> Race:
    lines = (replace(line, athlete=athletes.get(line.athlete.bib, line.athlete)) for line in race.lines)
    return replace(race, lines=tuple(lines))
