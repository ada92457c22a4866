"""Meets made up at random: a road race as in `stories`, rounds on the track and a relay, and whatever officials do."""

from dataclasses import replace
from random import Random

from app.domain.meet import Advance, RoundSpec, Timing
from tests.timing.builders import Script, points, track
from tests.timing.deeds.every import DEEDS, do
from tests.timing.stories import one_read, story

ROUNDS = (RoundSpec(name="heats", advance=Advance(places=1, times=1)), RoundSpec(name="final"))
TIMINGS: tuple[Timing, ...] = ("photo_finish", "photo_finish", "hand", "transponder")
LAPS = points(("start", 0, "line"), *((f"{n}", 400 * n, "line") for n in (1, 2, 3)), ("finish", 1_600, "line"))


def meeting(r: Random) -> Script:
    script = story(r)
    bibs = sorted({str(one.entry.bib) for one in script.state().registrations.values()})
    _rounds(script, r, bibs)
    if r.random() < 0.5:
        _relay(script, r)
    # Few kinds in each meet: they meet one another more often than where all are mixed.
    kinds = r.sample(list(DEEDS), k=r.randint(1, 8))
    for _ in range(r.randint(1, 30)):
        if r.random() < 0.3:
            one_read(script, r, bibs)
        else:
            do(script, r, r.choice(kinds))
    return script


def _rounds(script: Script, r: Random, bibs: list[str]) -> None:
    metres, timing = r.choice((100, 400)), r.choice(TIMINGS)
    script.event("t", replace(track(metres, rounds=ROUNDS), timing=timing))
    for bib in bibs:
        script.runner(bib, "t", chips=())
    cut = r.randint(1, len(bibs))
    script.heats(bibs[:cut], bibs[cut:], event="t", round="heats")
    if r.random() < 0.5:
        script.heats(bibs[:2], event="t")


def _relay(script: Script, r: Random) -> None:
    timing = r.choice(TIMINGS)
    script.event("r", replace(track(400, points=LAPS), distance_m=1_600, relay_legs=4, timing=timing, name="4x400"))
    for team in ("NOR", "SWE"):
        script.runner(team, "r")
    script.heats(["NOR", "SWE"], event="r")
    script.gun("r/final/1", r.choice((0, 60)))
    script.source("line")
    for team in ("NOR", "SWE"):
        for lap in range(1, 5):
            if r.random() < 0.8:
                script.read("line", team, 60.0 * lap + r.random())
