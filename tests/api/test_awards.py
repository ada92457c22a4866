"""Awards over HTTP (R67): overall and by age groups, nobody twice."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.schemas.awards import AwardOut, AwardsOut
from tests.api.organizer import Organizer
from tests.api.races import Road, road, show

WOMEN = {"A": 38, "B": 25, "C": 36, "D": 37, "E": 39}
CATEGORIES = [
    {"name": "W-SEN", "sex": "W", "max_age": 34, "age_on": "race_day"},
    {"name": "W35", "sex": "W", "min_age": 35, "age_on": "race_day"},
]


def race_of(client: TestClient, rules: dict[str, Any], **event: Any) -> Road:
    organizer = Organizer(client)
    race = road(organizer, (), rules={"awards": rules}, **{"categories": CATEGORIES, **event})
    for bib, age in WOMEN.items():
        organizer.register(race.event, bib, sex="W", age=age, chips=[f"C{bib}"])
    race.gun()
    for place, bib in enumerate(WOMEN):
        race.read("Start", bib, 1.0 + 30 * place)
        race.read("Finish", bib, 2_400.0 + place)
    return race


def won(race: Road) -> list[tuple[str | None, int, str]]:
    return [(one["category"], one["place"], one["bib"]) for one in race.organizer.items(f"/events/{race.event}/awards")]


@pytest.mark.parametrize(("top", "winner"), [(3, "D"), (0, "A")])
def test_r67_who_wins_overall_wins_no_age_group(client: TestClient, top: int, winner: str) -> None:
    race = race_of(client, {"overall_top": top, "by_group": 1})
    given = won(race)
    assert given[:top] == [(None, place, bib) for place, bib in enumerate("ABC"[:top], 1)]
    assert ("W35", 1, winner) in given


def test_r67_results_of_the_age_group_leave_nobody_out(client: TestClient) -> None:
    race = race_of(client, {"overall_top": 3, "by_group": 2})
    (fourth, fifth) = [
        (one["bib"], one["place"], one["place_category"], one["place_sex"])
        for one in race.organizer.items(f"/events/{race.event}/awards", limit=2)
        if one["award"] == "group"
    ]
    assert (fourth, fifth) == (("D", 1, 3, 4), ("E", 2, 4, 5))


def test_r67_by_net_time_where_the_rules_say_so(client: TestClient) -> None:
    race = race_of(client, {"group_basis": "net", "by_group": 1})
    assert ("W35", 1, "E") in won(race)


def test_r67_both_awards_where_the_rules_allow_it(client: TestClient) -> None:
    race = race_of(client, {"overall_top": 1, "by_group": 1, "double_dipping": True})
    assert won(race) == [(None, 1, "A"), ("W-SEN", 1, "B"), ("W35", 1, "A")]


def test_a_disqualification_moves_the_awards(client: TestClient) -> None:
    race = race_of(client, {"overall_top": 1, "by_group": 1})
    race.rule("A", "dq", rule="TR6.3")
    assert won(race) == [(None, 1, "B"), ("W35", 1, "C")]


def test_an_answer_says_by_which_rules(client: TestClient) -> None:
    race = race_of(client, {"overall_top": 2})
    answer = race.organizer.get(f"/events/{race.event}/awards")
    AwardsOut.model_validate(answer)
    assert answer["items"][0].keys() == AwardOut.model_fields.keys()
    assert (answer["rules"]["overridden"], answer["rules"]["overall_top"]) == (["awards.overall_top"], 2)


def test_the_public_sees_who_won(client: TestClient) -> None:
    race = race_of(client, {"overall_top": 1})
    show(race.organizer, race.meet, "public")
    answer = client.get(f"/v1/events/{race.event}/awards", headers={"Authorization": ""})
    assert answer.status_code == 200
    assert answer.json()["items"][0]["bib"] == "A"


def test_r76_a_retro_championship_has_its_age_classes_by_itself(client: TestClient) -> None:
    race = race_of(client, {"by_group": 1}, direction="backward", categories=[])
    assert won(race) == [("Main", 1, "A")]


def test_r77_a_para_class_is_a_category_of_the_entry(client: TestClient) -> None:
    organizer = Organizer(client)
    race = road(organizer, (), rules={"awards": {"by_group": 1}})
    for bib, group in (("1", "T43"), ("2", "T20"), ("3", "T43")):
        organizer.register(race.event, bib, category=group, chips=[f"C{bib}"])
    race.gun()
    race.finish({"1": 2_400.0, "2": 2_500.0, "3": 2_300.0})
    assert won(race) == [("T20", 1, "2"), ("T43", 1, "3")]
    assert race.places(category="T43") == {"3": 1, "1": 2}
