"""A championship decided step by step: whatever officials do, in whatever order, results equal those made at once."""

import os
from dataclasses import replace
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.facts import (
    AnomalyAccepted,
    CrossingConfirmed,
    HeatClosed,
    HeatRerun,
    HeatWithdrawn,
    LegsNamed,
    LineTimeDropped,
    LineTimeTaken,
    Qualifier,
    QualifiersFixed,
    Recorded,
    RegistrationWithdrawn,
    RoundDrawn,
    Undone,
)
from app.domain.ids import AnomalyId, AthleteId, EventId, HeatId, RegistrationId, TextId, TimeId
from app.domain.meet import Advance, RoundSpec
from app.domain.state import Heat
from app.timing.projection import Projection
from tests.timing.builders import S, Script, at, points, road, track
from tests.timing.test_properties import everything

EXAMPLES = int(os.environ.get("BACKSTRAIGHT_EXAMPLES", "40"))
ROUNDS = (RoundSpec(name="heat", advance=Advance(places=1, times=1)), RoundSpec(name="final"))
BIBS = [str(n) for n in range(1, 9)]


def rounds_of(projection: Projection) -> dict[str, Any]:
    events = projection.state.events
    return everything(projection) | {
        f"{id} {round}": [(line.registration, line.rank, line.qualification) for line in lines]
        for id, event in events.items()
        for round in event.rounds
        for lines in [projection.round_results(id, round)]
    }


def draw(script: Script, r: Random, event: str) -> None:
    state = script.state().events[EventId(event)]
    entered = [one.entry.bib for one in state.registrations.values()]
    bibs = r.sample(entered, r.randint(2, len(entered)))
    heats, round = r.randint(1, 2), r.choice(("heat", "final"))
    if not any(heat.has_evidence for heat in state.rounds.get(round, {}).values()):
        script.heats(*(bibs[n::heats] for n in range(heats)), event=event, round=round)


def act(script: Script, r: Random) -> None:
    """One thing that an official does."""
    state = script.state()
    heats = [heat for heat in state.heats.values() if not heat.withdrawn and heat.drawn.starters]
    if not heats or r.random() < 0.2:
        draw(script, r, r.choice("ef"))
        return
    heat = r.choice(heats)
    one = r.choice(heat.drawn.starters).registration
    bib = state.registrations[one].entry.bib
    match r.randint(0, 21):
        case 0 | 1 | 2 | 3:
            starters = [state.registrations[s.registration].entry.bib for s in heat.drawn.starters]
            script.finishes(heat.id, *((bib, r.randint(990, 1_010) / 100) for bib in starters))
        case 4 | 5:
            script.rule(bib, r.choice(("dq", "dnf", "reinstate", "advance", "withdrawn")), heat.id)
        case 6:
            script.gun(heat.id, r.choice((0, 60, 600)))
        case 7:
            script.record(HeatClosed(heat=heat.id, at=at(r.choice((5, 900)))))
        case 8:
            script.record(HeatRerun(heat=heat.id))
        case 9 if not heat.has_evidence:
            script.record(HeatWithdrawn(heat=heat.id))
        case 10:
            fixed = (Qualifier(registration=one, how="Q"),)
            script.record(QualifiersFixed(event=heat.event, round=heat.round, qualifiers=fixed))
        case 11:
            taken = LineTimeTaken(time=TimeId("t"), heat=heat.id, at=at(r.choice((11, 640))), registration=one)
            script.record(LineTimeDropped(time=TimeId("t")) if "t" in state.line_times else taken)
        case 12:
            script.record(RegistrationWithdrawn(registration=one))
        case 13:
            script.record(LegsNamed(heat=heat.id, registration=one, athletes=(AthleteId(f"a{bib}"),)))
        case 14:
            script.record(CrossingConfirmed(heat=heat.id, registration=one, at=at(r.choice((70, 330, 640)))))
        case 15:
            official, reason = TextId("t1"), TextId("t2")
            script.record(AnomalyAccepted(anomaly=AnomalyId("x"), kind="missed_lap", official=official, reason=reason))
        case n if n > 15:
            conduct(script, r, heat, bib)
    last = script.log[-1]
    if r.random() < 0.1 and isinstance(last, Recorded) and not isinstance(last.fact, RoundDrawn | HeatWithdrawn):
        script.record(Undone(target_seq=script.head))


def conduct(script: Script, r: Random, heat: Heat, bib: str) -> None:
    """What officials see, or what the rules make of it."""
    match r.randint(0, 4):
        case 0 | 1:
            script.rule(bib, "card", heat.id, card=r.choice(("YC", "YC", "RC")))
        case 2:
            script.rule(bib, "lane", heat.id)
        case 3:
            script.false_start(heat.id, bib)
        case 4:
            spec = script.state().events[heat.event].spec
            rules = {"conduct": {"yellow_cards": r.choice((1, 2, 3)), "lane_steps": r.choice((1, 2))}}
            script.event(heat.event, replace(spec, rules=rules))


def championship(r: Random) -> Script:
    """Two events with runners in common, on a track without readers, unless there is one at the line."""
    script = Script()
    for event in "ef":
        script.event(event, track(r.choice((100, 800)), rounds=ROUNDS))
        for bib in BIBS[: r.randint(3, 8)]:
            script.runner(bib, event)
    return script


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_questions_between_decisions_change_no_answer(seed: int) -> None:
    r = Random(seed)
    script, stepwise = championship(r), Projection()
    reader = r.random() < 0.5
    if reader:
        script.source("finish")
    done = 0
    for _ in range(r.randint(1, 12)):
        act(script, r)
        if reader and r.random() < 0.3:
            script.read("finish", r.choice(BIBS), r.choice((11.0, 70.5, 650.25)))
        done = follow(stepwise, script, done)
        if r.random() < 0.7:
            event = EventId(r.choice("ef"))
            for round in stepwise.state.events[event].rounds:
                stepwise.round_results(event, round)
    assert rounds_of(stepwise) == rounds_of(script.project())


def follow(projection: Projection, script: Script, done: int) -> int:
    """Whatever is new in the log."""
    for entry in script.log[done:]:
        projection.apply([entry] if isinstance(entry, Recorded) else [], script.rows([entry]))
    return len(script.log)


def test_the_start_of_another_event_ends_the_runners_heat_for_times_taken_at_the_line() -> None:
    script, projection = Script(), Projection()
    for event in "ef":
        script.event(event, track(800))
        script.runner("1", event)
        script.heats(["1"], event=event)
    script.gun("e/final/1")
    taken = LineTimeTaken(time=TimeId("t"), heat=HeatId("e/final/1"), at=at(640), registration=RegistrationId("e/1"))
    script.record(taken)
    done = follow(projection, script, 0)
    assert [line.mark for line in projection.heat_results(HeatId("e/final/1"))] == ["10:40.0h"]
    script.gun("f/final/1", 600)
    follow(projection, script, done)
    assert [line.mark for line in projection.heat_results(HeatId("e/final/1"))] == [None]


def test_who_did_not_start_in_the_next_event_is_still_running_in_the_one_before() -> None:
    script, projection = Script(), Projection()
    for event in "ef":
        script.event(event, road(distance_m=1_000, points=points(("start", 0, "line"), ("finish", 1_000, "line"))))
        script.runner("1", event)
        script.draw(event)
        script.gun(f"{event}/final/1", {"e": 0, "f": 200}[event])
    script.read("line", "1", 400)
    done = follow(projection, script, 0)

    def finished() -> list[int | None]:
        return [projection.heat_results(HeatId(f"{event}/final/1"))[0].elapsed_us for event in "ef"]

    assert finished() == [None, 200 * S]
    script.rule("1", "dns", "f/final/1")
    done = follow(projection, script, done)
    assert finished() == [400 * S, None]
    script.rule("1", "reinstate", "f/final/1")
    follow(projection, script, done)
    assert finished() == [None, 200 * S]
