"""Medal and placing tables over HTTP (R58, R59)."""

from dataclasses import dataclass
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.schemas.medals import MedalsOut, PlacingsOut
from tests.api.organizer import Organizer
from tests.api.races import show

HEATS = [{"name": "heats", "advance": {"places": 1, "times": 0}}, {"name": "final"}]


@dataclass
class Games:
    organizer: Organizer
    meet: str

    def entered(self, *bibs: str, round: str = "final", **event: Any) -> tuple[str, str]:
        """An event and its heat; a bib begins with its nation, and is drawn into a lane."""
        id = self.organizer.sprint(self.meet, **event)
        for bib in bibs:
            nation = {"nation": bib[:3], "club": f"TV {bib[:3]}"} if bib[0] != "-" else {}
            self.organizer.register(id, bib, f"Runner{bib}", given_name="Ada", **nation)
        starters = [{"bib": bib, "lane": lane} for lane, bib in enumerate(bibs, 1)]
        answer = self.organizer.send(
            "PUT", f"/events/{id}/rounds/{round}/heats", {"heats": [{"number": 1, "starters": starters}]}
        )
        assert answer.status_code == 200, answer.text
        return id, answer.json()["heats"][0]["id"]

    def finished(self, heat: str, **times: float | str) -> None:
        finishes = [
            {"bib": bib, **({"status": time} if isinstance(time, str) else {"elapsed_us": round(time * 1e6)})}
            for bib, time in times.items()
        ]
        self.organizer.make(f"/heats/{heat}/finishes", {"method": "photo_finish", "finishes": finishes})

    def event(self, **times: float | str) -> str:
        id, heat = self.entered(*times)
        self.finished(heat, **times)
        return id

    def medals(self, **query: Any) -> list[tuple[Any, ...]]:
        lines = self.organizer.items(f"/meets/{self.meet}/medals", **query)
        return [(one["rank"], one["name"], one["gold"], one["silver"], one["bronze"]) for one in lines]

    def placings(self, **query: Any) -> list[tuple[Any, ...]]:
        lines = self.organizer.items(f"/meets/{self.meet}/placings", **query)
        return [(one["rank"], one["name"], one["points"]) for one in lines]

    def events(self, **query: Any) -> dict[str, tuple[str, bool]]:
        told = self.organizer.get(f"/meets/{self.meet}/medals", **query)["events"]
        return {one["event_id"]: (one["stage"], one["counted"]) for one in told}


@pytest.fixture
def games(client: TestClient) -> Games:
    organizer = Organizer(client)
    return Games(organizer, organizer.meet(bib_scope="event", lanes=9))


def test_r58_shared_places_make_shared_medals(games: Games) -> None:
    games.event(NOR1=10.0, SWE1=10.0, DEN1=10.2)
    assert games.medals() == [(1, "NOR", 1, 0, 0), (1, "SWE", 1, 0, 0), (3, "DEN", 0, 0, 1)]


def test_r59_shared_places_share_their_points_exactly(games: Games) -> None:
    games.event(NOR1=10.0, SWE1=10.0, DEN1=10.2, FIN1=10.3, ISL1=10.3, EST1=10.3, LAT1="DQ")
    assert games.placings() == [
        (1, "NOR", "7.5"),
        (1, "SWE", "7.5"),
        (3, "DEN", "6"),
        (4, "EST", "4"),
        (4, "FIN", "4"),
        (4, "ISL", "4"),
    ]


def test_nine_level_at_the_front_have_four_points_each(games: Games) -> None:
    """Edge case 12: (8+7+…+1+0) / 9."""
    games.event(**{f"N{n:02}": 10.0 for n in range(1, 10)})
    assert {points for _, _, points in games.placings()} == {"4"}


def test_a_line_says_what_it_rests_on(games: Games) -> None:
    event = games.event(NOR1=10.0, NOR2=10.1, SWE1=10.2)
    (norway, sweden) = games.organizer.items(f"/meets/{games.meet}/placings")
    assert [(one["event_id"], one["place"], one["bib"], one["points"]) for one in norway["because"]] == [
        (event, 1, "NOR1", "8"),
        (event, 2, "NOR2", "7"),
    ]
    assert sweden["places"] == [0, 0, 1, 0, 0, 0, 0, 0]
    MedalsOut.model_validate(games.organizer.get(f"/meets/{games.meet}/medals"))
    PlacingsOut.model_validate(games.organizer.get(f"/meets/{games.meet}/placings"))


def test_only_finals_count(games: Games) -> None:
    event, heat = games.entered("NOR1", "SWE1", round="heats", rounds=HEATS)
    games.finished(heat, NOR1=10.0, SWE1=10.1)
    assert games.medals() == []
    assert games.events() == {event: ("to_come", False)}


def test_a_relay_team_wins_one_medal(games: Games) -> None:
    _, heat = games.entered("NOR", "SWE", relay_legs=4)
    games.finished(heat, NOR=40.0, SWE=41.0)
    assert games.medals() == [(1, "NOR", 1, 0, 0), (2, "SWE", 0, 1, 0)]


def test_which_events_count_is_asked_for_and_told(games: Games) -> None:
    running, heat = games.entered("NOR1", "SWE1")
    games.finished(heat, NOR1=10.0)
    done = games.event(DEN1=10.0)
    announced = games.event(FIN1=10.0)
    games.organizer.make(f"/events/{announced}/publications", {"status": "official"})
    assert games.events() == {running: ("running", False), done: ("finished", True), announced: ("official", True)}
    assert [name for _, name, *_ in games.medals()] == ["DEN", "FIN"]
    assert [name for _, name, *_ in games.medals(least="official")] == ["FIN"]
    assert [name for _, name, *_ in games.medals(least="running")] == ["DEN", "FIN", "NOR"]


def test_a_final_in_several_heats_is_one_field(games: Games) -> None:
    event = games.organizer.sprint(games.meet)
    for bib in ("NOR1", "SWE1"):
        games.organizer.register(event, bib, f"Runner{bib}", nation=bib[:3])
    heats = [{"number": n, "starters": [{"bib": bib, "lane": 4}]} for n, bib in ((1, "NOR1"), (2, "SWE1"))]
    answer = games.organizer.send("PUT", f"/events/{event}/rounds/final/heats", {"heats": heats}).json()
    for heat, finish in zip(answer["heats"], ({"NOR1": 10.2}, {"SWE1": 10.1}), strict=True):
        games.finished(heat["id"], **finish)
    assert games.medals() == [(1, "SWE", 1, 0, 0), (2, "NOR", 0, 1, 0)]


def test_the_judge_separates_medals(games: Games) -> None:
    _, heat = games.entered("NOR1", "SWE1")
    finishes = [{"bib": bib, "elapsed_us": 10_000_000, "place": place} for bib, place in (("NOR1", 2), ("SWE1", 1))]
    games.organizer.make(f"/heats/{heat}/finishes", {"method": "photo_finish", "finishes": finishes})
    assert games.medals() == [(1, "SWE", 1, 0, 0), (2, "NOR", 0, 1, 0)]


def test_by_club(games: Games) -> None:
    games.event(NOR1=10.0, SWE1=10.1)
    assert games.medals(by="club") == [(1, "TV NOR", 1, 0, 0), (2, "TV SWE", 0, 1, 0)]


def test_who_has_no_nation_takes_the_place_and_counts_for_nobody(games: Games) -> None:
    games.event(**{"-1": 10.0, "SWE1": 10.1})
    assert games.medals() == [(1, "SWE", 0, 1, 0)]


def test_points_are_those_of_the_ruleset_of_each_event(games: Games) -> None:
    _, heat = games.entered("NOR1", "SWE1", rules={"points": {"placing": [5, 3]}})
    games.finished(heat, NOR1=10.0, SWE1=10.1)
    games.event(SWE1=10.0)
    assert games.placings() == [(1, "SWE", "11"), (2, "NOR", "5")]


def test_tables_move_with_a_ruling_and_can_be_asked_for_as_they_were(games: Games) -> None:
    _, heat = games.entered("NOR1", "SWE1")
    games.finished(heat, NOR1=10.0, SWE1=10.1)
    path = f"/meets/{games.meet}/medals"
    before, tag = games.organizer.get(path), games.organizer.tag(path)
    games.organizer.make(f"/heats/{heat}/rulings", {"bib": "NOR1", "kind": "dq", "rule": "TR17.3"})
    assert games.medals() == [(1, "SWE", 1, 0, 0)]
    assert games.organizer.tag(path) != tag
    assert games.organizer.get(path, as_of=before["seq"])["items"] == before["items"]


def test_a_withdrawn_event_leaves_the_table(games: Games) -> None:
    gone, kept = games.organizer.sprint(games.meet), games.event(NOR1=10.0)
    path = f"/meets/{games.meet}/medals"
    tag = games.organizer.tag(path)
    assert games.organizer.send("DELETE", f"/events/{gone}", match="now").status_code == 204
    assert games.organizer.tag(path) != tag
    assert list(games.events()) == [kept]


def test_tables_have_pages(games: Games) -> None:
    games.event(NOR1=10.0, SWE1=10.1, DEN1=10.2)
    assert games.medals(limit=1) == [(1, "NOR", 1, 0, 0), (2, "SWE", 0, 1, 0), (3, "DEN", 0, 0, 1)]


def test_the_nation_of_who_is_a_bib_alone_is_told_by_no_medal(games: Games) -> None:
    games.event(NOR1=10.0, SWE1=10.1)
    show(games.organizer, games.meet, "public")
    runner = games.organizer.items(f"/meets/{games.meet}/athletes")[0]
    games.organizer.send("PATCH", f"/athletes/{runner['id']}", {"publish_name": "bib"}, match="now")
    answer = games.organizer.client.get(f"/v1/meets/{games.meet}/medals", headers={"Authorization": ""}).json()
    assert [one["name"] for one in answer["items"]] == ["SWE"]
    assert len(games.medals()) == 2


def test_an_empty_meet_has_empty_tables(games: Games) -> None:
    assert (games.medals(), games.placings(), games.events()) == ([], [], {})


@pytest.mark.parametrize("table", ["medals", "placings"])
def test_before_the_meet_was_described_nobody_had_won_anything(games: Games, table: str) -> None:
    games.entered("NOR1", "KEN2")
    assert games.organizer.get(f"/meets/{games.meet}/{table}", as_of=0)["items"] == []
