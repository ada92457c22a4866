"""Rounds and heats over HTTP."""

from tests.api.entries import lists
from tests.api.organizer import Organizer, problem


def test_rounds_are_listed_in_running_order(organizer: Organizer, sprint: str) -> None:
    path = f"/events/{sprint}/rounds"
    first, final = organizer.items(path, limit=1)
    assert [(one["name"], one["number"], one["heat_count"]) for one in (first, final)] == [
        ("heats", 1, 0),
        ("final", 2, 0),
    ]
    assert first["advance"] == {"places": 1, "times": 0}
    assert organizer.get(f"{path}/final") == final
    problem(organizer.client.get(f"/v1{path}/semi"), 404, "not_found")


def test_on_the_road_each_wave_is_a_heat(organizer: Organizer, meet: str) -> None:
    event = organizer.event(meet)
    for bib, wave in (("1", "A"), ("2", "B"), ("3", "B")):
        organizer.register(event, bib, wave=wave)
    heats = organizer.make(f"/events/{event}/rounds/final/draw", expect=200)["heats"]
    shown = [(one["number"], one["wave"], one["starter_count"], one["state"], one["round"]) for one in heats]
    assert shown == [(1, "A", 1, "drawn", "final"), (2, "B", 2, "drawn", "final")]
    assert organizer.items(f"/events/{event}/heats", limit=1) == heats
    assert organizer.get(f"/heats/{heats[0]['id']}") == heats[0]


def test_a_road_race_without_entries_or_waves_has_one_heat(organizer: Organizer, meet: str) -> None:
    assert len(organizer.drawn(organizer.event(meet))) == 1


def test_another_wave_after_the_gun_is_another_heat(organizer: Organizer, meet: str) -> None:
    event = organizer.event(meet)
    organizer.register(event, "1", wave="A")
    (first,) = organizer.drawn(event)
    organizer.start(meet, first)
    organizer.register(event, "2", wave="B")
    assert [one["wave"] for one in organizer.heats(event)] == ["A", "B"]
    assert organizer.heats(event)[0]["state"] == "started"


def test_a_round_that_is_not_planned_is_not_found(organizer: Organizer, sprint: str) -> None:
    problem(organizer.send("PUT", f"/events/{sprint}/rounds/semi/heats", lists(["1"])), 404, "not_found")
    problem(organizer.post(f"/events/{sprint}/rounds/semi/draw"), 404, "not_found")


def test_heats_are_listed_by_round(organizer: Organizer, sprint: str) -> None:
    organizer.send("PUT", f"/events/{sprint}/rounds/final/heats", lists(["1"]))
    organizer.send("PUT", f"/events/{sprint}/rounds/heats/heats", lists(["1"], ["2"]))
    path = f"/events/{sprint}/heats"
    every = [(one["round"], one["number"]) for one in organizer.items(path, limit=1)]
    assert every == [("heats", 1), ("heats", 2), ("final", 1)]
    assert [one["round"] for one in organizer.items(path, round="final")] == ["final"]


def test_the_next_page_of_heats_begins_behind_the_last_one_whatever_was_withdrawn(
    organizer: Organizer, sprint: str
) -> None:
    heats = lists(["1"], ["2"], ["3"])
    assert organizer.send("PUT", f"/events/{sprint}/rounds/heats/heats", heats).status_code == 200
    path = f"/events/{sprint}/heats"
    first = organizer.get(path, limit=2)
    gone = first["items"][0]["id"]
    assert organizer.send("DELETE", f"/heats/{gone}", match="now").status_code == 204
    second = organizer.get(path, limit=2, cursor=first["next_cursor"])
    assert [one["number"] for one in first["items"] + second["items"]] == [1, 2, 3]


def test_a_heat_is_withdrawn_while_no_result_depends_on_it(organizer: Organizer, meet: str, sprint: str) -> None:
    first, second = organizer.send("PUT", f"/events/{sprint}/rounds/heats/heats", lists(["1"], ["2"])).json()["heats"]
    organizer.start(meet, second["id"])
    problem(organizer.send("DELETE", f"/heats/{first['id']}"), 428, "match_required")
    assert organizer.send("DELETE", f"/heats/{first['id']}", match="now").status_code == 204
    problem(organizer.client.get(f"/v1/heats/{first['id']}"), 404, "not_found")
    problem(organizer.send("DELETE", f"/heats/{second['id']}", match="now"), 409, "results_depend")
