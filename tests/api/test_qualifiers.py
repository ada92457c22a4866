"""Who goes on to the next round, over HTTP."""

import pytest
from starlette.testclient import TestClient

from app.api.schemas.qualifiers import QualifierOut
from tests.api.organizer import Organizer, problem
from tests.api.races import Track, show, track

ROUNDS = [{"name": "heat", "advance": {"places": 1, "times": 1}}, {"name": "final"}]
TIMES = {"1": 10_100_000, "2": 10_250_000, "3": 10_200_000, "4": 10_250_000}


@pytest.fixture
def race(client: TestClient) -> Track:
    """Two heats of two; runners 2 and 4 are tied for the last place in the final."""
    race = track(Organizer(client), ("1", "2"), ("3", "4"), round="heat", rounds=ROUNDS)
    race.finishes(0, *({"bib": bib, "elapsed_us": TIMES[bib]} for bib in ("1", "2")))
    race.finishes(1, *({"bib": bib, "elapsed_us": TIMES[bib]} for bib in ("3", "4")))
    return race


def test_nobody_advances_while_one_is_undecided(race: Track) -> None:
    path = f"/events/{race.event}/rounds/heat"
    problem(race.organizer.post(f"{path}/advance"), 409, "undecided")
    assert race.organizer.items(f"{path}/qualifiers") == []
    lot = {"bib": "4", "kind": "advance", "how": "lots"}
    race.organizer.make(f"/heats/{race.heats[1]}/rulings", lot)
    advanced = race.organizer.make(f"{path}/advance", expect=200)
    assert [(one["bib"], one["how"]) for one in advanced["qualifiers"]] == [("1", "Q"), ("3", "Q"), ("4", "qD")]
    assert (advanced["event_id"], advanced["round"]) == (race.event, "heat")


def test_qualifiers_are_listed_with_names_once_they_are_fixed(race: Track, anonymous: TestClient) -> None:
    race.finishes(1, {"bib": "4", "elapsed_us": 10_240_000})
    race.organizer.make(f"/events/{race.event}/rounds/heat/advance", expect=200)
    path = f"/events/{race.event}/rounds/heat/qualifiers"
    listed = race.organizer.items(path, limit=2)
    assert [(one["bib"], one["name"], one["how"]) for one in listed] == [
        ("1", "RUNNER1 Ada", "Q"),
        ("3", "RUNNER3 Ada", "Q"),
        ("4", "RUNNER4 Ada", "q"),
    ]
    assert listed[0].keys() == QualifierOut.model_fields.keys()
    show(race.organizer, race.meet, "public")
    assert len(anonymous.get(f"/v1{path}").json()["items"]) == 3


def test_the_next_round_is_drawn_from_them(race: Track) -> None:
    race.finishes(1, {"bib": "4", "elapsed_us": 10_240_000})
    race.organizer.make(f"/events/{race.event}/rounds/heat/advance", expect=200)
    (final,) = race.organizer.drawn(race.event, "final")
    starters = race.organizer.items(f"/heats/{final}/starters")
    assert {one["bib"] for one in starters} == {"1", "3", "4"}


def test_what_cannot_advance_is_refused(race: Track) -> None:
    post = race.organizer.post
    problem(post(f"/events/{race.event}/rounds/final/advance"), 409, "no_later_round")
    problem(post(f"/events/{race.event}/rounds/semi/advance"), 404, "not_found")
    waiting = track(race.organizer, ("1", "2"), round="heat", rounds=ROUNDS)
    problem(post(f"/events/{waiting.event}/rounds/heat/advance"), 409, "not_finished")


def test_a_heat_shows_what_was_fixed(race: Track) -> None:
    tag = race.organizer.tag(f"/heats/{race.heats[0]}/results")
    race.finishes(1, {"bib": "4", "elapsed_us": 10_240_000})
    race.organizer.make(f"/events/{race.event}/rounds/heat/advance", expect=200)
    assert race.organizer.tag(f"/heats/{race.heats[0]}/results") != tag
    assert [one["qualification"] for one in race.results(1)] == ["Q", "q"]
