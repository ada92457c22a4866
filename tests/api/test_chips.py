"""Chip assignments over HTTP."""

import pytest
from starlette.testclient import TestClient

from tests.api.organizer import Organizer, problem

MORNING, NOON, EVENING = "2026-06-06T08:00:00Z", "2026-06-06T12:00:00Z", "2026-06-06T20:00:00Z"


@pytest.fixture
def meet(organizer: Organizer) -> str:
    """With bibs 7 and 8."""
    meet = organizer.meet()
    event = organizer.event(meet)
    for bib in ("7", "8"):
        organizer.register(event, bib)
    return meet


def assign(organizer: Organizer, meet: str, chip: str, bib: str, **times: str) -> str:
    return str(organizer.make(f"/meets/{meet}/chip-assignments", {"chip": chip, "bib": bib, **times})["id"])


def test_a_chip_is_handed_out_for_a_time(organizer: Organizer, meet: str) -> None:
    body = {"chip": "C1", "bib": "7", "from": "2026-06-06T10:00:00+02:00", "until": NOON}
    made = organizer.make(f"/meets/{meet}/chip-assignments", body)
    shown = organizer.get(f"/chip-assignments/{made['id']}")
    assert shown == made
    assert (shown["chip"], shown["bibs"]) == ("C1", ["7"])
    assert (shown["from"], shown["until"]) == ("2026-06-06T08:00:00.000000Z", "2026-06-06T12:00:00.000000Z")


def test_a_time_without_an_offset_names_no_instant(organizer: Organizer, meet: str) -> None:
    body = {"chip": "C1", "bib": "7", "from": "2026-06-06T10:00:00"}
    answer = organizer.post(f"/meets/{meet}/chip-assignments", body)
    assert problem(answer, 422, "invalid_request", "/from")["errors"][0]["code"] == "local_time"


def test_a_chip_names_one_athlete_at_any_instant(organizer: Organizer, meet: str) -> None:
    assign(organizer, meet, "C1", "7", **{"from": MORNING, "until": NOON})
    clash = {"chip": "C1", "bib": "8", "from": "2026-06-06T11:59:59.999999Z"}
    problem(organizer.post(f"/meets/{meet}/chip-assignments", clash), 409, "chip_taken", "/chip")
    assign(organizer, meet, "C1", "8", **{"from": NOON})
    assert len(organizer.items(f"/meets/{meet}/chip-assignments", chip="C1")) == 2


def test_a_bib_that_nobody_wears_is_refused(organizer: Organizer, meet: str) -> None:
    answer = organizer.post(f"/meets/{meet}/chip-assignments", {"chip": "C1", "bib": "99"})
    problem(answer, 422, "not_registered", "/bib")


def test_a_bib_of_several_athletes_is_ambiguous(organizer: Organizer) -> None:
    meet = organizer.meet(bib_scope="event")
    for _ in range(2):
        organizer.register(organizer.event(meet), "7")
    answer = organizer.post(f"/meets/{meet}/chip-assignments", {"chip": "C1", "bib": "7"})
    problem(answer, 409, "ambiguous_bib", "/bib")


def test_an_assignment_ends_after_it_begins(organizer: Organizer, meet: str) -> None:
    body = {"chip": "C1", "bib": "7", "from": NOON, "until": MORNING}
    problem(organizer.post(f"/meets/{meet}/chip-assignments", body), 422, "ends_before_it_begins", "/until")


def test_a_chip_moves_from_one_bib_to_another(organizer: Organizer, meet: str) -> None:
    path = f"/chip-assignments/{assign(organizer, meet, 'C1', '7')}"
    problem(organizer.send("PATCH", path, {"until": NOON}), 428, "match_required")
    ended = organizer.send("PATCH", path, {"until": NOON}, "now")
    assert (ended.json()["until"], ended.headers["ETag"]) == ("2026-06-06T12:00:00.000000Z", organizer.tag(path))
    assign(organizer, meet, "C1", "8", **{"from": NOON})
    problem(organizer.send("PATCH", path, {"until": None}, "now"), 409, "chip_taken")
    problem(organizer.send("PATCH", path, {"until": EVENING}, '"1-x"'), 412, "stale")


def test_a_released_chip_is_free(organizer: Organizer, meet: str) -> None:
    path = f"/chip-assignments/{assign(organizer, meet, 'C1', '7')}"
    problem(organizer.send("DELETE", path), 428, "match_required")
    assert organizer.send("DELETE", path, match="now").status_code == 204
    problem(organizer.client.get(f"/v1{path}"), 404, "not_found")
    assign(organizer, meet, "C1", "8")


def test_assignments_are_listed_and_narrowed(organizer: Organizer, meet: str) -> None:
    for chip, bib in (("C1", "7"), ("C2", "7"), ("C3", "8")):
        assign(organizer, meet, chip, bib)
    path = f"/meets/{meet}/chip-assignments"
    assert [one["chip"] for one in organizer.items(path, limit=1)] == ["C1", "C2", "C3"]
    assert [one["chip"] for one in organizer.items(path, bib="7")] == ["C1", "C2"]
    assert [one["chip"] for one in organizer.items(path, chip="C3")] == ["C3"]
    assert organizer.items(path, chip="C4") == []


def test_another_bib_of_the_athlete_moves_the_etag(organizer: Organizer, meet: str) -> None:
    path = f"/chip-assignments/{assign(organizer, meet, 'C1', '7')}"
    before = organizer.tag(path)
    organizer.register(organizer.event(meet), "7")
    assert organizer.tag(path) != before


def test_chips_are_not_for_the_public(organizer: Organizer, meet: str, anonymous: TestClient) -> None:
    organizer.send("PATCH", f"/meets/{meet}", {"visibility": "public"}, "now")
    problem(anonymous.get(f"/v1/meets/{meet}/chip-assignments"), 401, "unidentified")
