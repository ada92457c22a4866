"""Meets by chance, decided as officials and readers decide them: every status, ties, relays, guests, hostile names."""

from typing import Any

from hypothesis import strategies as st

from app.domain.facts import LegsNamed
from app.domain.ids import AthleteId, HeatId, RegistrationId
from app.domain.meet import Person
from tests.interchange.samples import BIBS, NAMES
from tests.sheets.meets.small import Small, describe
from tests.timing.builders import Script, road, track

ENDS = st.sampled_from(["OK", "OK", "OK", "DNF", "DNS", "DQ", None])
ROLES = st.sampled_from(["competitor", "competitor", "guest"])
THOUSANDTHS = st.sampled_from([10_013, 10_017, 10_020, 61_201]) | st.integers(9_580, 200_000)
SECONDS = st.sampled_from([1_800, 1_800.4, 1_801]) | st.integers(1_700, 5_000)
HEAT = "e/final/1"


@st.composite
def meets(draw: Any) -> Small:
    """One event `e` with one final: a sprint in lanes, a relay, or a road race by chip."""
    made = Small(Script())
    describe(made.script, name=draw(NAMES), timezone="Europe/Oslo", starts_on="2027-01-15", ends_on="2027-01-15")
    kind = draw(st.sampled_from(["sprint", "relay", "road"]))
    specs = {"sprint": track(name=draw(NAMES)), "relay": track(relay_legs=4), "road": road(name=draw(NAMES))}
    made.script.event(spec=specs[kind])
    bibs = draw(st.lists(BIBS, unique=True, min_size=1, max_size=8))
    for bib in bibs:
        made.runner("e", bib, "", sex="W", role=draw(ROLES))
        made.people[AthleteId(f"a{bib}")] = draw(people())
    if kind == "road":
        _on_the_road(draw, made.script, bibs)
    else:
        _in_lanes(draw, made.script, bibs)
    if kind == "relay":
        _legs(draw, made, bibs)
    return made


@st.composite
def people(draw: Any) -> Person:
    return Person(family_name=draw(NAMES), given_name=draw(NAMES), sex="W", nation="NOR", club=draw(NAMES))


def _in_lanes(draw: Any, script: Script, bibs: list[str]) -> None:
    """Read in one image; a disqualification comes after it."""
    script.heats(bibs)
    script.gun()
    ends = {bib: draw(ENDS) for bib in bibs}
    read: list[Any] = [
        (bib, draw(THOUSANDTHS) / 1_000) if end in ("OK", "DQ") else (bib, None, {"status": end})
        for bib, end in ends.items()
        if end
    ]
    if read:
        script.finishes(HEAT, *read)
    for bib in bibs:
        if ends[bib] == "DQ":
            script.rule(bib, "dq", rule="TR17.3")


def _on_the_road(draw: Any, script: Script, bibs: list[str]) -> None:
    script.draw()
    script.gun()
    for bib in bibs:
        end = draw(ENDS)
        if end in ("OK", "DQ"):
            script.reads(bib, start=draw(st.integers(0, 90)), half=900, finish=draw(SECONDS))
        if end in ("DNF", "DNS", "DQ"):
            script.rule(bib, end.lower())


def _legs(draw: Any, made: Small, bibs: list[str]) -> None:
    """Four runners with a bib of their own in another event, for some of the teams."""
    made.script.event("x", track(200))
    for bib in bibs:
        if draw(st.booleans()):
            runners = tuple(f"{bib}-{leg}" for leg in range(1, 5))
            for runner in runners:
                made.runner("x", runner, "", sex="W")
                made.people[AthleteId(f"a{runner}")] = draw(people())
            athletes = tuple(AthleteId(f"a{runner}") for runner in runners)
            named = LegsNamed(heat=HeatId(HEAT), registration=RegistrationId(f"e/{bib}"), athletes=athletes)
            made.script.record(named)
