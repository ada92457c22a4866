"""What holds for every meet, whatever its officials do: the same log gives the same results, whatever way it came."""

from collections.abc import Iterator
from random import Random
from typing import Any, get_args

from hypothesis import given

from app.domain.facts import Fact
from app.domain.ids import EventId, HeatId
from app.timing.projection import Projection
from tests.timing.deeds.every import DEEDS, do
from tests.timing.meetings import meeting
from tests.timing.stories import decisions_of, shuffled
from tests.timing.test_properties import everything, in_steps, many, seeds


def all_of(projection: Projection) -> dict[str, Any]:
    """All that can be asked, without log positions."""
    return everything(projection) | dict(_more(projection))


def _more(projection: Projection) -> Iterator[tuple[str, Any]]:
    state = projection.state
    for id, event in state.events.items():
        yield f"odd in {id}", sorted((one.kind, one.bib or "", one.heat or "") for one in projection.anomalies(id))
        for round in event.rounds:
            yield f"on from {id} {round}", projection.as_it_stands(id, round)
            runs = projection.team_runs(id, round)
            yield f"legs of {id} {round}", {team: (run.legs, _handed(run.handovers)) for team, run in runs.items()}
    reads = projection.reads(limit=10_000)
    yield "reads", sorted((one.at_us, one.place or "", one.state) for one in reads)


def _handed(handovers: Any) -> list[tuple[int, int, str]]:
    return [(one.leg, one.elapsed_us, one.method) for one in handovers]


def test_officials_can_do_everything_that_there_is() -> None:
    assert set(DEEDS) == set(get_args(Fact))
    done = set[type]()
    for r in map(Random, range(20)):
        script = meeting(r)
        for kind in DEEDS:
            do(script, r, kind)
        done |= {type(one.fact) for one in decisions_of(script)}
    assert done == set(DEEDS)


@many
@given(seeds)
def test_evidence_in_any_order_among_the_decisions_gives_the_same_results(seed: int) -> None:
    script = meeting(Random(seed))
    assert all_of(shuffled(script, Random(seed)).project()) == all_of(script.project())


@many
@given(seeds)
def test_step_by_step_equals_from_scratch(seed: int) -> None:
    script = shuffled(meeting(Random(seed)), Random(seed))
    stepwise, at_once = in_steps(script, Random(seed)), script.project()
    assert all_of(stepwise) == all_of(at_once)
    ids: tuple[EventId | HeatId, ...] = (*at_once.state.events, *at_once.state.heats)
    for id in ids:
        assert stepwise.touched(id) == at_once.touched(id)


@many
@given(seeds)
def test_places_kept_sorted_equal_those_of_the_table(seed: int) -> None:
    projection = in_steps(shuffled(meeting(Random(seed)), Random(seed)), Random(seed))
    for id, event in projection.state.events.items():
        for registration in event.registrations:
            line = projection.standing(id, registration)
            assert projection.places(id, registration) == (line.place, line.place_sex, line.place_category)
            assert projection.explain(EventId(id), registration).registration == registration
