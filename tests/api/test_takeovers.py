"""Takeovers and legs of relays over HTTP."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.schemas.results import LegRunOut
from app.api.schemas.takeovers import TakeoverOut
from tests.api.organizer import Organizer, problem
from tests.api.races import Track, show, track

TAKEOVERS = [("NOR", 3, 31.0), ("NOR", 1, 10.5), ("NOR", 2, 20.75), ("SWE", 1, 10.75)]


@pytest.fixture
def race(client: TestClient) -> Track:
    race = track(Organizer(client), ("NOR", "SWE"), relay_legs=4)
    road = race.organizer.event(race.meet)
    for bib in range(1, 5):
        race.organizer.register(road, str(bib), f"Runner{bib}", given_name="Ada")
    body = {"legs": [{"bib": "NOR", "runners": ["1", "2", "3", "4"]}]}
    assert race.organizer.send("PUT", f"/heats/{race.heats[0]}/legs", body).status_code == 200
    return race


def hand_on(race: Track, *taken: tuple[str, int, float], method: str = "photo_finish") -> Any:
    listed = [{"bib": bib, "leg": leg, "elapsed_us": round(seconds * 1e6)} for bib, leg, seconds in taken]
    return race.organizer.make(f"/heats/{race.heats[0]}/takeovers", {"method": method, "takeovers": listed})


def finish(race: Track) -> None:
    finishes = [
        {"bib": "NOR", "elapsed_us": 41_023_000, "reaction_us": 152_000},
        {"bib": "SWE", "elapsed_us": 42_000_000},
    ]
    race.finishes(0, *finishes)


def test_r78_the_legs_of_a_team_add_up_to_its_time(race: Track) -> None:
    hand_on(race, *TAKEOVERS)
    finish(race)
    winner, second = race.results()
    legs = winner["legs"]
    assert [(leg["name"], leg["mark"]) for leg in legs] == [
        ("RUNNER1 Ada", "10.50"),
        ("RUNNER2 Ada", "10.25"),
        ("RUNNER3 Ada", "10.25"),
        ("RUNNER4 Ada", "10.03"),
    ]
    assert sum(leg["elapsed_us"] for leg in legs) == 41_030_000
    assert winner["mark"] == "41.03"
    assert [leg["reaction_us"] for leg in legs] == [152_000, None, None, None]
    assert legs[0].keys() == LegRunOut.model_fields.keys()
    assert [(leg["name"], leg["mark"]) for leg in second["legs"]] == [
        (None, "10.75"),
        (None, None),
        (None, None),
        (None, None),
    ]


def test_the_round_shows_the_same_legs(race: Track) -> None:
    hand_on(race, *TAKEOVERS)
    finish(race)
    over_all = race.organizer.items(f"/events/{race.event}/rounds/final/results")
    assert [one["legs"] for one in over_all] == [one["legs"] for one in race.results()]


def test_r78_a_takeover_outside_the_zone_disqualifies_the_team_and_its_legs(race: Track) -> None:
    hand_on(race, *TAKEOVERS)
    finish(race)
    race.organizer.make(f"/heats/{race.heats[0]}/rulings", {"bib": "NOR", "kind": "dq", "rule": "TR24.7"})
    loser = race.results()[-1]
    assert (loser["bib"], loser["status"], loser["rule"]) == ("NOR", "DQ", "TR24.7")
    assert [leg["mark"] for leg in loser["legs"]] == [None] * 4


def test_takeovers_are_listed_with_their_zones_and_where_they_come_from(race: Track) -> None:
    seq = hand_on(race, *TAKEOVERS)["seq"]
    page = race.organizer.get(f"/heats/{race.heats[0]}/takeovers")
    assert [(one["bib"], one["leg"], one["zone_begins_m"], one["zone_ends_m"]) for one in page["items"]] == [
        ("NOR", 1, 80, 110),
        ("NOR", 2, 180, 210),
        ("NOR", 3, 280, 310),
        ("SWE", 1, 80, 110),
    ]
    assert page["items"][0].keys() == TakeoverOut.model_fields.keys()
    assert {tuple(one["because"]) for one in page["items"]} == {(seq,)}


def test_r78_a_medley_has_the_zone_of_each_leg_and_says_how_long_it_is(client: TestClient) -> None:
    race = track(Organizer(client), ("NOR",), distance_m=1_000, relay_legs=4, legs_m=[100, 200, 300, 400])
    assert race.organizer.get(f"/events/{race.event}")["legs_m"] == [100, 200, 300, 400]
    hand_on(race, ("NOR", 1, 10.81), ("NOR", 2, 32.01), ("NOR", 3, 66.02))
    page = race.organizer.items(f"/heats/{race.heats[0]}/takeovers")
    assert [(one["zone_begins_m"], one["zone_ends_m"]) for one in page] == [(80, 110), (280, 310), (590, 610)]
    race.finishes(0, {"bib": "NOR", "elapsed_us": 110_123_000})
    show(race.organizer, race.meet, "public")
    answer = race.organizer.client.get(f"/v1/heats/{race.heats[0]}/results", headers={"Authorization": ""})
    legs = answer.json()["items"][0]["legs"]
    assert [(leg["distance_m"], leg["mark"]) for leg in legs] == [
        (100, "10.81"),
        (200, "21.20"),
        (300, "34.01"),
        (400, "44.11"),
    ]


def test_r96_backwards_the_zones_are_what_the_event_says(client: TestClient) -> None:
    rules = {"relays": {"zones": [{"zone_m": 20, "mark_m": 10}]}}
    race = track(Organizer(client), ("NOR",), relay_legs=4, direction="backward", rules=rules)
    hand_on(race, ("NOR", 1, 20.0))
    (one,) = race.organizer.items(f"/heats/{race.heats[0]}/takeovers")
    assert (one["zone_begins_m"], one["zone_ends_m"]) == (90, 110)


def test_results_move_with_a_takeover_and_back_with_its_undoing(race: Track) -> None:
    finish(race)
    path = f"/heats/{race.heats[0]}/results"
    before, shown = race.organizer.tag(path), race.results()
    seq = hand_on(race, *TAKEOVERS)["seq"]
    assert race.organizer.tag(path) != before
    assert race.results(as_of=seq - 1) == shown
    race.organizer.make(f"/meets/{race.meet}/log/{seq}/undo")
    assert race.results() == shown


@pytest.mark.parametrize(
    ("bad", "pointer", "code"),
    [
        ({"leg": 4, "bib": "NOR"}, "/takeovers/0/leg", "invalid_request"),
        ({"leg": 1}, "/takeovers/0", "no_runner"),
        ({"leg": 1, "lane": 3, "who": "?"}, "/takeovers/0/who", "invalid_request"),
    ],
)
def test_bad_takeovers_are_refused_at_the_field(race: Track, bad: dict[str, Any], pointer: str, code: str) -> None:
    body = {"method": "hand", "takeovers": [{"elapsed_us": 10_000_000, **bad}]}
    problem(race.organizer.post(f"/heats/{race.heats[0]}/takeovers", body), 422, code, pointer)


def test_a_race_without_a_baton_has_no_takeovers(client: TestClient) -> None:
    race = track(Organizer(client), ("7",))
    body = {"method": "hand", "takeovers": [{"bib": "7", "leg": 1, "elapsed_us": 10_000_000}]}
    problem(race.organizer.post(f"/heats/{race.heats[0]}/takeovers", body), 409, "no_relay")
    assert race.organizer.items(f"/heats/{race.heats[0]}/takeovers") == []


def test_runners_of_a_team_are_shown_as_they_wish(race: Track) -> None:
    hand_on(race, *TAKEOVERS)
    finish(race)
    show(race.organizer, race.meet, "public")
    runner = next(one for one in race.organizer.items(f"/meets/{race.meet}/athletes") if one["bibs"] == ["1"])
    changed = race.organizer.send("PATCH", f"/athletes/{runner['id']}", {"publish_name": "initials"}, match="now")
    assert changed.status_code == 200, changed.text
    answer = race.organizer.client.get(f"/v1/heats/{race.heats[0]}/results", headers={"Authorization": ""})
    assert [leg["name"] for leg in answer.json()["items"][0]["legs"]][:2] == ["A. R.", "RUNNER2 Ada"]
