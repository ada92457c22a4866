"""The log of a meet over HTTP, and undoing."""

import re

import pytest
from starlette.testclient import TestClient

from tests.api.organizer import Organizer, problem
from tests.api.races import road


def kinds(organizer: Organizer, meet: str) -> list[tuple[int, str, bool]]:
    return [(one["seq"], one["kind"], one["undone"]) for one in organizer.items(f"/meets/{meet}/log", limit=2)]


def test_the_log_says_who_did_what_and_when(organizer: Organizer, meet: str) -> None:
    event = organizer.event(meet)
    organizer.register(event, "7")
    assert [kind for _, kind, _ in kinds(organizer, meet)] == [
        "meet_described", "event_described", "athlete_described", "registered"
    ]  # fmt: skip
    entry = organizer.get(f"/meets/{meet}/log/4")
    assert entry["body"]["bib"] == "7"
    assert entry["actor_id"].startswith("tok_")
    assert entry["at"].endswith("Z")


def test_no_fact_holds_a_name_or_a_birth_date(organizer: Organizer, meet: str) -> None:
    organizer.register(organizer.event(meet), "7", "Brandt", given_name="Ida", birth_date="1994-09-26")
    text = organizer.client.get(f"/v1/meets/{meet}/log").text
    # By themselves: an id may have the same four digits in it.
    assert re.findall(r"\b(?:Brandt|Ida|1994)\b", text) == []


def test_a_start_is_undone_and_brought_back(organizer: Organizer, meet: str) -> None:
    event = organizer.event(meet)
    (heat,) = organizer.drawn(event)
    organizer.start(meet, heat)
    start = kinds(organizer, meet)[-1][0]
    undoing = organizer.make(f"/meets/{meet}/log/{start}/undo", {"reason": "Entered in the wrong heat"})
    assert undoing == {"seq": start + 1, "undone": start}
    assert organizer.get(f"/heats/{heat}")["state"] == "drawn"
    assert kinds(organizer, meet)[-2:] == [(start, "start_signal", True), (start + 1, "undone", False)]
    assert organizer.get(f"/meets/{meet}/log/{start + 1}")["reason"] == "Entered in the wrong heat"
    organizer.make(f"/meets/{meet}/log/{undoing['seq']}/undo")
    assert organizer.get(f"/heats/{heat}")["state"] == "started"


def test_undoing_moves_every_etag_that_it_may_change(organizer: Organizer, meet: str) -> None:
    event = organizer.event(meet)
    (heat,) = organizer.drawn(event)
    organizer.start(meet, heat)
    start = kinds(organizer, meet)[-1][0]
    before = organizer.tag(f"/heats/{heat}")
    organizer.make(f"/meets/{meet}/log/{start}/undo")
    assert organizer.tag(f"/heats/{heat}") != before


def test_a_chip_assignment_and_a_draw_can_be_undone(organizer: Organizer, meet: str) -> None:
    event = organizer.event(meet)
    organizer.register(event, "7")
    chip = organizer.make(f"/meets/{meet}/chip-assignments", {"chip": "C1", "bib": "7"})
    organizer.make(f"/meets/{meet}/log/{chip['seq']}/undo")
    problem(organizer.client.get(f"/v1/chip-assignments/{chip['id']}"), 404, "not_found")
    draw = organizer.make(f"/events/{event}/rounds/final/draw", expect=200)
    organizer.make(f"/meets/{meet}/log/{draw['seq']}/undo")
    assert organizer.heats(event) == []


def test_a_draw_stays_while_a_start_depends_on_it(organizer: Organizer, meet: str) -> None:
    event = organizer.event(meet)
    draw = organizer.make(f"/events/{event}/rounds/final/draw", expect=200)
    organizer.start(meet, draw["heats"][0]["id"])
    problem(organizer.post(f"/meets/{meet}/log/{draw['seq']}/undo"), 409, "facts_depend")


def test_what_is_undone_is_not_undone_again(organizer: Organizer, meet: str) -> None:
    draw = organizer.make(f"/events/{organizer.event(meet)}/rounds/final/draw", expect=200)
    organizer.make(f"/meets/{meet}/log/{draw['seq']}/undo")
    problem(organizer.post(f"/meets/{meet}/log/{draw['seq']}/undo"), 409, "already_undone")


def test_a_description_is_changed_and_not_undone(organizer: Organizer, meet: str) -> None:
    problem(organizer.post(f"/meets/{meet}/log/1/undo"), 409, "not_undoable")


@pytest.mark.parametrize("seq", ["99", "9007199254740991"])
def test_a_position_where_nothing_is_recorded_is_not_found(organizer: Organizer, meet: str, seq: str) -> None:
    problem(organizer.client.get(f"/v1/meets/{meet}/log/{seq}"), 404, "not_found")
    problem(organizer.post(f"/meets/{meet}/log/{seq}/undo"), 404, "not_found")


@pytest.mark.parametrize("seq", ["0", "x", "-1", "1.5"])
def test_a_position_is_a_number_from_one(organizer: Organizer, meet: str, seq: str) -> None:
    problem(organizer.client.get(f"/v1/meets/{meet}/log/{seq}"), 422, "invalid_request")


def test_the_log_is_for_officials(organizer: Organizer, meet: str, anonymous: TestClient) -> None:
    organizer.send("PATCH", f"/meets/{meet}", {"visibility": "public"}, "now")
    problem(anonymous.get(f"/v1/meets/{meet}/log"), 401, "unidentified")


def test_a_read_is_not_undone_but_ruled_on(organizer: Organizer) -> None:
    race = road(organizer)
    race.gun()
    race.finish({"1": 1_800.0})
    (read,) = organizer.items(f"/meets/{race.meet}/reads")
    told = problem(organizer.post(f"/meets/{race.meet}/log/{read['seq']}/undo"), 409, "is_a_read")["detail"]
    assert told.startswith(f"position {read['seq']} is a read: reads are never removed; rule it out (reads/")
    assert told.endswith("or rule on the time of the runner (rulings, kind time)")
    supposed = {"facts": [{"kind": "undo", "seq": read["seq"]}]}
    problem(organizer.post(f"/events/{race.event}/what-if", supposed), 409, "is_a_read")
    race.rule("1", "time", elapsed_us=1_799_000_000)
    assert race.standings()[0]["elapsed_us"] == 1_799_000_000
