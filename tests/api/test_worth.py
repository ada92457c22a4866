"""What stands beside a mark in the standings: gaps, pace, halves and net splits (layout C), and what it is worth."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.schemas.standings import StandingOut, StandingWhole
from tests.api.organizer import Organizer, problem
from tests.api.races import Road, road, show, track

ALL = ["age_grade", "percent_of_best", "points"]


@pytest.fixture
def race(client: TestClient) -> Road:
    """Layout C: gun times rank, splits are net."""
    race = road(Organizer(client), ("101", "115", "240", "873"))
    race.gun()
    for bib, start, half, finish in (
        ("101", 0.0, 895.0, 1_781.0),
        ("115", 1.0, 941.0, 1_862.0),
        ("240", 4.0, 937.0, 1_862.5),
        ("873", 72.0, 1_281.5, 2_472.1),
    ):
        race.read("Start", bib, start)
        race.read("5 km", bib, half)
        race.read("Finish", bib, finish)
    return race


def test_layout_c_can_be_made_from_the_standings_alone(race: Road) -> None:
    rows = [
        (line["bib"], line["mark"], line["gap"], line["splits"][0]["net_mark"], line["splits"][1]["lap_mark"])
        for line in race.standings()
    ]
    assert rows == [
        ("101", "29:41", "+0:00", "14:55", "14:46"),
        ("115", "31:02", "+1:21", "15:40", "15:21"),
        ("240", "31:03", "+1:22", "15:33", "15:26"),
        ("873", "41:13", "+11:32", "20:10", "19:51"),
    ]
    assert [(line["pace"], line["halves"]) for line in race.standings()] == [
        ("2:58/km", "negative"),
        ("3:06/km", "negative"),
        ("3:06/km", "negative"),
        ("4:07/km", "negative"),
    ]
    StandingOut.model_validate(race.standings()[0])


def test_r53_printed_splits_add_up_to_the_printed_time(race: Road) -> None:
    for line in race.standings():
        assert sum(split["lap_us"] for split in line["splits"]) == -(-line["gun_us"] // 1_000_000) * 1_000_000


def test_the_gap_at_a_point_is_the_one_there(race: Road) -> None:
    assert [(line["bib"], line["gap"]) for line in race.standings(point="5 km")] == [
        ("101", "+0:00"),
        ("240", "+0:42"),
        ("115", "+0:46"),
        ("873", "+6:27"),
    ]


def test_r70_without_a_read_half_way_nothing_is_said_of_halves(client: TestClient) -> None:
    race = road(Organizer(client), ("1", "2"))
    race.gun()
    race.finish({"1": 1_800.0})
    race.read("5 km", "2", 900.0)
    lines = {line["bib"]: line for line in race.standings()}
    assert (lines["1"]["halves"], lines["1"]["splits"][0]["net_us"]) == (None, None)
    assert (lines["2"]["halves"], lines["2"]["gap"], lines["2"]["pace"]) == (None, None, None)


@pytest.mark.parametrize(("half", "said"), [(900.0, "even"), (899.9, "positive"), (900.1, "negative")])
def test_r70_halves_are_raw_times(client: TestClient, half: float, said: str) -> None:
    race = road(Organizer(client), ("1",))
    race.gun()
    race.read("5 km", "1", half)
    race.finish({"1": 1_800.0})
    assert race.standings()[0]["halves"] == said


def aged(race: Road, bib: str, **given: Any) -> None:
    id = next(line["athlete_id"] for line in race.standings() if line["bib"] == bib)
    answer = race.organizer.send("PATCH", f"/athletes/{id}", given, match="now")
    assert answer.status_code == 200, answer.text


def test_r68_age_grading_is_told_with_its_factor_and_its_table(client: TestClient) -> None:
    race = road(Organizer(client), ("1",))
    aged(race, "1", birth_date="1976-01-01")
    race.gun()
    race.finish({"1": 2_400.0})
    (line,) = race.standings(**{"with": "age_grade"})
    assert line["age_grade"] == {
        "percent": "74.27",
        "graded_us": 2_132_640_000,
        "graded_mark": "35:33",
        "standard_s": "1782.58",
        "factor": "0.8886",
        "table": "road-2025",
        "rule": "R68",
    }
    assert (line["percent_of_best"], line["points"]) == (None, None)


def test_r68_the_public_is_not_told_what_gives_an_age_away(client: TestClient) -> None:
    race = road(Organizer(client), ("1",))
    aged(race, "1", birth_date="1976-01-01")
    race.gun()
    race.finish({"1": 2_400.0})
    show(race.organizer, race.meet, "public")
    answer = client.get(f"/v1/events/{race.event}/standings?with=age_grade&with=points", headers={"Authorization": ""})
    (line,) = answer.json()["items"]
    assert line["age_grade"] is None
    assert line["points"] is not None


def test_nothing_of_it_is_there_unless_it_is_asked_for(race: Road) -> None:
    for line in race.standings():
        assert (line["age_grade"], line["percent_of_best"], line["points"]) == (None, None, None)


def test_r84_points_of_the_rulesets_scoring_table(client: TestClient) -> None:
    organizer = Organizer(client)
    race = track(organizer, ("1", "2"))
    race.finishes(0, {"bib": "1", "elapsed_us": 10_000_000}, {"bib": "2", "status": "DNF"})
    first, second = organizer.items(f"/events/{race.event}/standings", **{"with": ALL})
    assert first["points"] == {
        "points": "1206",
        "scored_us": 10_000_000,
        "table": "world-athletics-approximation",
        "approximate": True,
        "rule": "R84",
    }
    assert first["age_grade"] is None
    assert second["points"] is None


def test_r85_percent_of_the_best_mark_of_the_list(client: TestClient) -> None:
    organizer = Organizer(client)
    race = track(organizer, ("1",), direction="backward")
    race.finishes(0, {"bib": "1", "elapsed_us": 15_000_000})
    (line,) = organizer.items(f"/events/{race.event}/standings", **{"with": ALL})
    assert line["percent_of_best"] == {
        "percent": "87.80",
        "best": "13.17",
        "code": "WB",
        "record_list": "retro",
        "date": "2022-06-05",
        "confidence": "M",
        "rule": "R85",
    }
    assert line["points"] is None
    whole = organizer.get(f"/events/{race.event}/standings/1", **{"with": ALL})
    assert whole["percent_of_best"] == line["percent_of_best"]
    StandingWhole.model_validate(whole)


def test_r85_where_the_rules_have_it_said_nobody_has_to_ask(client: TestClient) -> None:
    organizer = Organizer(client)
    race = track(organizer, ("1",), direction="backward")
    race.finishes(0, {"bib": "1", "elapsed_us": 15_000_000})
    (line,) = organizer.items(f"/events/{race.event}/standings")
    assert (line["percent_of_best"]["percent"], line["points"], line["age_grade"]) == ("87.80", None, None)
    assert organizer.get(f"/events/{race.event}/standings/1")["percent_of_best"] == line["percent_of_best"]
    rules = {"rules": {"points": {"percent_of_best": False}}}
    organizer.send("PATCH", f"/events/{race.event}", rules, match="now")
    (line,) = organizer.items(f"/events/{race.event}/standings")
    assert line["percent_of_best"] is None


def test_r85_the_meets_own_list_comes_first(client: TestClient) -> None:
    organizer = Organizer(client)
    race = track(organizer, ("1",), direction="backward")
    race.finishes(0, {"bib": "1", "elapsed_us": 15_000_000})
    record = {"code": "WB", "sex": "M", "distance_m": 100, "surface": "track", "direction": "backward"}
    told = {"mark": "12.00", "source": "a proof", "confidence": "L"}
    one = {"name": "own", "title": "Own", "source": "us", "as_of": "2026", "records": [{**record, **told}]}
    organizer.send("PUT", f"/meets/{race.meet}/records", {"lists": [one]})
    (line,) = organizer.items(f"/events/{race.event}/standings", **{"with": "percent_of_best"})
    assert (line["percent_of_best"]["percent"], line["percent_of_best"]["record_list"]) == ("80.00", "own")


def test_what_is_not_known_to_be_worth_is_refused(race: Road) -> None:
    answer = race.organizer.client.get(f"/v1/events/{race.event}/standings?with=beauty")
    problem(answer, 422, "invalid_request")
