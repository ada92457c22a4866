"""Two runners, a relay team and a heat, with identities that must not leak."""

from dataclasses import replace
from typing import Final

from app.domain.facts import AthleteDescribed, Fact, FinishesRead, LegsNamed, Reading, Registered
from app.domain.ids import AthleteId
from app.domain.meet import Ages, Person, PublishName
from app.domain.state import MeetState
from app.domain.units import Duration
from app.rules.rulesets import rules_of
from app.rules.wind import wind_flag
from app.timing.heats import HeatResult
from app.timing.standing import Split, Standing
from app.views.marks import Marks, Raced, Run
from app.views.results import Lines, Told, no_wind, winds_of
from tests.domain.log import ANNA, ANNA_DASH, BEA, DASH, HEAT_1, SETUP, entered, state_of

RUNE: Final = Person(
    family_name="Holm",
    given_name="Rune",
    sex="W",
    birth_date="1999-05-12",
    nation="NOR",
    club="Bergen Bakover",
    external_id="NOR-0417",
)
IDA: Final = Person(family_name="Østby", given_name="Ida Marie", sex="W", nation="SUI", club="TV Rotkreuz")

PEOPLE: Final = {ANNA: RUNE, BEA: IDA}

ADULT, CHILD = Ages(race_day=16, year_end=17, first_day=16), Ages(race_day=15, year_end=16, first_day=15)

ENTRY: Final = Registered(
    registration=ANNA_DASH,
    event=DASH,
    athlete=ANNA,
    bib=entered(ANNA_DASH, DASH, ANNA, "7").bib,
    team="Northlake",
    pb_us=Duration(12_300_000),
    sb_us=Duration(12_400_000),
)


def meet(*facts: Fact) -> MeetState:
    return state_of(*SETUP, ENTRY, *facts)


def with_choice(choice: PublishName | None, ages: Ages | None = None) -> tuple[MeetState, dict[AthleteId, Person]]:
    """Anna as she wants to be called, at an age."""
    people: dict[AthleteId, Person] = {**PEOPLE, ANNA: replace(RUNE, publish_name=choice)}
    return meet(AthleteDescribed(athlete=ANNA, sex="W", ages=ages)), people


def wind(mm_per_s: int | None) -> FinishesRead:
    return FinishesRead(
        heat=HEAT_1,
        method="photo_finish",
        readings=(Reading(registration=ANNA_DASH, elapsed_us=Duration(12_345_000)),),
        wind_mm_per_s=mm_per_s,
    )


def lines(state: MeetState, *rows: HeatResult) -> Lines:
    """Results of a heat, and what stands beside their marks."""
    heat = state.heats[HEAT_1]
    flag = wind_flag(sprint := state.events[DASH].spec, heat.now.wind_mm_per_s, rules_of(state.spec, sprint).wind)
    runs = [run for row in rows if (run := Run.of(row, flag)) is not None]
    marks = Marks(state, (Raced(HEAT_1, DASH, (1, 1), runs),), None)
    return Lines(rows, {HEAT_1: Told(no_wind(state, heat, rows), winds_of(heat, rows), dict(heat.legs), {})}, marks)


LEGS: Final = LegsNamed(heat=HEAT_1, registration=ANNA_DASH, athletes=(BEA, ANNA))

STANDING: Final = Standing(
    registration=ANNA_DASH,
    athlete=ANNA,
    bib=ENTRY.bib,
    role="competitor",
    sex="W",
    category="W30",
    wave="A",
    round="final",
    heat=HEAT_1,
    place=1,
    place_sex=1,
    place_category=1,
    status="OK",
    rule=None,
    state="finished",
    elapsed_us=12_345_000,
    mark="12.35",
    gun_us=12_345_000,
    net_us=12_300_000,
    splits=(Split("50 m", 6_100_000, "6.10", 1),),
    flags=("no_start_read", "ghost_read", "wave_mismatch"),
)

RESULT: Final = HeatResult(
    heat=HEAT_1,
    number=1,
    registration=ANNA_DASH,
    athlete=ANNA,
    bib=ENTRY.bib,
    lane=3,
    place=1,
    rank=2,
    status="OK",
    rule=None,
    state="finished",
    elapsed_us=12_345_000,
    mark="12.35",
    reaction_us=143_000,
    qualification="Q",
    thousandths="(.345)",
    flags=("ghost_read",),
    seq=14,
    method="photo_finish",
    timed_by="photo_finish",
    resolution_us=1_000,
)
