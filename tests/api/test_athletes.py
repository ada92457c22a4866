"""Athletes over HTTP: who they are, and what the public may know of it."""

import pytest
from starlette.testclient import TestClient

from app.api.schemas.athletes import AthletePublic
from app.domain.ids import AthleteId, MeetId
from app.domain.meet import Person
from app.store import Database
from tests.api.organizer import Organizer, problem

IDA = {
    "family_name": "Brandt",
    "given_name": "Ida",
    "sex": "W",
    "birth_date": "1994-09-26",
    "nation": "NOR",
    "club": "Bergen Bakover",
    "publish_name": "full",
    "external_id": "NOR-0417",
}
SECRETS = ("birth_date", "age", "external_id", "family_name", "given_name", "publish_name")


@pytest.fixture
def meet(organizer: Organizer) -> str:
    """A public one."""
    meet = organizer.meet()
    organizer.send("PATCH", f"/meets/{meet}", {"visibility": "public"}, "now")
    return meet


def test_officials_see_the_whole_identity(organizer: Organizer, meet: str) -> None:
    made = organizer.post(f"/meets/{meet}/athletes", IDA)
    athlete = made.json()
    assert (made.status_code, made.headers["Location"]) == (201, f"/v1/athletes/{athlete['id']}")
    assert {name: athlete[name] for name in IDA} == IDA
    assert (athlete["age"], athlete["bibs"], athlete["entries"]) == (31, [], [])
    answer = organizer.client.get(f"/v1/athletes/{athlete['id']}")
    assert (answer.json(), answer.headers["ETag"]) == (athlete, made.headers["ETag"])


@pytest.mark.parametrize(
    ("choice", "name", "club"),
    [("full", "BRANDT Ida", "Bergen Bakover"), ("initials", "I. B.", "Bergen Bakover"), ("bib", "Bib 417", None)],
)
def test_the_public_sees_the_name_as_the_athlete_wishes(
    organizer: Organizer, meet: str, anonymous: TestClient, choice: str, name: str, club: str | None
) -> None:
    event = organizer.event(meet)
    entry = organizer.register(event, "417", **{**IDA, "publish_name": choice})
    shown = anonymous.get(f"/v1/athletes/{entry['athlete_id']}").json()
    assert (shown["name"], shown["club"], shown["bibs"]) == (name, club, ["417"])
    (listed,) = anonymous.get(f"/v1/meets/{meet}/athletes").json()["items"]
    assert set(shown) == set(AthletePublic.model_fields)
    for item in (shown, listed):
        assert not set(SECRETS) & set(item)
        assert "1994" not in str(item)


def test_a_child_is_shown_by_its_initials(organizer: Organizer, meet: str, anonymous: TestClient) -> None:
    child = organizer.make(f"/meets/{meet}/athletes", {**IDA, "birth_date": "2011-06-07", "publish_name": None})
    assert anonymous.get(f"/v1/athletes/{child['id']}").json()["name"] == "I. B."


def test_the_public_cannot_find_a_name_that_is_not_published(
    organizer: Organizer, meet: str, anonymous: TestClient
) -> None:
    organizer.make(f"/meets/{meet}/athletes", {**IDA, "publish_name": "initials"})
    path = f"/v1/meets/{meet}/athletes?q=brandt"
    assert anonymous.get(path).json()["items"] == []
    assert len(organizer.client.get(path).json()["items"]) == 1


@pytest.mark.parametrize(
    ("field", "value", "pointer"),
    [
        ("birth_date", "1994", "/birth_date"),
        ("birth_date", "1994-02-30", "/birth_date"),
        ("birth_date", "2031-01-01", "/birth_date"),
        ("sex", "F", "/sex"),
        ("sex", None, "/sex"),
        ("publish_name", "all", "/publish_name"),
        ("family_name", "Bra\u0000ndt", "/family_name"),
        ("bib", "7", "/bib"),
    ],
)
def test_an_athlete_that_cannot_be_is_refused(
    organizer: Organizer, meet: str, field: str, value: object, pointer: str
) -> None:
    answer = organizer.post(f"/meets/{meet}/athletes", {**IDA, field: value})
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [pointer]
    assert organizer.items(f"/meets/{meet}/athletes") == []


def test_an_athlete_has_at_least_one_name(organizer: Organizer, meet: str) -> None:
    problem(organizer.post(f"/meets/{meet}/athletes", {"sex": "W"}), 422, "no_name", "/family_name")
    organizer.make(f"/meets/{meet}/athletes", {"given_name": "Ida", "sex": "W"})


def test_an_external_id_is_one_athletes(organizer: Organizer, meet: str) -> None:
    organizer.make(f"/meets/{meet}/athletes", IDA)
    other = {**IDA, "given_name": "Eva"}
    problem(organizer.post(f"/meets/{meet}/athletes", other), 409, "external_id_taken", "/external_id")


def test_a_correction_needs_the_etag_of_what_was_seen(organizer: Organizer, meet: str) -> None:
    path = f"/athletes/{organizer.make(f'/meets/{meet}/athletes', IDA)['id']}"
    problem(organizer.send("PATCH", path, {"club": "Oslo"}), 428, "match_required")
    seen = organizer.tag(path)
    changed = organizer.send("PATCH", path, {"club": "Oslo", "birth_date": "1990-01-01"}, seen)
    assert (changed.json()["club"], changed.json()["age"]) == ("Oslo", 36)
    assert changed.headers["ETag"] == organizer.tag(path)
    problem(organizer.send("PATCH", path, {"club": "Bergen"}, seen), 412, "stale")


def test_an_empty_text_clears_a_field(organizer: Organizer, meet: str) -> None:
    path = f"/athletes/{organizer.make(f'/meets/{meet}/athletes', IDA)['id']}"
    assert organizer.send("PATCH", path, {"club": "", "nation": None}, "now").json()["club"] is None
    problem(organizer.send("PATCH", path, {"family_name": "", "given_name": ""}, "now"), 422, "no_name")


def test_who_runs_with_the_women_stays_one(organizer: Organizer, meet: str) -> None:
    entry = organizer.register(organizer.event(meet, sex="W"), "7", sex="W")
    answer = organizer.send("PATCH", f"/athletes/{entry['athlete_id']}", {"sex": "M"}, "now")
    problem(answer, 409, "sex_does_not_fit", "/sex")


def test_an_erased_athlete_is_gone_and_the_bib_stays(organizer: Organizer, meet: str, anonymous: TestClient) -> None:
    entry = organizer.register(organizer.event(meet), "417", **IDA)
    path = f"/athletes/{entry['athlete_id']}"
    problem(organizer.send("DELETE", path), 428, "match_required")
    assert organizer.send("DELETE", path, match="now").status_code == 204
    problem(organizer.client.get(f"/v1{path}"), 404, "not_found")
    shown = organizer.client.get(f"/v1/registrations/{entry['id']}")
    assert (shown.json()["bib"], shown.json()["name"]) == ("417", "Athlete #417")
    for word in ("Brandt", "BRANDT", "1994", "Bergen", "NOR-0417"):
        assert word not in shown.text
        assert word not in organizer.client.get(f"/v1/meets/{meet}/athletes").text


def test_answers_kept_for_repetitions_forget_who_is_erased(organizer: Organizer, meet: str, database: Database) -> None:
    event = organizer.event(meet)
    path = f"/events/{event}/registrations"
    entry = organizer.post(path, {"bib": "417", **IDA}, **{"Idempotency-Key": "entry"}).json()
    (heat,) = organizer.drawn(event)
    ruling = {"bib": "417", "kind": "note", "reason": "Ida Brandt fell"}
    organizer.post(f"/heats/{heat}/rulings", ruling, **{"Idempotency-Key": "ruling"})
    organizer.post(path, {"bib": "418", "family_name": "Holm", "sex": "M"}, **{"Idempotency-Key": "other"})
    assert organizer.send("DELETE", f"/athletes/{entry['athlete_id']}", match="now").status_code == 204
    problem(organizer.post(path, {"bib": "417", **IDA}, **{"Idempotency-Key": "entry"}), 409, "answer_lost")
    with database.read() as tx:
        kept = [bytes(body) for (body,) in tx.session.rows("SELECT body FROM idempotency WHERE body IS NOT NULL")]
    assert ([b"Brandt" in body for body in kept], [b"Holm" in body for body in kept]) == ([False], [True])


def test_who_ran_in_a_withdrawn_meet_is_erased_all_the_same(
    organizer: Organizer, meet: str, anonymous: TestClient, database: Database
) -> None:
    athlete = organizer.register(organizer.event(meet), "417", **IDA)["athlete_id"]
    path = f"/athletes/{athlete}"
    assert organizer.send("DELETE", f"/meets/{meet}", match="now").status_code == 204
    problem(organizer.client.get(f"/v1{path}"), 404, "not_found")
    problem(anonymous.delete(f"/v1{path}", headers={"If-Match": "*"}), 401, "unidentified")
    problem(organizer.send("DELETE", path), 428, "match_required")
    assert organizer.send("DELETE", path, match="*").status_code == 204
    with database.read() as tx:
        assert tx.people.of_meet(MeetId(meet))[AthleteId(athlete)] == Person(sex="W", erased=True)
    problem(organizer.send("DELETE", path, match="*"), 404, "not_found")


def test_athletes_are_listed_narrowed_and_searched(organizer: Organizer, meet: str) -> None:
    event = organizer.event(meet)
    organizer.register(event, "7", "Ångström", given_name="Zoë", club="A", nation="SWE")
    organizer.register(event, "07", "Brandt", given_name="Ida", club="B", nation="NOR")
    organizer.register(event, "8", "Łódź", club="B", nation="POL")
    path = f"/meets/{meet}/athletes"

    def found(**query: str) -> list[tuple[str, str | None]]:
        return [(one["bibs"][0], one["match"]) for one in organizer.items(path, **query)]

    assert len(organizer.items(path, limit=1)) == 3
    assert sorted(found(club="B")) == [("07", None), ("8", None)]
    assert found(nation="SWE") == [("7", None)]
    assert found(q="angstr") == [("7", "name")]
    assert found(q="zoe ANG") == [("7", "name")]
    assert found(q="lodz") == [("8", "name")]
    assert found(q="7") == [("7", "bib"), ("07", "similar_bib")]
    assert sorted(found(q="007")) == [("07", "ambiguous_bib"), ("7", "ambiguous_bib")]
    assert found(q="0 8") == [("8", "similar_bib")]
    assert found(q="nobody") == []


def test_a_new_bib_moves_the_etag_of_its_athlete(organizer: Organizer, meet: str) -> None:
    athlete = organizer.register(organizer.event(meet), "7")["athlete_id"]
    before = organizer.tag(f"/athletes/{athlete}")
    organizer.register(organizer.event(meet, name="5 km"), "7")
    assert organizer.tag(f"/athletes/{athlete}") != before
    assert len(organizer.get(f"/athletes/{athlete}")["entries"]) == 2


def test_erasing_works_in_a_closed_meet_and_takes_what_officials_wrote_along(organizer: Organizer, meet: str) -> None:
    event = organizer.event(meet)
    entry = organizer.register(event, "417", **IDA)
    (heat,) = organizer.drawn(event)
    said = organizer.make(f"/heats/{heat}/rulings", {"bib": "417", "kind": "note", "reason": "Ida Brandt fell"})
    other = organizer.register(event, "418")
    organizer.make(f"/heats/{heat}/rulings", {"bib": "418", "kind": "note", "reason": "was pushed"})
    organizer.make(f"/meets/{meet}/close", expect=200)
    problem(organizer.send("PATCH", f"/athletes/{other['athlete_id']}", {"club": "B"}, "now"), 409, "meet_is_closed")
    assert organizer.send("DELETE", f"/athletes/{entry['athlete_id']}", match="now").status_code == 204
    assert organizer.get(f"/heats/{heat}/rulings/{said['id']}")["reason"] in ("", None)
    for path in (f"/heats/{heat}/rulings", f"/meets/{meet}/log", f"/events/{event}/standings/417"):
        assert "Brandt" not in organizer.client.get(f"/v1{path}").text
    assert "was pushed" in organizer.client.get(f"/v1/heats/{heat}/rulings").text
