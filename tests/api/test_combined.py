"""Combined events and scoring tables over HTTP (R83, R84)."""

from collections.abc import Mapping
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.schemas.medals import CombinedOut
from tests.api.organizer import Organizer, problem
from tests.api.test_medals import Games


@pytest.fixture
def games(client: TestClient) -> Games:
    organizer = Organizer(client)
    return Games(organizer, organizer.meet(bib_scope="event"))


def run(games: Games, metres: int, times: Mapping[str, float | str], method: str = "photo_finish") -> str:
    event = games.organizer.sprint(games.meet, name=f"{metres} m", distance_m=metres, sex="M")
    for bib in times:
        games.organizer.register(event, bib, f"Runner{bib}", external_id=bib)
    starters = [{"bib": bib, "lane": lane} for lane, bib in enumerate(times, 1)]
    body = {"heats": [{"number": 1, "starters": starters}]}
    heat = games.organizer.send("PUT", f"/events/{event}/rounds/final/heats", body).json()["heats"][0]["id"]
    known = [
        {"bib": bib, **({"status": time} if isinstance(time, str) else {"elapsed_us": round(time * 1e6)})}
        for bib, time in times.items()
        if time != "?"
    ]
    games.organizer.make(f"/heats/{heat}/finishes", {"method": method, "finishes": known})
    return event


def get(games: Games, *events: str, **query: Any) -> Any:
    return games.organizer.get(f"/meets/{games.meet}/combined", events=list(events), **query)


def told(page: Any) -> list[tuple[Any, ...]]:
    return [
        (one["rank"], one["bibs"][0], one["points"], *(part["points"] for part in one["parts"]))
        for one in page["items"]
    ]


def test_r83_points_of_the_events_add_up_and_who_did_not_finish_has_none(games: Games) -> None:
    hundred = run(games, 100, {"1": 10.55, "2": 11.00, "3": "DNF"})
    four = run(games, 400, {"1": 50.00, "2": 48.00, "3": "DNS"})
    page = get(games, hundred, four)
    assert told(page) == [(1, "1", 963 + 815, 963, 815), (2, "2", 861 + 909, 861, 909), (3, "3", 0, 0, 0)]
    assert page["table"]["name"] == "combined-events"
    CombinedOut.model_validate(page)


def test_while_events_are_still_to_come_their_points_are_not_known(games: Games) -> None:
    hundred = run(games, 100, {"1": 10.55, "2": "?"})
    four = run(games, 400, {"1": "?", "3": 50.00})
    assert told(get(games, hundred, four)) == [
        (1, "1", 963, 963, None),
        (2, "3", 815, None, 815),
        (None, "2", 0, None, None),
    ]


def test_equal_points_share_the_rank(games: Games) -> None:
    hundred = run(games, 100, {"1": 10.55, "2": 10.55})
    assert [one[0] for one in told(get(games, hundred))] == [1, 1]


def test_r84_any_scoring_table_can_be_named(games: Games) -> None:
    hundred = run(games, 100, {"1": 10.00, "2": 10.71})
    page = get(games, hundred, table="world-athletics-approximation")
    assert [one[2] for one in told(page)] == [1206, 974]
    assert page["table"]["approximate"]


def test_r12_a_hand_time_is_made_comparable_before_it_is_scored(games: Games) -> None:
    hundred = run(games, 100, {"1": 10.3}, "hand")
    (one,) = get(games, hundred)["items"]
    (part,) = one["parts"]
    assert (part["mark"], part["scored_us"], part["points"]) == ("10.3h", 10_540_000, 966)


def test_one_of_sex_x_in_an_event_for_all_has_no_points_and_the_others_theirs(games: Games) -> None:
    event = games.organizer.sprint(games.meet, name="100 m", distance_m=100, sex="X")
    for bib, sex in (("1", "X"), ("2", "W"), ("3", "M")):
        games.organizer.register(event, bib, f"Runner{bib}", sex=sex)
    starters = [{"bib": bib, "lane": int(bib)} for bib in "123"]
    body = {"heats": [{"number": 1, "starters": starters}]}
    (heat,) = games.organizer.send("PUT", f"/events/{event}/rounds/final/heats", body).json()["heats"]
    found = [{"bib": bib, "elapsed_us": 12_000_000 + int(bib)} for bib in "123"]
    games.organizer.make(f"/heats/{heat['id']}/finishes", {"method": "photo_finish", "finishes": found})
    page = get(games, event)
    CombinedOut.model_validate(page)
    assert [(line[1], line[0], line[3] is None) for line in told(page)] == [
        ("2", 1, False),
        ("3", 2, False),
        ("1", None, True),
    ]
    reasons = [one["parts"][0]["unscored"] for one in page["items"]]
    assert reasons == [None, None, "'combined-events' has no formula for sex X"]


def test_what_a_table_does_not_score_is_refused(games: Games) -> None:
    path = f"/v1/meets/{games.meet}/combined"
    client, odd = games.organizer.client, run(games, 300, {"1": 40.0})
    problem(client.get(path, params={"events": odd}), 409, "no_formula")
    problem(client.get(path, params={"events": odd, "table": "magic"}), 404, "not_found")
    problem(client.get(path, params={"events": "evt_0"}), 404, "not_found")
    problem(client.get(path), 422, "invalid_request")
