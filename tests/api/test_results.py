"""Results of heats and rounds over HTTP."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.schemas.results import ResultOut
from tests.api.organizer import Organizer, problem
from tests.api.races import Track, road, track

TWO_ROUNDS = [{"name": "heat", "advance": {"places": 1, "times": 1}}, {"name": "final"}]


@pytest.fixture
def race(client: TestClient) -> Track:
    race = track(Organizer(client), ("1", "2", "3"), ("4", "5", "6"), round="heat", rounds=TWO_ROUNDS)
    race.finishes(0, *({"bib": bib, "elapsed_us": us} for bib, us in (("1", 10_100_000), ("2", 10_300_000))))
    race.finishes(0, {"bib": "3", "status": "DNF"})
    race.finishes(1, *({"bib": bib, "elapsed_us": us} for bib, us in (("4", 10_200_000), ("5", 10_250_000))))
    race.finishes(1, {"bib": "6", "status": "DNS"})
    return race


def test_a_heat_shows_its_places_and_who_goes_on(race: Track) -> None:
    shown = [(one["place"], one["rank"], one["bib"], one["lane"], one["qualification"]) for one in race.results(1)]
    assert shown == [(1, 2, "4", 3, "Q"), (2, 3, "5", 4, "q"), (None, None, "6", 5, None)]
    assert race.results(1)[2]["status"] == "DNS"


def test_a_round_shows_all_its_heats_in_order_of_rank(race: Track) -> None:
    lines = race.organizer.items(f"/events/{race.event}/rounds/heat/results", limit=2)
    assert [(one["rank"], one["place"], one["bib"], one["heat"]) for one in lines] == [
        (1, 1, "1", 1),
        (2, 1, "4", 2),
        (3, 2, "5", 2),
        (4, 2, "2", 1),
        (None, None, "3", 1),
        (None, None, "6", 2),
    ]
    assert lines[0]["heat_id"] == race.heats[0]


def test_a_line_has_the_documented_fields(race: Track) -> None:
    for line in race.results():
        ResultOut.model_validate(line)
        assert line.keys() == ResultOut.model_fields.keys()


def test_a_tie_between_heats_at_the_cut_waits_for_an_official(race: Track) -> None:
    race.finishes(0, {"bib": "2", "elapsed_us": 10_250_000})
    lines = race.organizer.items(f"/events/{race.event}/rounds/heat/results")
    assert {one["bib"]: one["qualification"] for one in lines if one["qualification"] == "undecided"} == {
        "2": "undecided",
        "5": "undecided",
    }


def test_a_heat_answers_304_until_its_round_moves(race: Track) -> None:
    path = f"/v1/heats/{race.heats[0]}/results"
    tag = race.organizer.client.get(path).headers["ETag"]
    race.organizer.register(race.event, "9", "Late")
    other = race.organizer.sprint(race.meet, name="200 m", distance_m=200)
    race.organizer.register(other, "70", "Other")
    assert race.organizer.client.get(path, headers={"If-None-Match": tag}).status_code == 304
    race.finishes(1, {"bib": "5", "elapsed_us": 10_050_000})
    moved = race.organizer.client.get(path, headers={"If-None-Match": tag})
    assert (moved.status_code, moved.json()["items"][0]["rank"]) == (200, 2)


def test_a_new_name_moves_the_answer_of_a_heat(race: Track) -> None:
    path = f"/heats/{race.heats[0]}/results"
    tag, athlete = race.organizer.tag(path), race.results()[0]["athlete_id"]
    race.organizer.send("PATCH", f"/athletes/{athlete}", {"family_name": "Kos"}, match="now")
    assert race.organizer.tag(path) != tag
    assert race.results()[0]["name"] == "KOS Ada"


def test_results_as_of_an_earlier_position(race: Track) -> None:
    path = f"/heats/{race.heats[0]}/results"
    before = race.organizer.get(path)
    race.finishes(0, {"bib": "2", "elapsed_us": 9_900_000}, wind_mps="+2.5")
    assert race.results()[0]["bib"] == "2"
    assert race.organizer.get(path, as_of=before["seq"]) == before


def test_results_of_a_heat_that_was_drawn_anew_can_still_be_asked_for(client: TestClient) -> None:
    race = track(Organizer(client), ("1",), ("2",))
    seq = race.organizer.get(f"/heats/{race.heats[1]}/results")["seq"]
    one_heat = {"heats": [{"number": 1, "starters": [{"bib": "1", "lane": 3}, {"bib": "2", "lane": 4}]}]}
    answer = race.organizer.send("PUT", f"/events/{race.event}/rounds/final/heats", one_heat, match="*")
    assert answer.status_code == 200, answer.text
    path = f"/v1/heats/{race.heats[1]}/results"
    problem(client.get(path), 404, "not_found")
    assert [one["bib"] for one in client.get(f"{path}?as_of={seq}").json()["items"]] == ["2"]


RELAY: dict[str, Any] = {"distance_m": 400, "relay_legs": 4, "sex": "M"}


def one_by_one(client: TestClient, **event: Any) -> Track:
    """Two heats of a final; in the second one the runners of a team are named."""
    race = track(Organizer(client), ("NOR",), ("SUI",), **event)
    others = race.organizer.event(race.meet, sex="M")
    for bib in "1234":
        race.organizer.register(others, bib, f"Runner{bib}")
    legs = {"legs": [{"bib": "SUI", "runners": ["1", "2", "3", "4"]}]}
    assert race.organizer.send("PUT", f"/heats/{race.heats[1]}/legs", legs, match="*").status_code == 200
    return race


def test_the_next_page_of_a_round_shows_a_heat_that_was_withdrawn_since(client: TestClient) -> None:
    race = one_by_one(client, **RELAY)
    path = f"/events/{race.event}/rounds/final/results"
    whole, first = race.organizer.get(path), race.organizer.get(path, limit=1)
    assert race.organizer.send("DELETE", f"/heats/{race.heats[1]}", match="now").status_code == 204
    second = race.organizer.get(path, cursor=first["next_cursor"])
    assert first["items"] + second["items"] == whole["items"]
    assert len(second["items"][0]["legs"]) == 4
    assert second["seq"] == whole["seq"]


def test_a_round_that_the_event_does_not_have_is_not_found(race: Track) -> None:
    problem(race.organizer.client.get(f"/v1/events/{race.event}/rounds/semi/results"), 404, "not_found")


def test_a_gun_of_another_century_makes_no_results_fail(client: TestClient) -> None:
    race = road(Organizer(client))
    race.finish({"1": 1_800.0})
    race.gun("1970-01-01T00:00:01Z")
    race.rule("1", "time", elapsed_us=1_800_000_000)
    for path in (f"/heats/{race.heat}/results", f"/events/{race.event}/rounds/final/results"):
        assert race.organizer.items(path)[0]["bib"] == "1"
    for sheet in ("summary", "results"):
        assert client.get(f"/v1/events/{race.event}/sheets/{sheet}.csv").status_code == 200
    race.gun()
    race.gun("1970-01-01T00:00:02Z")
    assert race.organizer.items(f"/heats/{race.heat}/results")
