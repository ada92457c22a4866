"""Team tables over HTTP: cross-country by places, road by times, live and as they were (R80, R81)."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.schemas.teams import MemberOut, TeamScoreOut, TeamsOut
from tests.api.organizer import Organizer, problem
from tests.api.races import Road, road, show

CROSS = {"scored": "cross_country"}


def cross_country(client: TestClient, teams: str, finish: str, **rules: Any) -> Road:
    """`A1 A2 …` and who finishes, in order, a second apart; a bib begins with the name of its team."""
    race = road(Organizer(client), (), rules={"teams": {**CROSS, **({"cross_country": rules} if rules else {})}})
    for bib in teams.split():
        sex = "W" if bib.endswith("w") else "M"
        team = {} if bib.startswith("-") else {"team": bib[0]}
        race.organizer.register(race.event, bib, f"Runner{bib}", sex=sex, chips=[f"C{bib}"], **team)
    race.gun()
    race.finish({bib: 1_800.0 + n for n, bib in enumerate(finish.split())})
    return race


def teams(race: Road, **query: Any) -> list[Any]:
    return race.organizer.items(f"/events/{race.event}/teams", **query)


def told(race: Road, **query: Any) -> list[tuple[Any, ...]]:
    return [(one["place"], one["team"], one["score"]) for one in teams(race, **query)]


ORDER = "A1 B2 B3 A4 C5 C6 C7 -8 A9 B10 B11 A12"


@pytest.fixture
def race(client: TestClient) -> Road:
    """Places 1, 4, 9, 12 against 2, 3, 10, 11: both 26; a third team of three."""
    return cross_country(client, ORDER, ORDER)


def test_r80_level_teams_go_by_the_last_who_scores(race: Road) -> None:
    assert told(race) == [(1, "B", 26), (2, "A", 26), (None, "C", None)]
    best, second, incomplete = teams(race)
    assert best["because"] == [
        "2 + 3 + 10 + 11 = 26 (R80)",
        "before A on the same score: the last who scores is in place 11, there 12 (R80)",
    ]
    assert second["because"][1] == "behind B on the same score: the last who scores is in place 12, there 11 (R80)"
    assert incomplete["because"] == ["3 of 4 who must score have a place (R80)"]
    assert [one["bib"] for one in incomplete["others"]] == ["C5", "C6", "C7"]


def test_r80_renumbered_only_those_of_whole_teams_count(client: TestClient) -> None:
    race = cross_country(client, ORDER, ORDER, renumber=True)
    first, second, _ = teams(race)
    assert [one["place"] for one in first["scorers"] + second["scorers"]] == [2, 3, 6, 7, 1, 4, 5, 8]
    assert told(race)[:2] == [(1, "B", 18), (2, "A", 18)]
    page = race.organizer.get(f"/events/{race.event}/teams")
    assert page["rules"]["renumber"]
    assert page["rules"]["overridden"] == ["teams.cross_country.renumber", "teams.scored"]


def test_r81_on_the_road_the_times_of_the_best_three_add_up(client: TestClient) -> None:
    race = road(Organizer(client), ())
    for bib in ("A1", "A2", "A3", "A4", "B1"):
        race.organizer.register(race.event, bib, f"Runner{bib}", chips=[f"C{bib}"], team=bib[0])
    race.gun()
    race.finish({"A1": 1_861.5, "A2": 1_900.0, "A3": 1_985.0, "A4": 2_000.0, "B1": 1_800.0})
    best, other = teams(race)
    assert (best["place"], best["team"], best["mark"]) == (1, "A", "1:35:47")
    assert best["score"] == 5_747_000_000
    assert best["because"] == ["31:02 + 31:40 + 33:05 = 1:35:47 (R81)"]
    assert [one["bib"] for one in best["others"]] == ["A4"]
    assert (other["place"], other["mark"]) == (None, None)


def test_women_that_must_score_and_the_gap_that_must_be_kept(client: TestClient) -> None:
    """As a club asks for: three score, one of them a woman, all within five seconds."""
    rules = {"scoring": 3, "starting": 6, "min_women": 1, "max_gap_us": 5_000_000}
    order = "A1 A2 A3 A4w B1 B2 B3 C1 C2w -1 -2 -3 -4 C3"
    race = cross_country(client, order, order, **rules)
    assert told(race) == [(1, "A", 1 + 2 + 4), (None, "B", None), (None, "C", None)]
    _, men, apart = teams(race)
    assert men["because"] == ["0 of 1 women who must score have a place (R80)"]
    assert apart["because"] == ["no 3 are within 0:05 of each other (R80)"]


def test_a_team_table_is_live_and_can_be_asked_for_as_it_was(client: TestClient) -> None:
    race = cross_country(client, ORDER, "A1 B2 B3 A4 A9 A12")
    path = f"/events/{race.event}/teams"
    before, tag = race.organizer.get(path), race.organizer.tag(path)
    assert told(race) == [(1, "A", 1 + 4 + 5 + 6), (None, "B", None), (None, "C", None)]
    race.read("Finish", "B10", 1_900.0)
    race.read("Finish", "B11", 1_901.0)
    assert told(race)[:2] == [(1, "A", 16), (2, "B", 2 + 3 + 7 + 8)]
    assert race.organizer.tag(path) != tag
    assert race.organizer.get(path, as_of=before["seq"])["items"] == before["items"]


def test_a_disqualified_runner_moves_the_teams(race: Road) -> None:
    race.rule("B11", "dq", rule="TR17.1")
    assert told(race) == [(1, "A", 1 + 4 + 9 + 11), (None, "B", None), (None, "C", None)]


def test_teams_of_one_sex_score_by_the_places_within_it(client: TestClient) -> None:
    order = "A1 A2w A3w A4w A5w"
    race = cross_country(client, order, order)
    assert told(race, sex="W") == [(1, "A", 1 + 2 + 3 + 4)]
    assert told(race) == [(1, "A", 1 + 2 + 3 + 4)]
    assert [one["bib"] for one in teams(race, sex="W")[0]["scorers"]] == ["A2w", "A3w", "A4w", "A5w"]
    assert told(race, sex="M") == [(None, "A", None)]


def test_guests_and_pacers_score_for_nobody(client: TestClient) -> None:
    race = cross_country(client, "A1 A2 A3 A4", "A1")
    race.organizer.register(race.event, "A0", "Pacer", role="pacer", team="A", chips=["CA0"])
    race.organizer.register(race.event, "G0", "Guest", role="guest", team="G", chips=["CG0"])
    race.finish({"A0": 1_700.0, "A2": 1_802.0, "A3": 1_803.0, "G0": 1_600.0})
    assert told(race) == [(None, "A", None)]
    assert [one["bib"] for one in teams(race)[0]["others"]] == ["A1", "A2", "A3"]


def test_pages_and_fields_are_the_documented_ones(race: Road) -> None:
    page = race.organizer.get(f"/events/{race.event}/teams", limit=1)
    TeamsOut.model_validate(page)
    assert page["items"][0].keys() == TeamScoreOut.model_fields.keys()
    assert page["items"][0]["scorers"][0].keys() == MemberOut.model_fields.keys()
    rest = race.organizer.get(f"/events/{race.event}/teams", limit=1, cursor=page["next_cursor"])
    assert rest["items"][0]["team"] == "A"


def test_members_are_shown_as_they_wish(race: Road) -> None:
    show(race.organizer, race.meet, "public")
    runner = next(one for one in race.organizer.items(f"/meets/{race.meet}/athletes") if one["bibs"] == ["B2"])
    race.organizer.send("PATCH", f"/athletes/{runner['id']}", {"publish_name": "bib"}, match="now")
    answer = race.organizer.client.get(f"/v1/events/{race.event}/teams", headers={"Authorization": ""})
    assert answer.json()["items"][0]["scorers"][0]["name"] == "Bib B2"


def test_team_rules_that_no_team_could_satisfy_are_refused(client: TestClient) -> None:
    organizer = Organizer(client)
    body = {"rules": {"teams": {"road": {"scoring": 4, "starting": 3}}}}
    meet = organizer.meet()
    event = organizer.event(meet)
    problem(
        organizer.send("PATCH", f"/events/{event}", body, match="now"),
        422,
        "out_of_range",
        "/rules/teams/road/starting",
    )
