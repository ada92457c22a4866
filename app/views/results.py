"""A line of a heat's or a round's results as an answer shows it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.ids import AthleteId, HeatId, RegistrationId
from app.domain.meet import Person
from app.domain.state import Heat, MeetState
from app.rules.rulesets import rules_of
from app.rules.wind import wind_flags, wind_text
from app.timing.heats import HeatResult
from app.timing.projection import Projection
from app.timing.relays import TeamRuns
from app.views.audience import Audience, Item, flags_for
from app.views.how_timed import SYSTEMS, chip_note, is_mixed
from app.views.legs import Teams, run_items
from app.views.marks import Marks, codes_of
from app.views.names import NOBODY, is_young, name_for, origin_for

NO_RUNS: Final[TeamRuns] = {}


@dataclass(frozen=True, slots=True)
class Told:
    """What a line shows of its heat besides the runner."""

    no_wind: frozenset[RegistrationId]
    """Whose wind was due and was not read (R17)."""
    winds: Mapping[RegistrationId, str]
    """Metres a second, of the running that each mark comes from."""
    teams: Teams
    runs: TeamRuns
    chip_note: str | None = None
    mixed: bool = False
    """Its times come from different systems."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Results, and what goes with them of their heats: they stay as they were when those are drawn anew."""

    rows: Sequence[HeatResult]
    heats: Mapping[HeatId, Told]
    marks: Marks | None
    """Of who ran the same distance; None where nobody is listed."""

    @classmethod
    def of(cls, now: Projection, rows: Sequence[HeatResult], runs: TeamRuns = NO_RUNS) -> "Lines":
        """Of heats of one event."""
        heats = {id: now.state.heats[id] for id in {row.heat for row in rows}}
        shown = {heat.round for heat in heats.values()}
        marks = next((Marks.of(now, heat.event, shown) for heat in heats.values()), None)
        of_heat: dict[HeatId, list[HeatResult]] = {id: [] for id in heats}
        for row in rows:
            of_heat[row.heat].append(row)
        told = {
            id: Told(
                no_wind(now.state, heat, of_heat[id]),
                winds_of(heat, of_heat[id]),
                dict(heat.legs),
                runs,
                chip_note(now.state, heat),
                is_mixed(of_heat[id]),
            )
            for id, heat in heats.items()
        }
        return cls(rows, told, marks)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, some: slice) -> "Lines":
        return Lines(self.rows[some], self.heats, self.marks)


def no_wind(state: MeetState, heat: Heat, rows: Iterable[HeatResult]) -> frozenset[RegistrationId]:
    """Who has a mark of the heat whose wind was due and was not read (R17)."""
    spec = state.events[heat.event].spec
    flag, found = wind_flags(spec, rules_of(state.spec, spec).wind), (row.registration for row in rows if row.mark)
    return frozenset(id for id in found if flag(heat.wind_of(id)) == "NWI")


def winds_of(heat: Heat, rows: Iterable[HeatResult]) -> dict[RegistrationId, str]:
    """The wind that each mark of the heat was made with, where one was read (R16, R40)."""
    read = ((row.registration, heat.wind_of(row.registration)) for row in rows if row.mark)
    return {id: wind_text(mm_per_s) for id, mm_per_s in read if mm_per_s is not None}


def result_items(audience: Audience, state: MeetState, people: Mapping[AthleteId, Person], lines: Lines) -> list[Item]:
    codes = codes_of(lines.marks, {row.heat for row in lines.rows}, people) if lines.marks else {}
    return [
        result_item(audience, state, people, row, lines.heats[row.heat], codes.get((row.heat, row.registration), []))
        for row in lines.rows
    ]


def result_item(
    audience: Audience,
    state: MeetState,
    people: Mapping[AthleteId, Person],
    row: HeatResult,
    told: Told,
    records: Sequence[str],
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
        "wind_mps": told.winds.get(row.registration),
        "reaction_us": row.reaction_us,
        "qualification": row.qualification,
        "records": list(records),
        "flags": [*flags_for(audience, row.flags), *_of_the_heat(told, row)],
        "timed_by": row.timed_by,
        "timing_note": told.chip_note if row.mark and SYSTEMS.get(row.timed_by or "ruled") == "transponder" else None,
        "resolution_us": row.resolution_us,
        "legs": run_items(
            audience, state, people, told.teams, row.registration, told.runs.get((row.heat, row.registration))
        ),
        "registration_id": row.registration,
        "athlete_id": row.athlete,
    }


def _of_the_heat(told: Told, row: HeatResult) -> list[str]:
    """Beside each mark: the wind was due and was not read (R17); not all were timed by the same system (R11)."""
    found = (("NWI", row.registration in told.no_wind), ("mixed_timing", told.mixed))
    return [flag for flag, holds in found if holds and row.mark]
