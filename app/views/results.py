"""A line of a heat's or a round's results as an answer shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.ids import AthleteId, HeatId
from app.domain.meet import Person
from app.domain.state import Heat, MeetState
from app.rules.marks import parse_mark
from app.rules.records import bests
from app.rules.rulesets import rules_of
from app.rules.wind import WindFlag, wind_flag
from app.timing.heats import HeatResult
from app.timing.relays import TeamRuns
from app.views.audience import Audience, Item, flags_for
from app.views.legs import Teams, run_items
from app.views.names import NOBODY, is_young, name_for, origin_for

NOBODYS_BEST_US: Final = 99 * 3_600_000_000
"""A gun or a clock that was entered wrong by days; no mark of an entry is that long."""

NO_RUNS: Final[TeamRuns] = {}


@dataclass(frozen=True, slots=True)
class Told:
    """What a line shows of its heat besides the runner."""

    wind: WindFlag | None
    teams: Teams
    runs: TeamRuns


@dataclass(frozen=True, slots=True)
class Lines:
    """Results, and what goes with them of their heats: they stay as they were when those are drawn anew."""

    rows: Sequence[HeatResult]
    heats: Mapping[HeatId, Told]

    @classmethod
    def of(cls, state: MeetState, rows: Sequence[HeatResult], runs: TeamRuns = NO_RUNS) -> "Lines":
        return cls(rows, {id: _told(state, state.heats[id], runs) for id in {row.heat for row in rows}})

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, some: slice) -> "Lines":
        return Lines(self.rows[some], self.heats)


def _told(state: MeetState, heat: Heat, runs: TeamRuns) -> Told:
    spec = state.events[heat.event].spec
    return Told(wind_flag(spec, heat.now.wind_mm_per_s, rules_of(state.spec, spec).wind), dict(heat.legs), runs)


def result_items(audience: Audience, state: MeetState, people: Mapping[AthleteId, Person], lines: Lines) -> list[Item]:
    return [result_item(audience, state, people, row, lines.heats[row.heat]) for row in lines.rows]


def result_item(
    audience: Audience, state: MeetState, people: Mapping[AthleteId, Person], row: HeatResult, told: Told
) -> Item:
    """One line; `place` is the place in the heat, `rank` the one over the round."""
    person, athlete = people.get(row.athlete, NOBODY), state.athletes[row.athlete]
    nation, club = origin_for(audience, person)
    return {
        "heat": row.number,
        "heat_id": row.heat,
        "place": row.place,
        "rank": row.rank,
        "bib": row.bib,
        "lane": row.lane,
        "name": name_for(audience, person, is_young(state, row.athlete), row.bib),
        "sex": athlete.sex,
        "nation": nation,
        "club": club,
        "team": state.registrations[row.registration].entry.team,
        "status": row.status,
        "rule": row.rule,
        "state": row.state,
        "order_source": row.order_source,
        "mark": row.mark,
        "elapsed_us": row.elapsed_us,
        "thousandths": row.thousandths,
        "reaction_us": row.reaction_us,
        "qualification": row.qualification,
        "records": records_of(state, row, told.wind),
        "flags": flags_for(audience, row.flags),
        "legs": run_items(
            audience, state, people, told.teams, row.registration, told.runs.get((row.heat, row.registration))
        ),
        "registration_id": row.registration,
        "athlete_id": row.athlete,
    }


def records_of(state: MeetState, row: HeatResult, wind: WindFlag | None) -> list[str]:
    """`PB` or `SB` against the marks of the entry; never by hand or with too much wind (R17), `w` says so."""
    if row.mark is None or row.status != "OK" or (row.elapsed_us or 0) >= NOBODYS_BEST_US:
        return []
    if wind == "w":
        return ["w"]
    if row.mark.endswith("h"):
        return []
    entry = state.registrations[row.registration].entry
    return bests(parse_mark(row.mark), entry.pb_us, entry.sb_us)
