"""Events are pinned to a ruleset; overrides are checked when they are given, and seen in draws and publications."""

import json
from dataclasses import replace
from typing import Any

import pytest

from app.domain.facts import EventDescribed, QualifiersFixed
from app.domain.ids import EventId
from app.domain.meet import Category, EventSpec
from app.domain.refusals import Invalid
from app.operations import events, meets
from app.operations.announced import content_of
from app.operations.publish import digest, publish, verify
from app.rules import rulesets
from app.rules.rulesets import RULESETS
from tests.operations.fakes import FakeSheet
from tests.operations.scenes import HEATS_AND_FINAL, SPRINT, draw, open_meet, register, sprint, timed_sprint


def spec_of(sheet: FakeSheet, event: EventId) -> EventSpec:
    return sheet.state.events[event].spec


def pin(spec: EventSpec) -> tuple[str | None, str | None]:
    return spec.ruleset, spec.ruleset_version


def described(**given: Any) -> EventSpec:
    return spec_of(*sprint(**given))


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a release had brought newer tables of all rulesets."""
    newer = {
        (name, "2027.1"): replace(one, ruleset=replace(one.ruleset, version="2027.1"))
        for (name, _), one in RULESETS.items()
    }
    both = {**RULESETS, **newer}
    monkeypatch.setattr(rulesets, "RULESETS", both)
    monkeypatch.setattr("app.operations.rulebooks.RULESETS", both)


# ── pinned ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_event_is_pinned_to_the_usual_ruleset_in_its_newest_version() -> None:
    assert pin(described()) == ("world-athletics", "2026.1")
    assert pin(described(ruleset="local")) == ("local", "2026.1")


@pytest.mark.usefixtures("later")
def test_a_new_event_gets_the_newest_version_or_the_one_it_asks_for() -> None:
    assert pin(described()) == ("world-athletics", "2027.1")
    assert pin(described(ruleset_version="2026.1")) == ("world-athletics", "2026.1")


def test_newer_tables_change_nothing_of_an_event_that_was_described_before(request: pytest.FixtureRequest) -> None:
    sheet, event = sprint()
    old = EventId("evt_old")
    sheet.record(EventDescribed(event=old, spec=replace(SPRINT, points=spec_of(sheet, event).points)))
    request.getfixturevalue("later")
    for one in (event, old):
        events.change(sheet, one, {"name": "100 m hurdles"})
        assert pin(spec_of(sheet, one)) == ("world-athletics", "2026.1")
    assert pin(spec_of(sheet, events.clone(sheet, event))) == ("world-athletics", "2026.1")
    events.change(sheet, event, {"ruleset_version": "2027.1"})
    assert pin(spec_of(sheet, event)) == ("world-athletics", "2027.1")
    events.change(sheet, old, {"ruleset": "local"})
    assert pin(spec_of(sheet, old)) == ("local", "2027.1")


def test_the_usual_ruleset_goes_along_with_the_direction_and_one_that_was_chosen_stays() -> None:
    sheet, usual = sprint()
    chosen = events.describe(sheet, replace(SPRINT, ruleset="local"))
    for event in (usual, chosen):
        events.change(sheet, event, {"direction": "backward"})
    assert pin(spec_of(sheet, usual)) == ("irr-retro-2016", "2026.1")
    assert pin(spec_of(sheet, chosen)) == ("local", "2026.1")
    events.change(sheet, chosen, {"ruleset": None})
    assert pin(spec_of(sheet, chosen)) == ("irr-retro-2016", "2026.1")


def test_an_event_from_before_is_pinned_when_it_changes_and_not_by_a_change_that_is_none() -> None:
    sheet, event = sprint()
    old = EventId("evt_old")
    points = spec_of(sheet, event).points
    sheet.record(EventDescribed(event=old, spec=replace(SPRINT, ruleset="village fete", points=points)))
    before = len(sheet.facts)
    events.change(sheet, old, {"name": SPRINT.name})
    assert len(sheet.facts) == before
    events.change(sheet, old, {"name": "Dash"})
    assert pin(spec_of(sheet, old)) == ("world-athletics", "2026.1")


@pytest.mark.parametrize(
    ("given", "pointer", "said"),
    [
        ({"ruleset": "iaaf"}, "/ruleset", "there are dlv-retro, irr-retro-2016, local, masters, road, world-athletics"),
        ({"ruleset_version": "1912.1"}, "/ruleset_version", "there are 2026.1"),
    ],
)
def test_a_ruleset_that_there_is_not_is_refused_with_those_that_there_are(
    given: dict[str, Any], pointer: str, said: str
) -> None:
    with pytest.raises(Invalid, match=said) as refused:
        described(**given)
    assert refused.value.pointer == pointer


# ── overridden ───────────────────────────────────────────────────────────────────────────────────────────────────────

REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"speed": {}}, "/rules/speed", "unknown_table"),
    ({"name": "mine"}, "/rules/name", "unknown_table"),
    ({"version": "9"}, "/rules/version", "unknown_table"),
    ({"wind": {"legal": 3}}, "/rules/wind/legal", "unknown_table"),
    ({"a/b~c": 1}, "/rules/a~1b~0c", "unknown_table"),
    ({"wind": {"legal_mm_per_s": "3"}}, "/rules/wind/legal_mm_per_s", "wrong_form"),
    ({"wind": None}, "/rules/wind", "wrong_form"),
    ({"rounds": {"room": [{"most": 8, "lanes": 8}]}}, "/rules/rounds/room/0/lanes", "unknown_field"),
    ({"rounds": {"rest": []}}, "/rules/rounds/rest", "no_last_row"),
    ({"rounds": {"room": [{"most": 2}]}}, "/rules/rounds/room/0/most", "out_of_range"),
    ({"rounds": {"room": [{"most": 3, "longest_m": 800}, {"most": 1}]}}, "/rules/rounds/room/1/most", "out_of_range"),
    ({"lanes": {"preference": [8, 9]}}, "/rules/lanes/preference/1", "out_of_range"),
]


@pytest.mark.parametrize(("rules", "pointer", "code"), REFUSED)
def test_overrides_that_cannot_be_are_refused_when_they_are_given(rules: Any, pointer: str, code: str) -> None:
    sheet, event = sprint()
    before = len(sheet.facts)
    for give in (
        lambda: events.describe(sheet, replace(SPRINT, rules=rules)),
        lambda: events.change(sheet, event, {"rules": rules}),
        lambda: meets.change(sheet, {"rules": rules}),
        lambda: open_meet(rules=rules),
    ):
        with pytest.raises(Invalid) as refused:
            give()
        assert (refused.value.pointer, refused.value.code) == (pointer, code)
    assert len(sheet.facts) == before


def test_a_meet_and_an_event_that_do_not_hold_together_are_refused_whoever_comes_last() -> None:
    """Each alone would do: the meet's straights of 130 m, the event's bend that ends at 120 m."""
    longer, shorter = {"lanes": {"straight_to_m": 130}}, {"lanes": {"bend_to_m": 120}}
    sheet = open_meet(rules=longer)
    with pytest.raises(Invalid) as refused:
        events.describe(sheet, replace(SPRINT, rules=shorter))
    assert refused.value.pointer == "/rules/lanes/bend_to_m"
    sheet, _ = sprint(rules=shorter)
    with pytest.raises(Invalid) as refused:
        meets.change(sheet, {"rules": longer})
    assert refused.value.pointer == "/rules/lanes/bend_to_m"


def test_what_a_meet_overrides_makes_the_courses_of_its_events_anew() -> None:
    sheet = open_meet()
    mile = events.describe(sheet, replace(SPRINT, distance_m=1_609, start="mass"))
    assert [p.distance_m for p in spec_of(sheet, mile).points][:2] == [0, 409]
    meets.change(sheet, {"rules": {"laps": {"nearest_crossing_m": 0}}})
    assert [p.distance_m for p in spec_of(sheet, mile).points][:2] == [0, 9]
    events.change(sheet, mile, {"rules": {"laps": {"nearest_crossing_m": 50}}})
    assert [p.distance_m for p in spec_of(sheet, mile).points][:2] == [0, 409]


# ── seen in a draw ───────────────────────────────────────────────────────────────────────────────────────────────────


def drawn(rules: dict[str, Any], nations: str = "", runners: int = 12, **given: Any) -> list[list[str]]:
    sheet, event = sprint(rules=rules, **given)
    for number in range(runners):
        nation = nations[number] * 3 if nations else None
        register(sheet, event, str(number), seed_mark=f"{10 + number}.00", nation=nation)
    heats = draw(sheet, event, spec_of(sheet, event).rounds[0].name)
    bib = {id: one.entry.bib for id, one in sheet.state.registrations.items()}
    return [[bib[starter.registration] for starter in heat.starters] for heat in heats]


def test_the_room_in_a_heat() -> None:
    assert len(drawn({}, distance_m=1_500, start="mass", runners=16)) == 2
    rules = {"rounds": {"room": [{"most": 16}]}}
    assert len(drawn(rules, distance_m=1_500, start="mass", runners=16)) == 1
    assert len(drawn({"rounds": {"laned_to_m": 400}}, distance_m=800, start="mass")) == 1
    assert len(drawn({}, distance_m=800, start="mass")) == 2


@pytest.mark.parametrize(
    ("apart", "together"), [("nation_or_club", False), ("nation", False), ("club", True), ("nobody", True)]
)
def test_who_is_kept_apart(apart: str, together: bool) -> None:
    heats = drawn({"rounds": {"apart": apart}}, nations="NXYNABCDEFGH")
    assert any({"0", "3"} <= set(heat) for heat in heats) is together


def lanes_of_final(rules: dict[str, Any]) -> dict[str, int | None]:
    """Bib → lane in a final of four who had a bye, best first, in a meet of four lanes."""
    sheet = open_meet(lanes=4)
    rounds = (HEATS_AND_FINAL[0], replace(HEATS_AND_FINAL[1], source="byes"))
    event = events.describe(sheet, replace(SPRINT, rounds=rounds, rules=rules))
    found = [register(sheet, event, str(number), seed_mark=f"{10 + number}.00")[0] for number in range(4)]
    sheet.record(QualifiersFixed(event=event, round="heats", qualifiers=()))
    (heat,) = draw(sheet, event)
    lanes = {starter.registration: starter.lane for starter in heat.starters}
    return {str(number): lanes[id] for number, id in enumerate(found)}


def test_lanes_by_rank() -> None:
    groups = [{"race": "straight", "lanes": 4, "groups": [[4], [3], [2], [1]]}]
    assert lanes_of_final({"lanes": {"groups": groups}}) == {"0": 4, "1": 3, "2": 2, "3": 1}
    usual = lanes_of_final({})
    assert {usual["0"], usual["1"]} == {2, 3}


# ── said with results ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_publication_says_under_which_rules_it_was_made() -> None:
    sheet, event, _ = timed_sprint()
    events.change(sheet, event, {"rules": {"wind": {"legal_mm_per_s": 3_000}}})
    content = json.loads(content_of(sheet.projection, event, sheet.people))
    said = {"ruleset": "world-athletics", "version": "2026.1", "overridden": ["wind.legal_mm_per_s"]}
    assert content["rules"] == said


def test_what_was_announced_before_rulesets_had_versions_still_holds() -> None:
    sheet, event, _ = timed_sprint()
    published = publish(sheet, event, "official")
    old = json.loads(published.content)
    del old["rules"]
    text = json.dumps(old | {"ruleset": None}, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    from_before = replace(published, content=text, digest=digest(text))
    assert verify(from_before, sheet.projection, sheet.people, same_people=True) == []


def test_other_rules_than_were_announced_are_a_difference() -> None:
    sheet, event, _ = timed_sprint()
    published = publish(sheet, event, "official")
    events.change(sheet, event, {"rules": {"wind": {"legal_mm_per_s": 3_000}}})
    (found,) = verify(published, sheet.projection, sheet.people, same_people=True)
    assert (found.where, found.field) == ("publication", "rules")


def test_an_events_own_categories_win_over_those_of_its_ruleset() -> None:
    own = (Category(name="Veterans", min_age=50),)
    assert described(ruleset="masters", categories=own).categories == own
