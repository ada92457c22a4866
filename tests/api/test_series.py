"""Series over HTTP: events of several meets, the best of them, ties (R82)."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.schemas.series import SeriesOut, SeriesStandingsOut
from tests.api.organizer import Organizer, problem
from tests.api.races import show

RULES = {"points": [60, 54, 48, 43, 40], "beyond": 1, "best": 2}
Race = tuple[str, str, str]
"""Meet, event and heat."""


def race(organizer: Organizer, order: str, meet: str | None = None, **entry: Any) -> Race:
    """A 100 m whose runners, named by letters, come in one after another; `=` ties the next one with the one before."""
    home = meet or organizer.meet(bib_scope="event")
    event = organizer.sprint(home)
    names = order.replace("=", "").split()
    for name in names:
        given = {"external_id": f"x{name}", "given_name": name, "sex": "W" if name.islower() else "M"} | entry
        organizer.register(event, name, "Runner", **given)
    starters = [{"bib": name, "lane": lane} for lane, name in enumerate(names, 1)]
    body = {"heats": [{"number": 1, "starters": starters}]}
    heat = organizer.send("PUT", f"/events/{event}/rounds/final/heats", body).json()["heats"][0]["id"]
    elapsed, finishes = 10_000_000, []
    for name in order.split():
        elapsed += 0 if name.startswith("=") else 100_000
        finishes.append({"bib": name.lstrip("="), "elapsed_us": elapsed})
    if finishes:
        organizer.make(f"/heats/{heat}/finishes", {"method": "photo_finish", "finishes": finishes})
    return home, event, heat


def series(organizer: Organizer, *races: Race, **rules: Any) -> str:
    body = {"name": "Cup", "races": [{"event_id": event} for _, event, _ in races], "rules": RULES | rules}
    return str(organizer.make("/series", body)["id"])


def told(organizer: Organizer, id: str, **query: Any) -> list[tuple[Any, ...]]:
    lines = organizer.items(f"/series/{id}/standings", **query)
    return [(one["place"], one["name"].removeprefix("RUNNER "), one["points"]) for one in lines]


def test_r82_the_best_two_of_three_races_of_three_meets_count(organizer: Organizer) -> None:
    id = series(organizer, race(organizer, "A B C"), race(organizer, "B C A"), race(organizer, "B A C"))
    assert told(organizer, id) == [(1, "B", 120), (2, "A", 114), (3, "C", 102)]
    lines = organizer.items(f"/series/{id}/standings")
    assert (lines[1]["scores"], lines[1]["counted"]) == ([60, 48, 54], [True, False, True])
    assert lines[1]["because"] == ["60 + 54 = 114, the best 2 of 3 (R82)"]
    SeriesStandingsOut.model_validate(organizer.get(f"/series/{id}/standings"))


def test_ties_go_by_the_tie_breaks_in_their_order(organizer: Organizer) -> None:
    races = race(organizer, "A B"), race(organizer, "B A")
    assert told(organizer, series(organizer, *races)) == [(1, "B", 114), (2, "A", 114)]
    assert told(organizer, series(organizer, *races, tie_breaks=[])) == [(1, "A", 114), (1, "B", 114)]
    line = organizer.items(f"/series/{series(organizer, *races)}/standings")[0]
    assert line["because"][1] == "others have as many: better places, head to head, last race decide (R82)"


def test_events_of_one_meet_are_a_series_too(organizer: Organizer) -> None:
    home, *_ = first = race(organizer, "A B =C")
    second = race(organizer, "C A", home)
    assert told(organizer, series(organizer, first, second)) == [(1, "C", 114), (2, "A", 114), (3, "B", 54)]


def test_who_has_no_id_elsewhere_is_known_by_name_sex_and_birth_date(organizer: Organizer) -> None:
    born = {"external_id": None, "birth_date": "1990-01-01"}
    id = series(organizer, race(organizer, "A", **born), race(organizer, "A", **born), race(organizer, "A"))
    assert told(organizer, id) == [(1, "A", 120), (2, "A", 60)]


def test_two_of_one_meet_are_never_the_same(organizer: Organizer) -> None:
    same = {"external_id": None, "given_name": "Kim", "sex": "W"}
    id = series(organizer, race(organizer, "A B", **same), race(organizer, "A", **same))
    assert told(organizer, id) == [(1, "Kim", 60), (2, "Kim", 60), (3, "Kim", 54)]


def test_a_race_counts_when_it_is_finished_and_says_how_far_it_is(organizer: Organizer) -> None:
    done, (_, event, heat) = race(organizer, "A B"), race(organizer, "")
    id = series(organizer, done, (_, event, heat))
    page = organizer.get(f"/series/{id}/standings")
    assert [(one["stage"], one["counted"]) for one in page["races"]] == [("finished", True), ("to_come", False)]
    assert page["items"][0]["scores"] == [60, None]
    assert told(organizer, id, least="official") == []


def test_standings_move_with_every_change_of_a_race(organizer: Organizer) -> None:
    one = race(organizer, "A B")
    id = series(organizer, one, race(organizer, "A B"))
    path = f"/series/{id}/standings"
    tag = organizer.tag(path)
    assert organizer.client.get(f"/v1{path}", headers={"If-None-Match": tag}).status_code == 304
    organizer.make(f"/heats/{one[2]}/rulings", {"bib": "A", "kind": "dq", "rule": "TR17.3"})
    assert organizer.tag(path) != tag
    assert told(organizer, id) == [(1, "B", 114), (2, "A", 60)]


def test_an_event_that_is_held_no_more_counts_for_nobody(organizer: Organizer) -> None:
    gone = organizer.meet()
    event = organizer.sprint(gone)
    id = series(organizer, race(organizer, "A"), (gone, event, ""))
    assert organizer.send("DELETE", f"/events/{event}", match="now").status_code == 204
    races = organizer.get(f"/series/{id}/standings")["races"]
    assert (races[1]["name"], races[1]["stage"], races[1]["counted"]) == (None, None, False)
    assert told(organizer, id) == [(1, "A", 60)]


def test_a_meet_that_was_dropped_never_brings_an_old_answer_back(organizer: Organizer) -> None:
    home = organizer.meet(rehearsal=True, bib_scope="event")
    kept, dropped = race(organizer, "A B"), race(organizer, "B A", meet=home)
    at = f"/series/{series(organizer, kept, dropped)}/standings"
    before, tag = organizer.get(at), organizer.tag(at)
    assert organizer.send("DELETE", f"/meets/{home}", match="now").status_code == 204
    while (now := organizer.get(at))["seq"] < before["seq"]:
        organizer.make(f"/heats/{kept[2]}/rulings", {"bib": "A", "kind": "note", "reason": "fell"})
    assert now["seq"] == before["seq"]
    assert [one["name"] is None for one in now["races"]] == [False, True]
    assert organizer.tag(at) != tag


def test_places_among_women_alone(organizer: Organizer) -> None:
    id = series(organizer, race(organizer, "A b C d"))
    assert told(organizer, id, sex="W") == [(1, "b", 60), (2, "d", 54)]


def test_it_is_changed_with_its_etag_and_dropped(organizer: Organizer) -> None:
    one = race(organizer, "A B")
    id = series(organizer, one)
    body = {"name": "Other cup", "races": [{"event_id": one[1]}], "rules": {"points": [3, 2, 1]}}
    problem(organizer.send("PUT", f"/series/{id}", body), 428, "match_required")
    changed = organizer.send("PUT", f"/series/{id}", body, match="now").json()
    assert (changed["name"], changed["rules"]["points"]) == ("Other cup", [3, 2, 1])
    assert told(organizer, id) == [(1, "A", 3), (2, "B", 2)]
    assert organizer.get(f"/series/{id}") == changed
    SeriesOut.model_validate(changed)
    assert [one["id"] for one in organizer.items("/series", limit=1)] == [id]
    assert organizer.send("DELETE", f"/series/{id}", match="now").status_code == 204
    problem(organizer.client.get(f"/v1/series/{id}"), 404, "not_found")


@pytest.mark.parametrize(
    ("rules", "pointer", "code"),
    [
        ({"points": [1, 2]}, "/rules/points", "rising_points"),
        ({"points": [3], "beyond": 4}, "/rules/points", "rising_points"),
        ({"best": 0}, "/rules/best", "invalid_request"),
        ({"points": []}, "/rules/points", "invalid_request"),
    ],
)
def test_rules_that_cannot_be_are_refused(organizer: Organizer, rules: Any, pointer: str, code: str) -> None:
    body = {"name": "Cup", "races": [{"event_id": race(organizer, "A")[1]}], "rules": RULES | rules}
    problem(organizer.post("/series", body), 422, code, pointer)


def test_events_that_cannot_count_are_refused(organizer: Organizer) -> None:
    _, event, heat = race(organizer, "A")
    for other, code in ((event, "event_twice"), ("evt_0", "unknown_event"), (heat, "unknown_event")):
        body = {"name": "Cup", "races": [{"event_id": event}, {"event_id": other}], "rules": RULES}
        problem(organizer.post("/series", body), 422, code, "/races/1/event_id")


def test_others_see_a_series_when_all_of_its_meets_are_open(
    organizer: Organizer, as_holder: Callable[[str], TestClient]
) -> None:
    theirs = organizer.make("/organizations", {"name": "Theirs"})["id"]
    token = organizer.make("/tokens", {"name": "x", "scopes": ["meets:read", "meets:write"], "organization_id": theirs})
    other = as_holder(token["token"])
    races = race(organizer, "A B", birth_date="1990-01-01"), race(organizer, "A B", birth_date="1990-01-01")
    id = series(organizer, *races)
    path = f"/v1/series/{id}/standings"
    show(organizer, races[0][0], "public")
    for client in (other, as_holder("")):
        problem(client.get(path), 404, "not_found")
    show(organizer, races[1][0], "unlisted")
    for client in (other, as_holder("")):
        answer = client.get(path)
        assert [one["name"] for one in answer.json()["items"]] == ["RUNNER A", "RUNNER B"]
        assert answer.headers["Cache-Control"].startswith("public")
        assert "1990" not in answer.text
        assert "xA" not in answer.text
    body = {"name": "Cup", "races": [{"event_id": races[0][1]}], "rules": RULES}
    problem(other.post("/v1/series", json=body), 422, "unknown_event", "/races/0/event_id")
    problem(other.get(f"/v1/series/{id}"), 404, "not_found")


def test_names_are_shown_as_runners_wish(organizer: Organizer) -> None:
    one = race(organizer, "A B")
    id = series(organizer, one)
    show(organizer, one[0], "public")
    runner = next(each for each in organizer.items(f"/meets/{one[0]}/athletes") if each["bibs"] == ["A"])
    organizer.send("PATCH", f"/athletes/{runner['id']}", {"publish_name": "bib"}, match="now")
    answer = organizer.client.get(f"/v1/series/{id}/standings", headers={"Authorization": ""}).json()
    assert answer["items"][0]["name"] == "Bib A"
