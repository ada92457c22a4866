"""Registrations over HTTP."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.schemas.registrations import RegistrationPublic
from tests.api.organizer import Organizer, problem

IDA = {"family_name": "Brandt", "given_name": "Ida", "sex": "W", "birth_date": "1994-09-26", "nation": "NOR"}
CATEGORIES = [
    {"name": "W30", "sex": "W", "min_age": 30, "max_age": 34, "age_on": "race_day"},
    {"name": "W35", "sex": "W", "min_age": 35, "max_age": 39, "age_on": "race_day"},
]


@pytest.fixture
def organizer(client: TestClient) -> Organizer:
    return Organizer(client)


@pytest.fixture
def meet(organizer: Organizer) -> str:
    return organizer.meet()


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


def test_a_late_entry_is_in_its_waves_heat_at_once(organizer: Organizer, meet: str, event: str) -> None:
    organizer.register(event, "7")
    (heat,) = organizer.drawn(event)
    organizer.start(meet, heat)
    organizer.register(event, "8")
    assert [one["bib"] for one in organizer.items(f"/heats/{heat}/starters")] == ["7", "8"]


def test_entries_are_listed_narrowed_and_searched(organizer: Organizer, event: str) -> None:
    organizer.register(event, "7", **IDA, wave="A", club="Oslo")
    organizer.register(event, "A12", "Ørsted", given_name="Bo", wave="B", role="pacer")
    gone = organizer.register(event, "a 012", "Ångström", wave="B")
    organizer.send("DELETE", f"/registrations/{gone['id']}", match="now")
    path = f"/events/{event}/registrations"

    def bibs(**query: str) -> list[str]:
        return sorted(one["bib"] for one in organizer.items(path, limit=1, **query))

    assert bibs() == ["7", "A12", "a 012"]
    assert bibs(wave="B") == ["A12", "a 012"]
    assert bibs(wave="B", state="entered") == ["A12"]
    assert bibs(category="W30") == ["7"]
    assert bibs(club="Oslo") == ["7"]
    assert bibs(sex="W") == ["7"]
    assert bibs(role="pacer") == ["A12"]
    assert bibs(q="orsted") == ["A12"]
    found = organizer.items(path, q="a12")
    assert [(one["bib"], one["match"]) for one in found] == [("A12", "similar_bib")]
    assert [one["match"] for one in organizer.items(path, q="A12")] == ["bib"]
    problem(organizer.client.get(f"/v1{path}?wvae=B"), 400, "unknown_parameter")


def test_pages_neither_skip_nor_repeat_while_entries_come_in(organizer: Organizer, event: str) -> None:
    before = [organizer.register(event, str(bib))["id"] for bib in range(5)]
    path = f"/events/{event}/registrations"
    page = organizer.get(path, limit=2)
    found = [one["id"] for one in page["items"]]
    organizer.register(event, "late")
    while page["next_cursor"]:
        page = organizer.get(path, limit=2, cursor=page["next_cursor"])
        found += [one["id"] for one in page["items"]]
    assert len(found) == len(set(found)) == 6
    assert set(before) <= set(found)


def test_a_cursor_belongs_to_its_list(organizer: Organizer, event: str) -> None:
    for bib in ("7", "8"):
        organizer.register(event, bib)
    path = f"/events/{event}/registrations"
    cursor = organizer.get(path, limit=1)["next_cursor"]
    problem(organizer.client.get(f"/v1{path}?q=7&cursor={cursor}"), 400, "bad_cursor")


def test_the_public_sees_no_more_than_the_public_model(
    organizer: Organizer, meet: str, event: str, anonymous: TestClient
) -> None:
    entry = organizer.register(event, "7", **IDA, external_id="X1", chips=["C1"], publish_name="initials")
    problem(anonymous.get(f"/v1/registrations/{entry['id']}"), 401, "unidentified")
    organizer.send("PATCH", f"/meets/{meet}", {"visibility": "public"}, "now")
    one = anonymous.get(f"/v1/registrations/{entry['id']}")
    assert set(one.json()) == set(RegistrationPublic.model_fields)
    many = anonymous.get(f"/v1/events/{event}/registrations")
    assert (one.json()["name"], one.json()["bib"], one.json()["category"]) == ("I. B.", "7", "W30")
    for answer in (one, many):
        for secret in ("1994", "X1", "Brandt", "BRANDT", "C1", "birth_date", "age", "external_id"):
            assert f'"{secret}"' not in answer.text
        assert answer.headers["Cache-Control"] == "public, s-maxage=1"


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


def test_a_wave_is_joined_whatever_its_case_and_blanks(organizer: Organizer, event: str) -> None:
    assert organizer.register(event, "1", wave=" B ")["wave"] == "B"
    joined = organizer.register(event, "2", wave="b")
    assert (joined["wave"], joined["hint"]) == ("B", None)
    path = f"/registrations/{organizer.register(event, '3', wave='  ')['id']}"
    assert organizer.get(path)["wave"] is None
    assert organizer.send("PATCH", path, {"wave": "b "}, "now").json()["wave"] == "B"


def test_the_only_runner_of_a_wave_may_spell_it_anew(organizer: Organizer, event: str) -> None:
    path = f"/registrations/{organizer.register(event, '1', wave='b')['id']}"
    assert organizer.send("PATCH", path, {"wave": "B"}, "now").json()["wave"] == "B"


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
