"""What would change, over HTTP."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.organizer import Organizer, problem
from tests.api.races import Road, after_gun, road, written


@pytest.fixture
def race(client: TestClient) -> Road:
    race = road(Organizer(client))
    race.gun()
    race.read("Start", "2", 20.0)
    race.finish({"1": 1_800.0, "2": 1_810.0})
    return race


def supposed(race: Road, *facts: dict[str, Any]) -> dict[str, tuple[int | None, int | None]]:
    """Bib → places before and after."""
    answer = race.organizer.make(f"/events/{race.event}/what-if", {"facts": list(facts)}, expect=200)
    return {one["bib"]: (one["before"]["place"], one["after"]["place"]) for one in answer["changes"]}


def test_a_ruling_would_move_those_behind_and_nothing_is_stored(race: Road) -> None:
    head = race.organizer.items(f"/meets/{race.meet}/log")
    ruling = {"kind": "ruling", "heat_id": race.heat, "ruling": {"bib": "1", "kind": "dq", "reason": "Perhaps"}}
    assert supposed(race, ruling) == {"1": (1, None), "2": (2, 1)}
    assert race.organizer.items(f"/meets/{race.meet}/log") == head
    assert race.places()["1"] == 1


def test_another_ranking_gun_chip_or_undoing(race: Road) -> None:
    assert supposed(race, {"kind": "event", "event": {"ranking": "net"}}) == {"1": (1, 2), "2": (2, 1)}
    assert supposed(race, {"kind": "start", "heat_id": race.heat, "at": written(-60.0)}).keys() == {"1", "2"}
    race.post("Finish", [{"seq": 50, "chip": "C99", "at": after_gun(1_700.0)}])
    chip = {"kind": "chip_assignment", "chip": "C99", "bib": "3"}
    assert supposed(race, chip) == {"3": (None, 1), "1": (1, 2), "2": (2, 3)}
    seq = race.rule("1", "dq")["seq"]
    assert supposed(race, {"kind": "undo", "seq": seq}) == {"1": (None, 1), "2": (1, 2)}


def test_a_read_that_would_be_ruled_out(race: Road) -> None:
    (read,) = race.organizer.items(f"/meets/{race.meet}/reads", bib="1")
    assert supposed(race, {"kind": "read_ruled_out", "seq": read["seq"]}) == {"1": (1, None), "2": (2, 1)}
    assert race.places()["1"] == 1
    wrong = {"facts": [{"kind": "read_ruled_out", "seq": 1}]}
    told = problem(race.organizer.post(f"/events/{race.event}/what-if", wrong), 409, "not_a_read")
    assert told["errors"][0]["pointer"] == "/facts/0/seq"


def test_r14_a_false_start_would_put_out_who_caused_it(race: Road) -> None:
    fact = {"kind": "false_start", "heat_id": race.heat, "runners": [{"bib": "1", "reaction_us": 82_000}]}
    assert supposed(race, fact) == {"1": (1, None), "2": (2, 1)}
    assert race.places()["1"] == 1


def test_facts_are_supposed_one_after_the_other(race: Road) -> None:
    rulings = [
        {"kind": "ruling", "heat_id": race.heat, "ruling": {"bib": "1", "kind": kind}} for kind in ("dq", "reinstate")
    ]
    assert supposed(race, *rulings) == {}


@pytest.mark.parametrize(
    ("fact", "status", "code", "pointer"),
    [
        ({"kind": "miracle"}, 422, "invalid_request", "/facts/0"),
        ({"heat_id": "heat_1"}, 422, "invalid_request", "/facts/0"),
        ({"kind": "false_start", "heat_id": "heat_1", "runners": []}, 422, "invalid_request", "/facts/0/runners"),
        ({"kind": "undo", "seq": 0}, 422, "invalid_request", "/facts/0/seq"),
        ({"kind": "undo", "seq": 99_999}, 404, "not_found", "/facts/0/seq"),
        ({"kind": "chip_assignment", "chip": "C1", "bib": "3"}, 409, "chip_taken", "/facts/0/chip"),
        ({"kind": "start", "heat_id": "heat_1", "at": "2026-06-06T10:00:00"}, 422, "invalid_request", "/facts/0/at"),
        (
            {"kind": "event", "event": {"points": [{"name": "A", "distance_m": 0}]}},
            422,
            "no_finish",
            "/facts/0/event/points",
        ),
    ],
)
def test_what_could_not_be_recorded_cannot_be_supposed(
    race: Road, fact: dict[str, Any], status: int, code: str, pointer: str | None
) -> None:
    problem(race.organizer.post(f"/events/{race.event}/what-if", {"facts": [fact]}), status, code, pointer)


def test_a_ruling_that_is_wrong_says_where(race: Road) -> None:
    fact = {"kind": "ruling", "heat_id": race.heat, "ruling": {"bib": "1", "kind": "banned"}}
    answer = race.organizer.post(f"/events/{race.event}/what-if", {"facts": [fact]})
    problem(answer, 422, "invalid_request", "/facts/0/ruling/kind")


def test_a_ruling_that_would_be_refused_says_where(race: Road) -> None:
    path = f"/events/{race.event}/what-if"
    stranger = {"kind": "ruling", "heat_id": race.heat, "ruling": {"bib": "99", "kind": "dq"}}
    problem(race.organizer.post(path, {"facts": [stranger]}), 422, "not_in_heat", "/facts/0/ruling/bib")
    false_start = {"kind": "false_start", "heat_id": race.heat, "runners": [{"bib": "1"}, {"bib": "99"}]}
    problem(race.organizer.post(path, {"facts": [false_start]}), 422, "not_in_heat", "/facts/0/runners/1/bib")
    elsewhere = {**stranger, "heat_id": f"{race.heat[:-4]}0000"}
    gun = {"kind": "start", "heat_id": race.heat, "at": written(-60.0)}
    problem(race.organizer.post(path, {"facts": [gun, elsewhere]}), 404, "not_found", "/facts/1/heat_id")


def test_a_closed_meet_may_still_be_asked(race: Road) -> None:
    race.organizer.make(f"/meets/{race.meet}/close", expect=200)
    assert supposed(race, {"kind": "ruling", "heat_id": race.heat, "ruling": {"bib": "1", "kind": "dq"}})
