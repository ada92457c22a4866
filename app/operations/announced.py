"""What is announced of an event: its results as canonical JSON without names, the same text for the same results."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any, Final

from app.domain.ids import AthleteId, EventId
from app.domain.meet import Person
from app.domain.state import MeetState
from app.rules.broken_records import Best
from app.rules.records import contest_code, mark_of
from app.rules.rulesets import under
from app.timing.heats import HeatResult
from app.timing.projection import Projection
from app.timing.standing import Standing
from app.views.audience import flags_for
from app.views.marks import Marks, codes_of
from app.views.results import no_wind

_FIELDS: Final[Mapping[str, str]] = {
    "registration": "registration_id",
    "athlete": "athlete_id",
    "heat": "heat_id",
    "number": "heat",
}
"""What is called otherwise in print than in a line of the results."""

UNSAID: Final = frozenset({"seq", "method", "start_us", "gap_us"})
"""Of a line what is not announced: its position in the log moves with every fact, results do not."""

_OF_STANDINGS: Final = UNSAID | {"round", "rule"}
"""The results of its rounds say these; a line of standings has not said them from the first."""

Row = Mapping[str, Any]


def content_of(projection: Projection, id: EventId, people: Mapping[AthleteId, Person]) -> str:
    """Canonical JSON: standings, and the results of each round where there are several or lanes; runners by bib and id.

    Everybody may read it: flags that are for officials alone are left out. Keys are sorted, and lines have no blanks,
    nulls or empty lists: the same results give the same text, whenever it is made. `rules` says under which, `records`
    beside a mark and as a list which ones were broken (R48, R50). Of `people` their nations alone count, for these.
    """
    state = projection.state
    spec = state.events[id].spec
    told = [round.name for round in spec.rounds if round.name in state.events[id].rounds]
    if spec.surface == "road" and len(spec.rounds) == 1:
        told = []
    marks = Marks.of(projection, id)
    heats = [race.heat for race in marks.races if race.event == id]
    codes = {who: tuple(found) for who, found in codes_of(marks, heats, people).items()}
    content = {
        "event_id": id,
        "rules": asdict(under(state.spec, spec)),
        "ranking": spec.ranking,
        "records": list(_broken(state, id, marks, people)),
        "standings": [
            line_of(row, codes.get((row.heat, row.registration), ()) if row.heat else ())
            for row in projection.table(id).rows(0, len(projection.table(id)))
        ],
        "rounds": {
            round: [
                line_of(row, codes.get((row.heat, row.registration), ()), _no_wind(state, row))
                for row in projection.round_results(id, round)
            ]
            for round in told
        },
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def line_of(row: Standing | HeatResult, codes: tuple[str, ...] = (), more: tuple[str, ...] = ()) -> dict[str, Any]:
    """What is said of a runner, with the `codes` of records and bests; `more` are flags of the heat."""
    unsaid = _OF_STANDINGS if isinstance(row, Standing) else UNSAID
    told = {field: getattr(row, field) for field in row.__slots__ if field not in unsaid}
    told["flags"] = (*flags_for("public", row.flags), *more)
    told["records"] = codes
    line = {_FIELDS.get(field, field): value for field, value in told.items() if value not in (None, ())}
    if isinstance(row, Standing) and row.splits:
        line["splits"] = [asdict(split) for split in row.splits]
    return line


def _no_wind(state: MeetState, row: HeatResult) -> tuple[str, ...]:
    """The wind was due and was not read (R17)."""
    return ("NWI",) if no_wind(state, state.heats[row.heat], [row]) else ()


def _broken(state: MeetState, id: EventId, marks: Marks, people: Mapping[AthleteId, Person]) -> Iterator[Row]:
    """In the order of the races. Whose nation a record is of is not said: it would outlive the person's erasure."""
    races = {race.heat: race for race in marks.races if race.event == id}
    for one in marks.broken(people):
        race = next((race for heat, race in races.items() if heat == one.race), None)
        run = next((run for run in race.runs if run.registration == one.performance), None) if race else None
        if race is None or run is None:
            continue
        line = {
            "code": one.code,
            "record_list": one.list,
            "category": one.contest.category,
            "round": state.heats[race.heat].round,
            "heat_id": race.heat,
            "heat": state.heats[race.heat].drawn.number,
            "bib": state.registrations[run.registration].entry.bib,
            "registration_id": run.registration,
            "mark": run.mark,
            "before": _before(marks, one.before),
        }
        yield {field: value for field, value in line.items() if value is not None}


def _before(marks: Marks, best: Best) -> str | None:
    """The mark that stood: of the list, or run earlier in the meet."""
    if best.records:
        return mark_of(best.records[0])
    runs = (run for race in marks.races if race.heat == best.race for run in race.runs)
    return next((run.mark for run in runs if run.registration == best.performance), None)


def hanging_on_nations(state: MeetState) -> frozenset[str]:
    """Codes that the lists of the meet hold for a nation or an area: `NR`, `M50 NR`."""
    lists = state.records.lists if state.records else ()
    return frozenset(contest_code(record.contest) for one in lists for record in one.records if record.of)


def without_codes(content: Row, codes: frozenset[str]) -> dict[str, Any]:
    """What was announced, as if these codes had never been said."""

    def shorn(lines: list[Row]) -> list[Row]:
        return [
            {**line, "records": [code for code in line.get("records", ()) if code.removeprefix("=") not in codes]}
            for line in lines
        ]

    return {
        **content,
        "records": [one for one in content.get("records", ()) if one["code"].removeprefix("=") not in codes],
        "standings": shorn(content["standings"]),
        "rounds": {round: shorn(lines) for round, lines in content["rounds"].items()},
    }
