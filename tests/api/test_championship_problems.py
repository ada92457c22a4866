"""What a championship refuses: each a problem that names the field, the rule and what to do."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.organizer import SPRINT, Organizer, problem
from tests.api.races import Track, track

PLAN = {"up_to": 16, "rounds": [{"heats": 2, "places": 3, "times": 3, "through": 8}]}
TABLE = {"final": 8, "plans": [{"up_to": 8, "rounds": []}, PLAN]}
NR = {"code": "NR", "of": "NOR", "sex": "M", "distance_m": 100, "surface": "track", "confidence": "H", "source": "list"}


@pytest.mark.parametrize(
    ("given", "pointer", "code", "said"),
    [
        (
            {"rules": {"starts": {"false_start": "immediate"}}},
            "/rules/starts/false_start",
            "unknown_table",
            "false_starts",
        ),
        ({"rules": {"jumps": {"runway_m": 40}}}, "/rules/jumps", "unknown_table", "there are announcing, anomalies,"),
        ({"ruleset": "moon"}, "/ruleset", "unknown_ruleset", "world-athletics"),
        (
            {"rules": {"rounds": {"progressions": [TABLE]}}},
            "/rules/rounds/progressions/0/plans/1/rounds/0",
            "does_not_add_up",
            "2 heats × 3 places + 3 times are 9, and the next round takes 8 (R21)",
        ),
        (
            {"rounds": [{"name": "heats", "heats": 3, "advance": {"places": 3}}, {"name": "final", "heats": 1}]},
            "/rounds/0/advance",
            "does_not_add_up",
            "3 heats × 3 places + 0 times are 9, and 'final' takes 1 × 8 = 8 (R21)",
        ),
        (
            {"categories": [{"name": "M40", "min_age": 40, "max_age": 45}, {"name": "M45", "min_age": 45}]},
            "/categories/1",
            "overlapping_categories",
            "'M40' and 'M45' would take the same athlete (R74)",
        ),
        (
            {"rules": {"categories": {"groups": [{"name": "A", "max_age": 20}, {"name": "B", "min_age": 20}]}}},
            "/rules/categories/groups/1",
            "overlapping_categories",
            "'A' and 'B' would take the same athlete (R74)",
        ),
        ({"relay_legs": 3}, "/relay_legs", "out_of_range", "a relay has 4 legs, any other event 1, none 3 (R78)"),
        (
            {"relay_legs": 4, "legs_m": [100, 200, 300], "distance_m": 600},
            "/legs_m",
            "legs_differ",
            "a relay of 4 legs has as many distances, not 3",
        ),
    ],
)
def test_an_event_that_cannot_be_names_the_field_and_the_rule(
    client: TestClient, given: dict[str, Any], pointer: str, code: str, said: str
) -> None:
    organizer = Organizer(client)
    meet = organizer.meet()
    told = problem(organizer.post(f"/meets/{meet}/events", {**SPRINT, **given}), 422, code, pointer)
    assert said in told["detail"]
    assert organizer.items(f"/meets/{meet}/events") == []


def test_r10_a_record_slower_than_the_one_it_replaces(client: TestClient) -> None:
    organizer = Organizer(client)
    meet = organizer.meet()
    records = [{**NR, "mark": "9.99", "date": "2011-08-02"}, {**NR, "mark": "10.01", "date": "2020"}]
    one = {"name": "own", "title": "Own", "source": "us", "as_of": "2026-05-01", "records": records}
    answer = organizer.send("PUT", f"/meets/{meet}/records", {"lists": [one]})
    told = problem(answer, 422, "slower_record", "/lists/0/records/1/mark")
    assert "10.01 of 2020 is slower than 9.99 of 2011-08-02, which it would replace (R10)" in told["detail"]
    assert organizer.get(f"/meets/{meet}/records")["lists"] == []


def test_r78_a_team_of_three_for_a_relay_of_four(client: TestClient) -> None:
    race = track(Organizer(client), ("NOR",), relay_legs=4)
    others = race.organizer.event(race.meet)
    for bib in "123":
        race.organizer.register(others, bib)
    team = {"legs": [{"bib": "NOR", "runners": ["1", "2", "3"]}]}
    told = problem(
        race.organizer.send("PUT", f"/heats/{race.heats[0]}/legs", team), 422, "wrong_number_of_legs", "/legs/0/runners"
    )
    assert told["detail"] == "a team has 4 runners, one a leg, not 3 (R78)"


@pytest.fixture
def race(client: TestClient) -> Track:
    race = track(Organizer(client), ("1", "2"))
    race.organizer.register(race.event, "9")
    return race


def rule(race: Track, bib: str, kind: str, **given: Any) -> Any:
    return race.organizer.post(f"/heats/{race.heats[0]}/rulings", {"bib": bib, "kind": kind, **given})


@pytest.mark.parametrize("kind", ["dq", "dnf", "lane", "card"])
@pytest.mark.parametrize("bib", ["9", "99"])
def test_a_ruling_for_someone_who_is_not_in_the_heat(race: Track, kind: str, bib: str) -> None:
    given = {"card": "YC"} if kind == "card" else {}
    told = problem(rule(race, bib, kind, **given), 422, "not_in_heat", "/bib")
    assert f"bib {bib}" in told["detail"]


@pytest.mark.parametrize(
    ("kind", "given"), [("time", {"elapsed_us": 10_000_000}), ("penalty", {"elapsed_us": 1_000_000}), ("lane", {})]
)
def test_r42_a_ruling_on_the_run_of_someone_who_did_not_start(race: Track, kind: str, given: dict[str, int]) -> None:
    seq = rule(race, "2", "dns").json()["seq"]
    told = problem(rule(race, "2", kind, **given), 409, "did_not_start", "/bib")
    assert "bib 2 did not start, by a ruling (DNS, R42)" in told["detail"]
    assert rule(race, "1", kind, **given).status_code == 201
    race.organizer.make(f"/meets/{race.meet}/log/{seq}/undo")
    assert rule(race, "2", kind, **given).status_code == 201


def test_r42_who_did_not_start_may_be_disqualified_reinstated_and_then_timed(race: Track) -> None:
    assert rule(race, "2", "dns").status_code == 201
    assert rule(race, "2", "card", card="YC").status_code == 201
    assert rule(race, "2", "reinstate").status_code == 201
    assert rule(race, "2", "time", elapsed_us=10_000_000).status_code == 201
    assert {line["bib"]: line["status"] for line in race.results()}["2"] == "OK"
