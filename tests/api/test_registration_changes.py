"""Registrations over HTTP: entries that change or are withdrawn, and what moves their ETag."""

import pytest

from tests.api.entries import CATEGORIES, IDA
from tests.api.organizer import Organizer, problem


@pytest.fixture
def event(organizer: Organizer, meet: str) -> str:
    return organizer.event(meet, categories=CATEGORIES)


def test_an_entry_and_its_athlete_are_changed_in_one_go(organizer: Organizer, event: str) -> None:
    path = f"/registrations/{organizer.register(event, '7', **IDA)['id']}"
    problem(organizer.send("PATCH", path, {"wave": "B"}), 428, "match_required")
    seen = organizer.tag(path)
    given = {"bib": "77", "wave": "B", "club": "Oslo", "birth_date": "1990-01-01", "seed_mark": "41:30"}
    changed = organizer.send("PATCH", path, given, seen)
    assert {name: changed.json()[name] for name in given} == given
    assert changed.json()["category"] == "W35"
    assert changed.headers["ETag"] == organizer.tag(path)
    problem(organizer.send("PATCH", path, {"wave": "C"}, seen), 412, "stale")


def test_a_change_that_is_half_impossible_changes_nothing(organizer: Organizer, event: str) -> None:
    path = f"/registrations/{organizer.register(event, '7', **IDA)['id']}"
    problem(organizer.send("PATCH", path, {"wave": "B", "birth_date": "2031-01-01"}, "now"), 422, "not_a_birth_date")
    assert organizer.get(path)["wave"] is None


def test_a_bib_changes_to_a_free_one_only(organizer: Organizer, event: str) -> None:
    organizer.register(event, "8")
    path = f"/registrations/{organizer.register(event, '7')['id']}"
    problem(organizer.send("PATCH", path, {"bib": "8"}, "now"), 409, "bib_taken", "/bib")
    assert organizer.send("PATCH", path, {"bib": "9"}, "now").json()["bib"] == "9"


def test_who_has_withdrawn_stays_in_the_list(organizer: Organizer, event: str) -> None:
    path = f"/registrations/{organizer.register(event, '7')['id']}"
    problem(organizer.send("DELETE", path), 428, "match_required")
    assert organizer.send("DELETE", path, match="now").status_code == 204
    assert organizer.get(path)["state"] == "withdrawn"
    problem(organizer.send("DELETE", path, match="now"), 409, "already_withdrawn")
    assert organizer.get(f"/events/{event}")["registration_count"] == 0


def test_the_bib_of_who_has_withdrawn_is_kept_for_them(organizer: Organizer, event: str) -> None:
    path = f"/registrations/{organizer.register(event, '7', **IDA)['id']}"
    organizer.send("DELETE", path, match="now")
    somebody = {"bib": "7", "family_name": "Holm", "sex": "M"}
    problem(organizer.post(f"/events/{event}/registrations", somebody), 409, "bib_taken", "/bib")
    other = organizer.register(event, "8", "Holm")
    problem(organizer.send("PATCH", f"/registrations/{other['id']}", {"bib": "7"}, "now"), 409, "bib_taken", "/bib")
    assert organizer.register(event, "7", **IDA)["state"] == "entered"


def test_a_chip_moves_the_etag_of_its_runner(organizer: Organizer, meet: str, event: str) -> None:
    path = f"/registrations/{organizer.register(event, '7')['id']}"
    tags = [organizer.tag(path)]
    chip = organizer.make(f"/meets/{meet}/chip-assignments", {"chip": "C1", "bib": "7"})["id"]
    tags.append(organizer.tag(path))
    assert organizer.get(path)["chips"] == ["C1"]
    organizer.send("DELETE", f"/chip-assignments/{chip}", match="now")
    tags.append(organizer.tag(path))
    assert organizer.get(path)["chips"] == []
    assert len(set(tags)) == 3


def test_other_categories_of_the_event_move_the_etag(organizer: Organizer, event: str) -> None:
    path = f"/registrations/{organizer.register(event, '7', **IDA)['id']}"
    seen = organizer.tag(path)
    older = [{**CATEGORIES[0], "name": "W31"}]
    organizer.send("PATCH", f"/events/{event}", {"categories": older}, "now")
    assert organizer.get(path)["category"] == "W31"
    assert organizer.tag(path) != seen


def test_the_only_runner_of_a_wave_may_spell_it_anew(organizer: Organizer, event: str) -> None:
    path = f"/registrations/{organizer.register(event, '1', wave='b')['id']}"
    assert organizer.send("PATCH", path, {"wave": "B"}, "now").json()["wave"] == "B"
