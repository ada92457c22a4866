"""What holds for every race: the same evidence gives the same results, whatever way it came."""

import os
from dataclasses import asdict
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.domain.facts import Recorded
from app.domain.ids import EventId, HeatId
from app.timing import boards
from app.timing.projection import Projection
from tests.timing.builders import Script
from tests.timing.reference import Reference
from tests.timing.stories import shuffled, story

EXAMPLES = int(os.environ.get("BACKSTRAIGHT_EXAMPLES", "40"))
many = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
seeds = st.integers(0, 2**32)


def everything(projection: Projection) -> dict[str, Any]:
    """All that can be asked, without log positions."""
    out: dict[str, Any] = {}
    for id, event in projection.state.events.items():
        for point in (None, *(p.name for p in event.spec.points if p.distance_m)):
            table = projection.table(id, point)
            out[f"{id} at {point}"] = [asdict(line) for line in table.rows(0, len(table))]
        for heat in (h for heats in event.rounds.values() for h in heats):
            out[heat] = [asdict(line) | {"seq": None} for line in projection.heat_results(heat)]
    return out


def in_steps(script: Script, r: Random) -> Projection:
    """Runs of facts and of reads as they come, cut at random, with questions in between; some runs count as bulk."""
    with patch.object(boards, "FEW", r.choice((0, 2, 300))):
        return _in_steps(script, r)


def _in_steps(script: Script, r: Random) -> Projection:
    projection, done = Projection(), 0
    while done < len(script.log):
        end = min(len(script.log), done + r.choice((1, 1, 2, 5, 20)))
        kind = isinstance(script.log[done], Recorded)
        while end > done + 1 and any(isinstance(e, Recorded) != kind for e in script.log[done:end]):
            end -= 1
        entries = script.log[done:end]
        projection.apply([e for e in entries if isinstance(e, Recorded)], script.rows(entries))
        if r.random() < 0.5:
            for event in projection.state.events:
                projection.table(event)
                for registration in projection.state.events[event].registrations:
                    projection.places(event, registration)
        done = end
    return projection


@many
@given(seeds)
def test_evidence_in_any_order_among_the_decisions_gives_the_same_results(seed: int) -> None:
    script = story(Random(seed))
    assert everything(shuffled(script, Random(seed)).project()) == everything(script.project())


@many
@given(seeds)
def test_step_by_step_equals_from_scratch(seed: int) -> None:
    script = shuffled(story(Random(seed)), Random(seed))
    stepwise, at_once = in_steps(script, Random(seed)), script.project()
    assert everything(stepwise) == everything(at_once)
    ids: list[EventId | HeatId] = [*at_once.state.events, *at_once.state.heats]
    for id in ids:
        assert stepwise.touched(id) == at_once.touched(id)


@pytest.mark.parametrize("seed", range(24))
def test_entry_by_entry_equals_from_scratch(seed: int) -> None:
    script = shuffled(story(Random(seed)), Random(seed))
    projection = Projection()
    for entry in script.log:
        projection.apply([entry] if isinstance(entry, Recorded) else [], script.rows([entry]))
        for event in projection.state.events:
            projection.table(event)
    assert everything(projection) == everything(script.project())


@many
@given(seeds)
def test_places_kept_sorted_equal_those_of_the_table(seed: int) -> None:
    script = shuffled(story(Random(seed)), Random(seed))
    projection = in_steps(script, Random(seed))
    for id, event in projection.state.events.items():
        for registration in event.registrations:
            line = projection.standing(id, registration)
            assert projection.places(id, registration) == (line.place, line.place_sex, line.place_category)


@many
@given(seeds)
def test_past_states_equal_a_log_that_ends_there(seed: int) -> None:
    script = shuffled(story(Random(seed)), Random(seed))
    cut = Random(seed).randint(0, script.head)
    shorter = Script(log=script.log[:cut], sources=script.sources, received=script.received)
    assert everything(script.project(upto=cut)) == everything(shorter.project())
    assert script.project(upto=cut).head == cut


@many
@given(seeds)
def test_an_obvious_scorer_agrees(seed: int) -> None:
    script = story(Random(seed))
    reference, projection = Reference(script), script.project()
    for id in projection.state.events:
        table = projection.table(id)
        ours = {
            str(line.bib): {
                "status": line.status,
                "state": line.state,
                "elapsed": line.elapsed_us,
                "gun": line.gun_us,
                "net": line.net_us,
                "place": line.place,
                "place_sex": line.place_sex,
                "place_category": line.place_category,
            }
            for line in table.rows(0, len(table))
        }
        theirs = {bib: {k: v for k, v in line.items() if k != "raw"} for bib, line in reference.standings(id).items()}
        assert ours == theirs


@many
@given(seeds)
@example(50_684_520)  # Who has withdrawn has a time at the line in the instant of a read.
def test_every_read_has_one_state_and_the_chosen_ones_are_the_passings(seed: int) -> None:
    script = story(Random(seed))
    projection = script.project()
    states = projection.reads(limit=10_000)
    reads = [n for n, entry in enumerate(script.log, 1) if not isinstance(entry, Recorded)]
    assert [s.seq for s in states] == reads
    used = sorted(p.seq for p in projection.passings() if p.seq in reads)
    assert used == sorted(s.seq for s in states if s.state == "used")
    assert all(s.reason for s in states)
    for event in projection.state.events:
        for registration in projection.state.events[EventId(event)].registrations:
            assert projection.explain(event, registration).registration == registration
