"""Registrations over HTTP: who is entered, and who is not."""

from typing import Any

import pytest

from tests.api.entries import CATEGORIES, IDA
from tests.api.organizer import Organizer, problem


@pytest.fixture
def event(organizer: Organizer, meet: str) -> str:
    return organizer.event(meet, categories=CATEGORIES)


def test_everything_that_was_said_is_shown(organizer: Organizer, event: str) -> None:
    said: dict[str, Any] = {
        **IDA,
        "bib": "007",
        "club": "Bergen",
        "chips": ["C1", "C2"],
        "seed_mark": "40:00",
        "pb": "38:51",
        "wave": "A",
        "team": "Red",
        "role": "guest",
        "external_id": "X1",
        "publish_name": "initials",
    }
    made = organizer.post(f"/events/{event}/registrations", said)
    entry = made.json()
    assert (made.status_code, made.headers["Location"]) == (201, f"/v1/registrations/{entry['id']}")
    assert {name: entry[name] for name in said} == said
    assert entry.pop("hint") is None
    assert (entry["event_id"], entry["category"], entry["age"], entry["state"]) == (event, "W30", 31, "entered")
    answer = organizer.client.get(f"/v1/registrations/{entry['id']}")
    assert (answer.json(), answer.headers["ETag"]) == (entry, made.headers["ETag"])


def test_a_runner_needs_neither_age_nor_category(organizer: Organizer, event: str) -> None:
    entry = organizer.register(event, "7")
    assert (entry["age"], entry["category"], entry["birth_date"]) == (None, None, None)


def test_empty_texts_stand_for_nothing(organizer: Organizer, event: str) -> None:
    entry = organizer.register(event, "7", given_name="", nation="", club="", wave="", category="", external_id="")
    cleared = ("nation", "club", "wave", "category", "external_id")
    assert [entry[name] for name in cleared] == [None] * len(cleared)


def test_the_word_of_the_entry_overrides_the_categories_of_the_event(organizer: Organizer, event: str) -> None:
    assert organizer.register(event, "7", **IDA, category="Elite")["category"] == "Elite"


def test_an_age_without_a_birth_date_is_enough_for_a_category(organizer: Organizer, event: str) -> None:
    entry = organizer.register(event, "7", sex="W", age=36)
    assert (entry["age"], entry["category"]) == (36, "W35")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("bib", None),
        ("bib", 7),
        ("bib", ""),
        ("bib", " "),
        ("sex", "F"),
        ("age", -1),
        ("age", 30.5),
        ("birth_date", "1994"),
        ("birth_date", "26.09.1994"),
        ("seed_mark", "fast"),
        ("pb", 38.51),
        ("chips", "C1"),
        ("role", "hare"),
        ("publish_name", "nickname"),
        ("shirt", "XL"),
    ],
)
def test_an_entry_that_cannot_be_is_refused(organizer: Organizer, event: str, field: str, value: object) -> None:
    answer = organizer.post(f"/events/{event}/registrations", {"bib": "7", **IDA, field: value})
    assert answer.status_code == 422, answer.text
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [f"/{field}"]
    assert organizer.items(f"/events/{event}/registrations") == []


def test_an_entry_needs_a_bib_a_sex_and_a_name(organizer: Organizer, event: str) -> None:
    answer = organizer.post(f"/events/{event}/registrations", {"given_name": "Ida"})
    assert {fault["pointer"] for fault in answer.json()["errors"]} == {"/bib", "/sex"}
    problem(organizer.post(f"/events/{event}/registrations", {"bib": "7", "sex": "W"}), 422, "no_name")


def test_a_bib_twice_in_an_event_is_refused(organizer: Organizer, event: str) -> None:
    organizer.register(event, "7", "Brandt")
    answer = organizer.post(f"/events/{event}/registrations", {"bib": "7", "family_name": "Holm", "sex": "M"})
    problem(answer, 409, "bib_taken", "/bib")


def test_an_athlete_is_registered_at_most_once(organizer: Organizer, event: str) -> None:
    organizer.register(event, "7", **IDA)
    answer = organizer.post(f"/events/{event}/registrations", {"bib": "7", **IDA})
    problem(answer, 409, "already_registered")


def test_the_same_bib_in_another_event_is_the_same_athlete(organizer: Organizer, meet: str, event: str) -> None:
    other = organizer.event(meet, name="5 km")
    first, second = (organizer.register(one, "7", **IDA) for one in (event, other))
    assert first["athlete_id"] == second["athlete_id"]


def test_a_bib_that_is_another_athletes_is_refused(organizer: Organizer, meet: str, event: str) -> None:
    other = organizer.event(meet, name="5 km")
    organizer.register(event, "7", **IDA)
    somebody = {**IDA, "birth_date": "1990-01-01", "bib": "7"}
    problem(organizer.post(f"/events/{other}/registrations", somebody), 409, "identity_differs", "/birth_date")


def test_where_each_event_has_its_own_bibs_the_same_bib_is_somebody_else(organizer: Organizer) -> None:
    meet = organizer.meet(bib_scope="event")
    one, other = (organizer.register(organizer.event(meet), "7", name) for name in ("Brandt", "Holm"))
    assert one["athlete_id"] != other["athlete_id"]


def test_a_chip_on_two_bibs_at_once_is_refused(organizer: Organizer, event: str) -> None:
    organizer.register(event, "7", chips=["C1"])
    body = {"bib": "8", "family_name": "Holm", "sex": "M", "chips": ["C1"]}
    problem(organizer.post(f"/events/{event}/registrations", body), 409, "chip_taken", "/chips")
    assert len(organizer.items(f"/events/{event}/registrations")) == 1


def test_a_man_cannot_enter_a_race_for_women(organizer: Organizer, meet: str) -> None:
    event = organizer.event(meet, sex="W")
    body = {"bib": "7", "family_name": "Holm", "sex": "M"}
    problem(organizer.post(f"/events/{event}/registrations", body), 409, "sex_does_not_fit", "/sex")


def test_the_same_request_with_a_key_enters_once(organizer: Organizer, event: str) -> None:
    path, key = f"/events/{event}/registrations", {"Idempotency-Key": "k1"}
    first, again = (organizer.post(path, {"bib": "7", **IDA}, **key) for _ in range(2))
    assert (first.status_code, again.status_code, first.json()) == (201, 201, again.json())
    problem(organizer.post(path, {"bib": "8", **IDA}, **key), 422, "key_reused")
    assert len(organizer.items(path)) == 1


def test_a_late_entry_is_in_its_waves_heat_at_once(organizer: Organizer, meet: str, event: str) -> None:
    organizer.register(event, "7")
    (heat,) = organizer.drawn(event)
    organizer.start(meet, heat)
    organizer.register(event, "8")
    assert [one["bib"] for one in organizer.items(f"/heats/{heat}/starters")] == ["7", "8"]


def test_a_wave_is_joined_whatever_its_case_and_blanks(organizer: Organizer, event: str) -> None:
    assert organizer.register(event, "1", wave=" B ")["wave"] == "B"
    joined = organizer.register(event, "2", wave="b")
    assert (joined["wave"], joined["hint"]) == ("B", None)
    path = f"/registrations/{organizer.register(event, '3', wave='  ')['id']}"
    assert organizer.get(path)["wave"] is None
    assert organizer.send("PATCH", path, {"wave": "b "}, "now").json()["wave"] == "B"


def test_an_entry_that_opens_a_heat_after_the_draw_says_so(organizer: Organizer, event: str) -> None:
    organizer.register(event, "1", wave="A")
    organizer.drawn(event)
    assert organizer.register(event, "2", wave="a")["hint"] is None
    late = organizer.register(event, "3", wave="C")
    assert late["hint"] == "heat 2 was opened for wave 'C': 'final' had been drawn without"
    moved = organizer.send("PATCH", f"/registrations/{late['id']}", {"wave": None}, "now").json()
    assert moved["hint"] == "heat 3 was opened for runners without a wave: 'final' had been drawn without"
    assert organizer.send("PATCH", f"/registrations/{late['id']}", {"wave": "c"}, "now").json()["hint"] is None
    assert [heat["wave"] for heat in organizer.heats(event)] == ["A", "C", None]


def test_whom_the_bib_names_already_need_not_be_named_again(organizer: Organizer, meet: str, event: str) -> None:
    first = organizer.register(event, "20", "Holm", given_name="Rune", sex="M")
    other = organizer.event(meet, name="5 km", distance_m=5_000)
    entry = organizer.post(f"/events/{other}/registrations", {"bib": "20", "sex": "M"})
    assert (entry.status_code, entry.json()["athlete_id"], entry.json()["family_name"]) == (
        201,
        first["athlete_id"],
        "Holm",
    )
    last = organizer.event(meet, name="3 km", distance_m=3_000)
    problem(organizer.post(f"/events/{last}/registrations", {"bib": "20", "sex": "W"}), 409, "identity_differs", "/sex")
    problem(organizer.post(f"/events/{last}/registrations", {"bib": "21", "sex": "M"}), 422, "no_name")


def test_where_each_event_has_bibs_of_its_own_the_bib_names_nobody_yet(organizer: Organizer) -> None:
    meet = organizer.meet(bib_scope="event")
    organizer.register(organizer.event(meet), "20", "Holm", sex="M")
    other = organizer.event(meet, name="5 km", distance_m=5_000)
    problem(organizer.post(f"/events/{other}/registrations", {"bib": "20", "sex": "M"}), 422, "no_name")
