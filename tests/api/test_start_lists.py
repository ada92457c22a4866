"""Start lists over HTTP: those made elsewhere, and what is shown of all."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.schemas.starters import StarterOut
from tests.api.entries import lists
from tests.api.organizer import Organizer, problem


def test_a_start_list_made_elsewhere_is_put_without_an_etag_where_there_is_none(
    organizer: Organizer, sprint: str
) -> None:
    path = f"/events/{sprint}/rounds/heats/heats"
    put = organizer.send("PUT", path, lists([("1", 4), ("2", 3)], ["3", "4"]))
    assert put.status_code == 200
    assert [one["starter_count"] for one in put.json()["heats"]] == [2, 2]
    assert (organizer.get(path), organizer.tag(path)) == (put.json(), put.headers["ETag"])
    first, second = organizer.heats(sprint, "heats")
    shown = organizer.items(f"/heats/{first['id']}/starters", limit=1)
    assert [(one["bib"], one["lane"], one["flags"]) for one in shown] == [("2", 3, []), ("1", 4, [])]
    assert [one["position"] for one in organizer.items(f"/heats/{second['id']}/starters")] == [1, 2]


def test_the_same_start_list_again_is_a_success_and_changes_nothing(organizer: Organizer, sprint: str) -> None:
    path = f"/events/{sprint}/rounds/heats/heats"
    first, again = (organizer.send("PUT", path, lists(["1", "2"])) for _ in range(2))
    assert (again.status_code, again.json(), again.headers["ETag"]) == (200, first.json(), first.headers["ETag"])


def test_another_start_list_needs_the_etag_of_what_was_seen(organizer: Organizer, sprint: str) -> None:
    path = f"/events/{sprint}/rounds/heats/heats"
    seen = organizer.send("PUT", path, lists(["1", "2"])).headers["ETag"]
    problem(organizer.send("PUT", path, lists(["1", "3"])), 428, "match_required")
    changed = organizer.send("PUT", path, lists(["1", "3"]), seen)
    assert changed.status_code == 200
    problem(organizer.send("PUT", path, lists(["1", "4"]), seen), 412, "stale")
    (heat,) = organizer.heats(sprint, "heats")
    assert {one["bib"] for one in organizer.items(f"/heats/{heat['id']}/starters")} == {"1", "3"}


@pytest.mark.parametrize(
    ("heats", "code", "pointer"),
    [
        (lists([("1", 4), ("2", 4)]), "lane_twice", "/heats/0/starters/1/lane"),
        (lists([("1", 4), ("1", 5)]), "runner_twice", "/heats/0/starters/1/bib"),
        (lists(["1"], ["1"]), "runner_twice", "/heats/1/starters/0/bib"),
        (lists(["1", "99"]), "not_registered", "/heats/0/starters/1/bib"),
        (lists([("1", 9)]), "out_of_range", "/heats/0/starters/0/lane"),
        ({"heats": []}, "empty", "/heats"),
        ({"heats": [{"number": 1, "starters": []}] * 2}, "heat_twice", "/heats/1/number"),
        ({"heats": [{"number": 0, "starters": []}]}, "invalid_request", "/heats/0/number"),
        ({"heats": [{"number": 1, "starters": [{"bib": 7}]}]}, "invalid_request", "/heats/0/starters/0/bib"),
    ],
)
def test_a_start_list_that_cannot_be_is_refused(
    organizer: Organizer, sprint: str, heats: Any, code: str, pointer: str
) -> None:
    problem(organizer.send("PUT", f"/events/{sprint}/rounds/heats/heats", heats), 422, code, pointer)
    assert organizer.heats(sprint, "heats") == []


def test_a_start_list_made_elsewhere_has_no_seed_and_no_rules(organizer: Organizer, sprint: str) -> None:
    put = organizer.send("PUT", f"/events/{sprint}/rounds/heats/heats", lists(["1", "2"]))
    assert (put.json()["draw"]["seed"], put.json()["draw"]["rules"]) == (None, [])
    assert organizer.get(f"/events/{sprint}/rounds/final/heats")["draw"] is None


def test_who_did_not_qualify_is_accepted_and_flagged(organizer: Organizer, sprint: str) -> None:
    organizer.send("PUT", f"/events/{sprint}/rounds/heats/heats", lists(["1", "2"]))
    put = organizer.send("PUT", f"/events/{sprint}/rounds/final/heats", lists(["3", "4"])).json()
    assert put["not_qualified"] == ["3", "4"]
    starters = organizer.items(f"/heats/{put['heats'][0]['id']}/starters")
    assert [one["flags"] for one in starters] == [["not_qualified"], ["not_qualified"]]


def test_the_next_page_of_starters_begins_behind_the_last_one_whoever_came_late(
    organizer: Organizer, meet: str
) -> None:
    event = organizer.event(meet)
    for bib in ("8", "9", "10", "11"):
        organizer.register(event, bib)
    (heat,) = organizer.drawn(event)
    path = f"/heats/{heat}/starters"
    first = organizer.get(path, limit=2)
    organizer.register(event, "1")
    second = organizer.get(path, limit=2, cursor=first["next_cursor"])
    assert [one["bib"] for one in first["items"] + second["items"]] == ["8", "9", "10", "11"]


def test_the_public_reads_start_lists_with_names_as_they_are_published(
    organizer: Organizer, meet: str, sprint: str, anonymous: TestClient
) -> None:
    organizer.register(sprint, "5", "Brandt", given_name="Ida", publish_name="initials", birth_date="1994-09-26")
    organizer.send("PUT", f"/events/{sprint}/rounds/heats/heats", lists(["5"]))
    organizer.send("PATCH", f"/meets/{meet}", {"visibility": "public"}, "now")
    (heat,) = anonymous.get(f"/v1/events/{sprint}/heats").json()["items"]
    answer = anonymous.get(f"/v1/heats/{heat['id']}/starters")
    assert [one["name"] for one in answer.json()["items"]] == ["I. B."]
    assert "1994" not in answer.text
    assert set(answer.json()["items"][0]) == set(StarterOut.model_fields)
    for path in (f"/heats/{heat['id']}", f"/events/{sprint}/rounds", f"/events/{sprint}/rounds/heats/heats"):
        assert anonymous.get(f"/v1{path}").status_code == 200


def test_a_renamed_runner_moves_the_etag_of_the_start_list(organizer: Organizer, sprint: str) -> None:
    (heat,) = organizer.drawn(sprint, "heats")
    path = f"/heats/{heat}/starters"
    before, runner = organizer.tag(path), organizer.items(path)[0]["athlete_id"]
    organizer.send("PATCH", f"/athletes/{runner}", {"family_name": "Renamed"}, "now")
    assert organizer.tag(path) != before
