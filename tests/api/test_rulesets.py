"""Rulesets over HTTP: to be read by anyone, named by events, overridden by meets and events."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.organizer import ROAD, SPRINT, Organizer, problem
from tests.api.races import road, track


def test_rulesets_are_there_for_anyone(client: TestClient) -> None:
    listed = client.get("/v1/rulesets", headers={"Authorization": ""}).json()["items"]
    names = [one["name"] for one in listed]
    assert names == ["dlv-retro", "irr-retro-2016", "local", "masters", "road", "world-athletics"]
    assert (listed[2]["extends"], listed[2]["differs"]) == ("world-athletics", ["timing.chip_note", "timing.precision"])


def test_the_list_of_rulesets_has_pages(organizer: Organizer) -> None:
    assert [one["name"] for one in organizer.items("/rulesets", limit=4)][3:] == ["masters", "road", "world-athletics"]


def test_a_ruleset_shows_all_of_its_tables_and_its_doubts(organizer: Organizer, client: TestClient) -> None:
    one = organizer.get("/rulesets/dlv-retro")
    assert (one["version"], one["extends"]) == ("2026.1", "irr-retro-2016")
    assert one["tables"]["conduct"]["escort"] == "no_contact"
    assert one["tables"]["timing"]["precision"][0]["unit_us"] == 10_000
    assert "conduct.breaks" in {mark["path"] for mark in one["unsure"]}
    assert organizer.get("/rulesets/dlv-retro", version="2026.1") == one
    tag = organizer.tag("/rulesets/dlv-retro")
    assert client.get("/v1/rulesets/dlv-retro", headers={"If-None-Match": tag}).status_code == 304


def test_a_ruleset_that_there_is_not(client: TestClient) -> None:
    assert "'world-athletics'" in problem(client.get("/v1/rulesets/iaaf"), 404, "not_found")["detail"]
    answer = client.get("/v1/rulesets/road", params={"version": "1912.1"})
    assert "there is no version '1912.1' here" in problem(answer, 404, "not_found")["detail"]


def test_an_event_shows_its_ruleset_and_what_is_overridden(organizer: Organizer) -> None:
    meet = organizer.meet(rules={"wind": {"backward": True}})
    made = organizer.make(f"/meets/{meet}/events", {**SPRINT, "rules": {"wind": {"legal_mm_per_s": 3_000}}})
    shown = {name: made[name] for name in ("ruleset", "ruleset_version", "rules", "overridden")}
    assert shown == {
        "ruleset": "world-athletics",
        "ruleset_version": "2026.1",
        "rules": {"wind": {"legal_mm_per_s": 3_000}},
        "overridden": ["wind.backward", "wind.legal_mm_per_s"],
    }
    assert organizer.get(f"/meets/{meet}")["rules"] == {"wind": {"backward": True}}
    rules = organizer.get(f"/events/{made['id']}/rules")
    assert rules["overridden"] == [
        {"path": "wind.backward", "by": "meet"},
        {"path": "wind.legal_mm_per_s", "by": "event"},
    ]
    assert (rules["ruleset"], rules["version"], rules["event_id"]) == ("world-athletics", "2026.1", made["id"])
    assert (rules["tables"]["wind"]["backward"], rules["tables"]["wind"]["legal_mm_per_s"]) == (True, 3_000)


def test_what_was_overridden_by_an_official_is_no_longer_unsure(organizer: Organizer) -> None:
    event = organizer.sprint(organizer.meet(), rules={"order": {"blocks": BLOCKS}})
    unsure = {mark["path"] for mark in organizer.get(f"/events/{event}/rules")["unsure"]}
    assert "rounds.rest" in unsure
    assert "order.blocks" not in unsure


BLOCKS = ["placed", "racing", "DNF", "guest", "entered", "DNS", "DQ"]


def test_the_rules_of_an_event_move_with_the_meet_and_the_event(organizer: Organizer) -> None:
    meet = organizer.meet()
    event = organizer.sprint(meet)
    tags = {organizer.tag(f"/events/{event}/rules")}
    for path in (f"/meets/{meet}", f"/events/{event}"):
        answer = organizer.send("PATCH", path, {"rules": {"wind": {"legal_mm_per_s": len(tags)}}}, match="now")
        assert answer.status_code == 200, answer.text
        tags.add(organizer.tag(f"/events/{event}/rules"))
    assert len(tags) == 3
    cleared = organizer.send("PATCH", f"/events/{event}", {"rules": {}}, match="now").json()
    assert (cleared["rules"], cleared["overridden"]) == ({}, ["wind.legal_mm_per_s"])


@pytest.mark.parametrize(
    ("given", "pointer", "code", "said"),
    [
        ({"ruleset": "iaaf"}, "/ruleset", "unknown_ruleset", "there are dlv-retro, irr-retro-2016, local"),
        ({"ruleset_version": "9"}, "/ruleset_version", "unknown_version", "there are 2026.1"),
        ({"rules": {"speed": 3}}, "/rules/speed", "unknown_table", "there are announcing, anomalies"),
        ({"rules": {"wind": {"legal_mm_per_s": "3"}}}, "/rules/wind/legal_mm_per_s", "wrong_form", "expected `int`"),
        (
            {"rules": {"lanes": {"groups": [{"race": "lap", "lanes": 2, "groups": [[1], [1]]}]}}},
            "/rules/lanes/groups/0/groups",
            "lanes_differ",
            "name each lane from 1 to 2 once",
        ),
    ],
)
def test_rules_that_cannot_be_are_refused_at_once(
    organizer: Organizer, given: dict[str, Any], pointer: str, code: str, said: str
) -> None:
    meet = organizer.meet()
    event = organizer.sprint(meet)
    answers = [
        organizer.post(f"/meets/{meet}/events", {**SPRINT, **given}),
        organizer.send("PATCH", f"/events/{event}", given, match="now"),
    ]
    if "rules" in given:
        answers += [
            organizer.post("/meets", {"name": "A", "timezone": "UTC", **DAYS, **given}),
            organizer.send("PATCH", f"/meets/{meet}", given, match="now"),
        ]
    for answer in answers:
        document = problem(answer, 422, code, pointer)
        assert said in document["detail"]


DAYS = {"starts_on": "2026-06-06", "ends_on": "2026-06-06"}


def test_rules_are_an_object_and_nothing_else(organizer: Organizer) -> None:
    meet = organizer.meet()
    rules: Any
    for rules in (None, [], "local", 3):
        problem(organizer.post(f"/meets/{meet}/events", {**ROAD, "rules": rules}), 422, "invalid_request", "/rules")


def test_a_key_that_is_half_a_character_is_refused_as_text(organizer: Organizer, client: TestClient) -> None:
    answer = client.post(
        f"/v1/meets/{organizer.meet()}/events",
        content=b'{"name":"a","distance_m":100,"surface":"track","sex":"X","start":"mass","timing":"hand",'
        b'"rules":{"\\ud800":1}}',
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code in (400, 422)


def test_other_rules_need_the_tag_of_what_was_seen(organizer: Organizer) -> None:
    event = organizer.sprint(organizer.meet())
    change = {"rules": {"wind": {"legal_mm_per_s": 1}}}
    problem(organizer.send("PATCH", f"/events/{event}", change), 428, "match_required")
    problem(organizer.send("PATCH", f"/events/{event}", change, match='"1-0"'), 412, "stale")


def test_other_rules_can_be_supposed_before_they_are_given(organizer: Organizer) -> None:
    race = track(organizer, ("1", "2"))
    race.finishes(0, {"bib": "1", "elapsed_us": 10_213_000}, {"bib": "2", "elapsed_us": 10_218_000})
    supposed = {"kind": "event", "event": {"rules": {"timing": {"image_us": 10_000}}}}
    (moved,) = organizer.make(f"/events/{race.event}/what-if", {"facts": [supposed]}, expect=200)["changes"]
    assert (moved["bib"], moved["before"]["place"], moved["after"]["place"]) == ("2", 2, 1)
    wrong = {"kind": "event", "event": {"rules": {"timing": {"image_us": -1}}}}
    answer = organizer.post(f"/events/{race.event}/what-if", {"facts": [wrong]})
    problem(answer, 422, "wrong_form", "/facts/0/event/rules/timing/image_us")


def test_a_standing_and_a_publication_say_under_which_rules_they_were_made(organizer: Organizer) -> None:
    race = road(organizer, ("1",), rules={"awards": {"overall_top": 3}})
    race.gun()
    race.finish({"1": 2_400})
    said = {"ruleset": "road", "version": "2026.1", "overridden": ["awards.overall_top"]}
    assert organizer.get(f"/events/{race.event}/standings/1")["because"]["rules"] == said
    published = organizer.make(f"/events/{race.event}/publications", {"status": "provisional"})
    assert organizer.get(f"/publications/{published['id']}/content")["rules"] == said
    changed = organizer.send("PATCH", f"/events/{race.event}", {"rules": {}}, match="now")
    assert changed.status_code == 200
    assert organizer.get(f"/publications/{published['id']}/content")["rules"] == said
    assert organizer.get(f"/publications/{published['id']}/verification")["holds"] is True


def test_a_legal_wind_is_the_organizers_word(organizer: Organizer) -> None:
    def records(rules: dict[str, Any]) -> list[str]:
        race = track(organizer, ("1",), rules=rules)
        race.finishes(0, {"bib": "1", "elapsed_us": 10_000_000}, wind_mps="+3.0")
        return list(race.results()[0]["records"])

    assert records({}) == ["w"]
    assert records({"wind": {"legal_mm_per_s": 4_000}}) == []
    assert records({"wind": {"measured": []}}) == []


def test_a_copied_meet_keeps_its_rules_and_pins(organizer: Organizer) -> None:
    meet = organizer.meet(rules={"wind": {"backward": True}})
    organizer.sprint(meet, ruleset="local")
    copy = organizer.make(f"/meets/{meet}/clone", {"name": "Next year"})
    (event,) = organizer.items(f"/meets/{copy['id']}/events")
    assert (copy["rules"], event["ruleset"], event["ruleset_version"]) == (
        {"wind": {"backward": True}},
        "local",
        "2026.1",
    )


def test_what_tables_ask_of_officials_is_said_in_words_and_follows_overrides(organizer: Organizer) -> None:
    meet = organizer.meet()
    event = organizer.sprint(meet, direction="backward")

    def told() -> dict[str, str]:
        return {one["path"]: one["text"] for one in organizer.get(f"/events/{event}/rules")["for_officials"]}

    assert told()["conduct.finish_reference"] == "The back at the finish line stops the clock."
    organizer.send("PATCH", f"/events/{event}", {"rules": {"conduct": {"finish_reference": "torso"}}}, match="now")
    assert told()["conduct.finish_reference"] == "The torso at the finish line stops the clock."
