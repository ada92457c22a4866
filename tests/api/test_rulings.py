"""Rulings over HTTP."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.organizer import Organizer, problem
from tests.api.races import Road, road


@pytest.fixture
def race(client: TestClient) -> Road:
    race = road(Organizer(client))
    race.gun()
    race.finish({"1": 1_800.0, "2": 1_810.0, "3": 1_820.0})
    return race


def test_a_disqualified_runner_gives_way(race: Road) -> None:
    ruling = race.rule("1", "dq", rule="TR17.3", reason="Cut the corner")
    assert (ruling["bib"], ruling["kind"], ruling["reason"], ruling["attempt"]) == ("1", "dq", "Cut the corner", 1)
    assert race.places() == {"2": 1, "3": 2, "1": None}
    assert race.organizer.get(f"/heats/{race.heat}/rulings/{ruling['id']}") == ruling
    assert race.organizer.items(f"/heats/{race.heat}/rulings") == [ruling]


def test_the_reason_is_kept_beside_the_log(race: Road) -> None:
    ruling = race.rule("1", "dq", reason="Cut the corner")
    entry = race.organizer.get(f"/meets/{race.meet}/log/{ruling['seq']}")
    assert (entry["kind"], entry["reason"]) == ("ruling", "Cut the corner")
    assert "Cut" not in str(entry["body"])


def test_later_rulings_win(race: Road) -> None:
    race.rule("1", "dq")
    race.rule("1", "reinstate")
    assert race.places()["1"] == 1
    race.rule("2", "time", elapsed_us=1_790_000_000)
    assert race.places()["2"] == 1
    race.rule("2", "penalty", elapsed_us=60_000_000)
    assert race.places()["2"] == 3


def test_undoing_a_ruling_and_undoing_that_bring_back_what_was(race: Road) -> None:
    before = race.places()
    seq = race.rule("1", "dq")["seq"]
    undone = race.organizer.make(f"/meets/{race.meet}/log/{seq}/undo")["seq"]
    assert race.places() == before
    assert race.organizer.items(f"/heats/{race.heat}/rulings") == []
    race.organizer.make(f"/meets/{race.meet}/log/{undone}/undo")
    assert race.places()["1"] is None


def test_rulings_come_in_pages(race: Road) -> None:
    made = [race.rule(bib, "note", reason=f"Bib {bib}")["id"] for bib in ("1", "2", "3")]
    assert [one["id"] for one in race.organizer.items(f"/heats/{race.heat}/rulings", limit=2)] == made


@pytest.mark.parametrize(
    ("body", "status", "code", "pointer"),
    [
        ({"bib": "99", "kind": "dq"}, 422, "not_in_heat", "/bib"),
        ({"bib": "1", "kind": "time"}, 422, "missing", "/elapsed_us"),
        ({"bib": "1", "kind": "dq", "elapsed_us": 1}, 422, "not_with_this_kind", "/elapsed_us"),
        ({"bib": "1", "kind": "dq", "how": "lots"}, 422, "not_with_this_kind", "/how"),
        ({"bib": "1", "kind": "card"}, 422, "missing", "/card"),
        ({"bib": "1", "kind": "note"}, 422, "no_reason", "/reason"),
        ({"bib": "1", "kind": "reinstate"}, 409, "nothing_to_lift", "/kind"),
        ({"bib": "1", "kind": "banned"}, 422, "invalid_request", "/kind"),
        ({"kind": "dq"}, 422, "invalid_request", "/bib"),
        ({"bib": "1", "kind": "dq", "reason": "two\nlines"}, 422, "invalid_request", "/reason"),
    ],
)
def test_a_ruling_that_makes_no_sense_is_refused_and_nothing_is_stored(
    race: Road, body: dict[str, Any], status: int, code: str, pointer: str
) -> None:
    problem(race.organizer.post(f"/heats/{race.heat}/rulings", body), status, code, pointer)
    assert race.organizer.items(f"/heats/{race.heat}/rulings") == []


def test_a_ruling_is_found_in_its_own_heat_only(race: Road) -> None:
    other, id = road(race.organizer, ("1",)), race.rule("1", "dq")["id"]
    problem(race.organizer.client.get(f"/v1/heats/{other.heat}/rulings/{id}"), 404, "not_found")
