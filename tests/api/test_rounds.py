"""Rounds, heats, start lists and relay legs over HTTP."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.schemas.starters import StarterOut
from tests.api.organizer import Organizer, problem
from tests.api.races import show

TWO_ROUNDS = [{"name": "heats", "advance": {"places": 1, "times": 0}}, {"name": "final"}]


@pytest.fixture
def organizer(client: TestClient) -> Organizer:
    return Organizer(client)


@pytest.fixture
def meet(organizer: Organizer) -> str:
    return organizer.meet()


@pytest.fixture
def sprint(organizer: Organizer, meet: str) -> str:
    """Two rounds, four runners."""
    event = organizer.sprint(meet, rounds=TWO_ROUNDS)
    for bib in ("1", "2", "3", "4"):
        organizer.register(event, bib)
    return event


def lists(*heats: list[Any]) -> dict[str, Any]:
    """Heats of (bib, lane) or bibs, numbered from 1."""

    def starter(one: Any) -> dict[str, Any]:
        return {"bib": one[0], "lane": one[1]} if isinstance(one, tuple) else {"bib": one}

    numbered = enumerate(heats, 1)
    return {"heats": [{"number": number, "starters": list(map(starter, heat))} for number, heat in numbered]}


def test_rounds_are_listed_in_running_order(organizer: Organizer, sprint: str) -> None:
    path = f"/events/{sprint}/rounds"
    first, final = organizer.items(path, limit=1)
    assert [(one["name"], one["number"], one["heat_count"]) for one in (first, final)] == [
        ("heats", 1, 0),
        ("final", 2, 0),
    ]
    assert first["advance"] == {"places": 1, "times": 0}
    assert organizer.get(f"{path}/final") == final
    problem(organizer.client.get(f"/v1{path}/semi"), 404, "not_found")


def test_on_the_road_each_wave_is_a_heat(organizer: Organizer, meet: str) -> None:
    event = organizer.event(meet)
    for bib, wave in (("1", "A"), ("2", "B"), ("3", "B")):
        organizer.register(event, bib, wave=wave)
    heats = organizer.make(f"/events/{event}/rounds/final/draw", expect=200)["heats"]
    shown = [(one["number"], one["wave"], one["starter_count"], one["state"], one["round"]) for one in heats]
    assert shown == [(1, "A", 1, "drawn", "final"), (2, "B", 2, "drawn", "final")]
    assert organizer.items(f"/events/{event}/heats", limit=1) == heats
    assert organizer.get(f"/heats/{heats[0]['id']}") == heats[0]


def test_a_road_race_without_entries_or_waves_has_one_heat(organizer: Organizer, meet: str) -> None:
    assert len(organizer.drawn(organizer.event(meet))) == 1


def test_another_wave_after_the_gun_is_another_heat(organizer: Organizer, meet: str) -> None:
    event = organizer.event(meet)
    organizer.register(event, "1", wave="A")
    (first,) = organizer.drawn(event)
    organizer.start(meet, first)
    organizer.register(event, "2", wave="B")
    assert [one["wave"] for one in organizer.heats(event)] == ["A", "B"]
    assert organizer.heats(event)[0]["state"] == "started"


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


def test_a_start_list_made_elsewhere_is_put_without_an_etag_where_there_is_none(
    organizer: Organizer, sprint: str
) -> None:
    path = f"/events/{sprint}/rounds/heats/heats"
    put = organizer.send("PUT", path, lists([("1", 4), ("2", 3)], ["3", "4"]))
    assert put.status_code == 200
    assert [one["starter_count"] for one in put.json()["heats"]] == [2, 2]
    assert (organizer.get(path), organizer.tag(path)) == (put.json(), put.headers["ETag"])
    first, second = organizer.heats(sprint, "heats")
    shown = organizer.items(f"/heats/{first['id']}/starters", limit=1)
    assert [(one["bib"], one["lane"], one["flags"]) for one in shown] == [("2", 3, []), ("1", 4, [])]
    assert [one["position"] for one in organizer.items(f"/heats/{second['id']}/starters")] == [1, 2]


def test_the_same_start_list_again_is_a_success_and_changes_nothing(organizer: Organizer, sprint: str) -> None:
    path = f"/events/{sprint}/rounds/heats/heats"
    first, again = (organizer.send("PUT", path, lists(["1", "2"])) for _ in range(2))
    assert (again.status_code, again.json(), again.headers["ETag"]) == (200, first.json(), first.headers["ETag"])


def test_another_start_list_needs_the_etag_of_what_was_seen(organizer: Organizer, sprint: str) -> None:
    path = f"/events/{sprint}/rounds/heats/heats"
    seen = organizer.send("PUT", path, lists(["1", "2"])).headers["ETag"]
    problem(organizer.send("PUT", path, lists(["1", "3"])), 428, "match_required")
    changed = organizer.send("PUT", path, lists(["1", "3"]), seen)
    assert changed.status_code == 200
    problem(organizer.send("PUT", path, lists(["1", "4"]), seen), 412, "stale")
    (heat,) = organizer.heats(sprint, "heats")
    assert {one["bib"] for one in organizer.items(f"/heats/{heat['id']}/starters")} == {"1", "3"}


@pytest.mark.parametrize(
    ("heats", "code", "pointer"),
    [
        (lists([("1", 4), ("2", 4)]), "lane_twice", "/heats/0/starters/1/lane"),
        (lists([("1", 4), ("1", 5)]), "runner_twice", "/heats/0/starters/1/bib"),
        (lists(["1"], ["1"]), "runner_twice", "/heats/1/starters/0/bib"),
        (lists(["1", "99"]), "not_registered", "/heats/0/starters/1/bib"),
        (lists([("1", 9)]), "out_of_range", "/heats/0/starters/0/lane"),
        ({"heats": []}, "empty", "/heats"),
        ({"heats": [{"number": 1, "starters": []}] * 2}, "heat_twice", "/heats/1/number"),
        ({"heats": [{"number": 0, "starters": []}]}, "invalid_request", "/heats/0/number"),
        ({"heats": [{"number": 1, "starters": [{"bib": 7}]}]}, "invalid_request", "/heats/0/starters/0/bib"),
    ],
)
def test_a_start_list_that_cannot_be_is_refused(
    organizer: Organizer, sprint: str, heats: Any, code: str, pointer: str
) -> None:
    problem(organizer.send("PUT", f"/events/{sprint}/rounds/heats/heats", heats), 422, code, pointer)
    assert organizer.heats(sprint, "heats") == []


def test_who_did_not_qualify_is_accepted_and_flagged(organizer: Organizer, sprint: str) -> None:
    organizer.send("PUT", f"/events/{sprint}/rounds/heats/heats", lists(["1", "2"]))
    put = organizer.send("PUT", f"/events/{sprint}/rounds/final/heats", lists(["3", "4"])).json()
    assert put["not_qualified"] == ["3", "4"]
    starters = organizer.items(f"/heats/{put['heats'][0]['id']}/starters")
    assert [one["flags"] for one in starters] == [["not_qualified"], ["not_qualified"]]


def test_a_round_that_is_not_planned_is_not_found(organizer: Organizer, sprint: str) -> None:
    problem(organizer.send("PUT", f"/events/{sprint}/rounds/semi/heats", lists(["1"])), 404, "not_found")
    problem(organizer.post(f"/events/{sprint}/rounds/semi/draw"), 404, "not_found")


def test_heats_are_listed_by_round(organizer: Organizer, sprint: str) -> None:
    organizer.send("PUT", f"/events/{sprint}/rounds/final/heats", lists(["1"]))
    organizer.send("PUT", f"/events/{sprint}/rounds/heats/heats", lists(["1"], ["2"]))
    path = f"/events/{sprint}/heats"
    every = [(one["round"], one["number"]) for one in organizer.items(path, limit=1)]
    assert every == [("heats", 1), ("heats", 2), ("final", 1)]
    assert [one["round"] for one in organizer.items(path, round="final")] == ["final"]


def test_the_next_page_of_heats_begins_behind_the_last_one_whatever_was_withdrawn(
    organizer: Organizer, sprint: str
) -> None:
    heats = lists(["1"], ["2"], ["3"])
    assert organizer.send("PUT", f"/events/{sprint}/rounds/heats/heats", heats).status_code == 200
    path = f"/events/{sprint}/heats"
    first = organizer.get(path, limit=2)
    gone = first["items"][0]["id"]
    assert organizer.send("DELETE", f"/heats/{gone}", match="now").status_code == 204
    second = organizer.get(path, limit=2, cursor=first["next_cursor"])
    assert [one["number"] for one in first["items"] + second["items"]] == [1, 2, 3]


def test_the_next_page_of_starters_begins_behind_the_last_one_whoever_came_late(
    organizer: Organizer, meet: str
) -> None:
    event = organizer.event(meet)
    for bib in ("8", "9", "10", "11"):
        organizer.register(event, bib)
    (heat,) = organizer.drawn(event)
    path = f"/heats/{heat}/starters"
    first = organizer.get(path, limit=2)
    organizer.register(event, "1")
    second = organizer.get(path, limit=2, cursor=first["next_cursor"])
    assert [one["bib"] for one in first["items"] + second["items"]] == ["8", "9", "10", "11"]


def test_a_heat_is_withdrawn_while_no_result_depends_on_it(organizer: Organizer, meet: str, sprint: str) -> None:
    first, second = organizer.send("PUT", f"/events/{sprint}/rounds/heats/heats", lists(["1"], ["2"])).json()["heats"]
    organizer.start(meet, second["id"])
    problem(organizer.send("DELETE", f"/heats/{first['id']}"), 428, "match_required")
    assert organizer.send("DELETE", f"/heats/{first['id']}", match="now").status_code == 204
    problem(organizer.client.get(f"/v1/heats/{first['id']}"), 404, "not_found")
    problem(organizer.send("DELETE", f"/heats/{second['id']}", match="now"), 409, "results_depend")


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


def test_the_public_reads_start_lists_with_names_as_they_are_published(
    organizer: Organizer, meet: str, sprint: str, anonymous: TestClient
) -> None:
    organizer.register(sprint, "5", "Brandt", given_name="Ida", publish_name="initials", birth_date="1994-09-26")
    organizer.send("PUT", f"/events/{sprint}/rounds/heats/heats", lists(["5"]))
    organizer.send("PATCH", f"/meets/{meet}", {"visibility": "public"}, "now")
    (heat,) = anonymous.get(f"/v1/events/{sprint}/heats").json()["items"]
    answer = anonymous.get(f"/v1/heats/{heat['id']}/starters")
    assert [one["name"] for one in answer.json()["items"]] == ["I. B."]
    assert "1994" not in answer.text
    assert set(answer.json()["items"][0]) == set(StarterOut.model_fields)
    for path in (f"/heats/{heat['id']}", f"/events/{sprint}/rounds", f"/events/{sprint}/rounds/heats/heats"):
        assert anonymous.get(f"/v1{path}").status_code == 200


def test_a_renamed_runner_moves_the_etag_of_the_start_list(organizer: Organizer, sprint: str) -> None:
    (heat,) = organizer.drawn(sprint, "heats")
    path = f"/heats/{heat}/starters"
    before, runner = organizer.tag(path), organizer.items(path)[0]["athlete_id"]
    organizer.send("PATCH", f"/athletes/{runner}", {"family_name": "Renamed"}, "now")
    assert organizer.tag(path) != before


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


def test_a_start_list_made_elsewhere_has_no_seed_and_no_rules(organizer: Organizer, sprint: str) -> None:
    put = organizer.send("PUT", f"/events/{sprint}/rounds/heats/heats", lists(["1", "2"]))
    assert (put.json()["draw"]["seed"], put.json()["draw"]["rules"]) == (None, [])
    assert organizer.get(f"/events/{sprint}/rounds/final/heats")["draw"] is None


def test_a_lane_that_is_not_there_cannot_be_left_free(organizer: Organizer, sprint: str) -> None:
    path = f"/events/{sprint}/rounds/heats/draw"
    problem(organizer.post(path, {"lanes_out": [2, 9]}), 422, "out_of_range", "/lanes_out/1")
