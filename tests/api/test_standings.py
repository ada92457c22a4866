"""Standings over HTTP: live, filtered, explained, as they were."""

from typing import Any, cast

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.api.schemas.because import Because
from app.api.schemas.standings import StandingOut, StandingWhole
from tests.api.organizer import Organizer, problem
from tests.api.races import POINTS, Road, road, show, written

BIBS = ("1", "2", "3", "4", "5")
CATEGORIES = [{"name": "W40", "sex": "W", "min_age": 40}, {"name": "M", "sex": "M"}]


@pytest.fixture
def race(client: TestClient) -> Road:
    race = road(Organizer(client), BIBS)
    race.gun()
    race.read("5 km", "2", 890.0)
    race.read("5 km", "1", 900.0)
    race.finish({"1": 1_800.0, "2": 1_810.25, "3": 1_810.75})
    return race


def test_one_line_for_each_registration_in_the_order_of_a_results_sheet(race: Road) -> None:
    page = race.organizer.get(f"/events/{race.event}/standings")
    shown = [(one["place"], one["bib"], one["status"], one["state"], one["mark"]) for one in page["items"]]
    assert shown == [
        (1, "1", "OK", "finished", "30:00"),
        (2, "2", "OK", "finished", "30:11"),
        (3, "3", "OK", "finished", "30:11"),
        (None, "4", "DNS", "entered", None),
        (None, "5", "DNS", "entered", None),
    ]
    assert page["items"][0]["gun_us"] == page["items"][0]["elapsed_us"] == 1_800_000_000
    splits = [(one["point"], one["mark"], one["place"]) for one in page["items"][0]["splits"]]
    assert splits == [("5 km", "15:00", 2), ("Finish", "30:00", 1)]


def test_a_line_has_the_documented_fields(race: Road) -> None:
    assert race.standings()[0].keys() == StandingOut.model_fields.keys()
    one = race.organizer.get(f"/events/{race.event}/standings/1")
    assert one.keys() == StandingWhole.model_fields.keys()
    StandingWhole.model_validate(one)


def test_a_point_ranks_at_that_split(race: Road) -> None:
    assert race.places(point="5 km") == {"2": 1, "1": 2, "3": None, "4": None, "5": None}
    problem(race.organizer.client.get(f"/v1/events/{race.event}/standings?point=42 km"), 404, "not_found")


def test_a_filter_hides_others_and_leaves_their_places(client: TestClient) -> None:
    race = road(Organizer(client), ("1",), categories=CATEGORIES)
    race.organizer.register(race.event, "2", sex="W", age=44, chips=["C2"])
    race.organizer.register(race.event, "3", sex="W", age=30, chips=["C3"])
    race.gun()
    race.finish({"1": 1_800.0, "3": 1_810.0, "2": 1_820.0})
    women = race.standings(sex="W")
    assert [(one["bib"], one["place"], one["place_sex"]) for one in women] == [("3", 2, 1), ("2", 3, 2)]
    (veteran,) = race.standings(sex="W", category="W40")
    assert (veteran["bib"], veteran["place_category"]) == ("2", 1)
    asked = race.organizer.client.get(f"/v1/events/{race.event}/standings?category=M45")
    assert (
        problem(asked, 404, "not_found")["detail"] == "there is no category 'M45' here: the categories are 'W40', 'M'"
    )
    race.organizer.register(race.event, "4", sex="M", age=46, category="M45")
    assert [one["bib"] for one in race.standings(category="M45")] == ["4"]


def test_the_pages_of_a_live_race_neither_skip_nor_repeat(race: Road) -> None:
    path = f"/events/{race.event}/standings"
    page = race.organizer.get(path, limit=2)
    race.read("Finish", "5", 1_700.0)
    bibs = [one["bib"] for one in page["items"]]
    while page["next_cursor"]:
        page = race.organizer.get(path, limit=2, cursor=page["next_cursor"])
        bibs += [one["bib"] for one in page["items"]]
    assert bibs == list(BIBS)
    assert race.places()["5"] == 1


def test_a_page_goes_on_when_its_list_has_left_the_memory(race: Road) -> None:
    path = f"/events/{race.event}/standings"
    first = race.organizer.get(path, limit=2)
    race.read("Finish", "5", 1_700.0)
    kept = cast("FastAPI", race.organizer.client.app).state.services.pins
    kept._kept.clear()
    second = race.organizer.get(path, limit=2, cursor=first["next_cursor"])
    assert [one["bib"] for one in second["items"]] == ["3", "4"]
    assert second["seq"] == first["seq"]


def test_as_of_answers_as_it_was(race: Road) -> None:
    path = f"/events/{race.event}/standings"
    before = race.organizer.get(path)
    race.rule("1", "dq")
    race.read("Finish", "4", 1_750.0)
    assert race.places()["4"] == 1
    assert race.organizer.get(path, as_of=before["seq"]) == before
    problem(race.organizer.client.get(f"/v1{path}?as_of=999999"), 409, "not_there_yet")


def test_as_of_pages_go_on_as_of_the_same(race: Road) -> None:
    before = race.standings()
    seq = race.organizer.get(f"/events/{race.event}/standings")["seq"]
    race.rule("1", "dq")
    assert race.standings(as_of=seq, limit=2) == before


def test_a_writer_reads_its_own_write(race: Road) -> None:
    seq = race.rule("1", "dq")["seq"]
    page = race.organizer.get(f"/events/{race.event}/standings", min_seq=seq)
    assert page["seq"] == seq
    assert page["items"][0]["bib"] == "2"


def test_an_unchanged_race_answers_304_whatever_else_happens(race: Road) -> None:
    path = f"/v1/events/{race.event}/standings"
    first = race.organizer.client.get(path)
    other = race.organizer.event(race.meet, name="5 km", distance_m=5_000)
    race.organizer.register(other, "70", "Nobody")
    again = race.organizer.client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    race.read("Finish", "4", 1_900.0)
    assert race.organizer.client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_another_name_is_another_answer(race: Road) -> None:
    path = f"/events/{race.event}/standings"
    before = race.organizer.tag(path)
    athlete = race.standings()[0]["athlete_id"]
    answer = race.organizer.send("PATCH", f"/athletes/{athlete}", {"family_name": "Kos"}, match="now")
    assert answer.status_code == 200, answer.text
    assert race.organizer.tag(path) != before
    assert race.standings()[0]["name"] == "KOS Ada"


def test_names_of_a_past_state_are_todays(race: Road) -> None:
    seq = race.organizer.get(f"/events/{race.event}/standings")["seq"]
    past = race.organizer.client.get(f"/v1/events/{race.event}/standings?as_of={seq}")
    athlete = race.standings()[0]["athlete_id"]
    race.organizer.send("PATCH", f"/athletes/{athlete}", {"family_name": "Kos"}, match="now")
    again = race.organizer.client.get(past.request.url, headers={"If-None-Match": past.headers["ETag"]})
    assert (again.status_code, again.json()["items"][0]["name"]) == (200, "KOS Ada")


def because(race: Road, bib: str, **query: Any) -> Any:
    return race.organizer.get(f"/events/{race.event}/standings/{bib}", **query)["because"]


def test_a_standing_says_why(race: Road) -> None:
    race.read("Finish", "1", 1_801.0)
    race.rule("1", "card", card="YC", reason="Pushed")
    why = because(race, "1")
    assert why["start"]["at"] == written(0.0)
    assert [(one["place"], one["state"]) for one in why["reads"]] == [
        ("5 km", "used"),
        ("Finish", "used"),
        ("Finish", "duplicate"),
    ]
    assert [len(one["because"]) for one in why["passings"]] == [1, 2]
    assert (why["rulings"][0]["card"], why["rulings"][0]["reason_given"]) == ("YC", "Pushed")
    assert all(one["source"] and one["chip"] == "C1" and one["reason"] for one in why["reads"])


def test_a_runner_who_was_never_seen_stands_for_nothing(race: Road) -> None:
    why = because(race, "5")
    assert (why["reads"], why["passings"], why["rulings"]) == ([], [], [])
    problem(race.organizer.client.get(f"/v1/events/{race.event}/standings/99"), 404, "not_found")


def test_spectators_see_names_as_runners_chose_and_nothing_private(race: Road, anonymous: TestClient) -> None:
    race.organizer.register(race.event, "6", "Hidden", given_name="Eve", publish_name="initials", chips=["C6"])
    race.rule("1", "card", card="YC", reason="Said a bad word")
    show(race.organizer, race.meet, "public")
    answer = anonymous.get(f"/v1/events/{race.event}/standings")
    assert answer.headers["Cache-Control"] == "public, s-maxage=1"
    assert {one["bib"]: one["name"] for one in answer.json()["items"]}["6"] == "E. H."
    whole = anonymous.get(f"/v1/events/{race.event}/standings/1").text
    assert "C1" not in whole
    assert "bad word" not in whole
    mine = race.organizer.client.get(f"/v1/events/{race.event}/standings")
    assert (mine.headers["Cache-Control"], mine.headers["ETag"]) != ("private", answer.headers["ETag"])
    assert mine.headers["Cache-Control"] == "private"


def test_an_event_that_is_not_there_has_no_standings(race: Road) -> None:
    gone = race.event[:-1] + ("0" if race.event[-1] != "0" else "1")
    problem(race.organizer.client.get(f"/v1/events/{gone}/standings"), 404, "not_found")
    get = race.organizer.client.get
    problem(get(f"/v1/events/{race.event}/standings?catgory=W40"), 400, "unknown_parameter")
    problem(get(f"/v1/events/{race.event}/standings?limit=501"), 422, "invalid_request")


def test_r66_who_passed_a_point_too_late_is_told_which_one_and_when_it_closed(client: TestClient) -> None:
    half = {"name": "5 km", "distance_m": 5_000, "cut_off_us": 2_700_000_000}
    race = road(Organizer(client))
    race.organizer.send("PATCH", f"/events/{race.event}", {"points": [POINTS[0], half, POINTS[2]]}, match="now")
    race.gun()
    race.read("5 km", "1", 2_700.0)
    race.read("5 km", "2", 2_700.5)
    lines = {line["bib"]: (line["status"], line["flags"]) for line in race.standings()}
    assert (lines["1"], lines["2"]) == (("DNF", []), ("DNF", ["CUT"])), "the day is over: both are out, one was late"
    told = {"point": "5 km", "cut_off_us": 2_700_000_000, "elapsed_us": 2_700_500_000, "rule": "R66"}
    show(race.organizer, race.meet, "public")
    for headers in ({}, {"Authorization": ""}):
        found = client.get(f"/v1/events/{race.event}/standings/2", headers=headers).json()
        assert Because.model_validate(found["because"]).cut_off is not None
        assert found["because"]["cut_off"] == told
    assert because(race, "1")["cut_off"] is None
