"""Who runs which leg of a relay, over HTTP."""

from typing import Any

import pytest

from tests.api.entries import lists
from tests.api.organizer import Organizer, problem


@pytest.fixture
def relay(organizer: Organizer, meet: str) -> str:
    """The heat of a 4 × 100 m with one team; its runners 1 to 5 wear the bibs of another event."""
    runners = organizer.sprint(meet)
    for bib in ("1", "2", "3", "4", "5"):
        organizer.register(runners, bib)
    event = organizer.sprint(meet, name="4 × 100 m", relay_legs=4)
    organizer.register(event, "NOR", "Norway")
    (heat,) = organizer.send("PUT", f"/events/{event}/rounds/final/heats", lists(["NOR"])).json()["heats"]
    return str(heat["id"])


def team(*runners: str, bib: str = "NOR") -> dict[str, Any]:
    return {"legs": [{"bib": bib, "runners": list(runners)}]}


def test_the_runners_of_a_relay_team_are_named_in_order(organizer: Organizer, relay: str) -> None:
    path = f"/heats/{relay}/legs"
    put = organizer.send("PUT", path, team("3", "1", "2", "4"))
    assert put.status_code == 200
    assert (organizer.get(path), organizer.tag(path)) == (put.json(), put.headers["ETag"])
    (named,) = put.json()["teams"]
    assert [(leg["leg"], leg["name"]) for leg in named["legs"]] == [
        (1, "RUNNER 3"), (2, "RUNNER 1"), (3, "RUNNER 2"), (4, "RUNNER 4")
    ]  # fmt: skip
    (starter,) = organizer.items(f"/heats/{relay}/starters")
    assert starter["legs"] == named["legs"]


def test_other_legs_need_the_etag_of_what_was_seen(organizer: Organizer, relay: str) -> None:
    path = f"/heats/{relay}/legs"
    seen = organizer.send("PUT", path, team("1", "2", "3", "4")).headers["ETag"]
    assert organizer.send("PUT", path, team("1", "2", "3", "4")).headers["ETag"] == seen
    problem(organizer.send("PUT", path, team("1", "2", "3", "5")), 428, "match_required")
    assert organizer.send("PUT", path, team("1", "2", "3", "5"), seen).status_code == 200
    problem(organizer.send("PUT", path, team("1", "2", "4", "5"), seen), 412, "stale")


@pytest.mark.parametrize(
    ("legs", "code", "pointer"),
    [
        (team("1", "2", "3"), "wrong_number_of_legs", "/legs/0/runners"),
        (team("1", "2", "3", "3"), "runner_twice", "/legs/0/runners/3"),
        (team("1", "2", "3", "99"), "not_registered", "/legs/0/runners/3"),
        (team("1", "2", "3", "4", bib="SWE"), "not_in_heat", "/legs/0/bib"),
        (team("1", "2", "3", "4", "5"), "invalid_request", "/legs/0/runners"),
    ],
)
def test_legs_that_cannot_be_are_refused(organizer: Organizer, relay: str, legs: Any, code: str, pointer: str) -> None:
    problem(organizer.send("PUT", f"/heats/{relay}/legs", legs), 422, code, pointer)


def test_only_a_relay_has_legs(organizer: Organizer, sprint: str) -> None:
    (heat,) = organizer.drawn(sprint, "heats")
    problem(organizer.send("PUT", f"/heats/{heat}/legs", team("1", "2", "3", "4")), 409, "no_relay")
