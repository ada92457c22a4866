"""Draws of rounds over HTTP."""

from starlette.testclient import TestClient

from tests.api.organizer import Organizer, problem
from tests.api.races import show


def test_the_same_seed_draws_the_same_lanes(organizer: Organizer, sprint: str) -> None:
    path = f"/events/{sprint}/rounds/heats/draw"
    first, again = (organizer.make(path, {"draw_seed": 11}, 200) for _ in range(2))
    assert first == again
    assert first["draw_seed"] == 11
    (heat,) = first["heats"]
    lanes = [one["lane"] for one in organizer.items(f"/heats/{heat['id']}/starters")]
    assert sorted(lanes) == lanes
    assert len(set(lanes)) == 4


def test_a_draw_without_a_seed_says_the_one_it_took(organizer: Organizer, sprint: str) -> None:
    draw = organizer.client.post(f"/v1/events/{sprint}/rounds/heats/draw").json()
    path = f"/events/{sprint}/rounds/heats/draw"
    assert organizer.make(path, {"draw_seed": draw["draw_seed"]}, 200)["heats"] == draw["heats"]


def test_nobody_can_be_drawn_from_a_track_event_without_entries(organizer: Organizer, meet: str) -> None:
    answer = organizer.post(f"/events/{organizer.sprint(meet)}/rounds/final/draw")
    problem(answer, 409, "nobody_to_draw")


def test_a_later_round_waits_for_its_qualifiers(organizer: Organizer, sprint: str) -> None:
    problem(organizer.post(f"/events/{sprint}/rounds/final/draw"), 409, "not_advanced")


def test_a_started_round_is_not_drawn_again(organizer: Organizer, meet: str, sprint: str) -> None:
    (heat,) = organizer.drawn(sprint, "heats")
    organizer.start(meet, heat)
    problem(organizer.post(f"/events/{sprint}/rounds/heats/draw"), 409, "results_depend")


def test_a_draw_says_its_seed_and_time_and_by_which_rules(
    organizer: Organizer, meet: str, sprint: str, anonymous: TestClient
) -> None:
    drawn = organizer.make(f"/events/{sprint}/rounds/heats/draw", {"draw_seed": 11, "lanes_out": [8]}, expect=200)
    draw = drawn["draw"]
    assert draw["rules"] == ["R22", "R23", "R25", "R26", "R27", "R28", "R35"]
    assert (draw["seed"], draw["ruleset"], draw["ruleset_version"]) == (11, "world-athletics", "2026.1")
    assert draw["lanes_out"] == [8]
    recorded = organizer.items(f"/meets/{meet}/log")[-1]
    assert (recorded["seq"], recorded["at"], recorded["actor_id"]) == (draw["seq"], draw["at"], draw["actor_id"])
    (heat,) = drawn["heats"]
    assert {one["lane"] for one in organizer.items(f"/heats/{heat['id']}/starters")} == {4, 5, 6, 7}
    show(organizer, meet, "public")
    seen = anonymous.get(f"/v1/events/{sprint}/rounds/heats/heats").json()["draw"]
    assert seen == {**draw, "actor_id": None}


def test_a_lane_that_is_not_there_cannot_be_left_free(organizer: Organizer, sprint: str) -> None:
    path = f"/events/{sprint}/rounds/heats/draw"
    problem(organizer.post(path, {"lanes_out": [2, 9]}), 422, "out_of_range", "/lanes_out/1")
