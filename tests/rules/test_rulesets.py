"""Rulesets as data: what is shipped, word for word; how they are put together, pinned and overridden."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.domain.meet import EventSpec, MeetSpec
from app.domain.refusals import Invalid, UnknownRules
from app.rules.categories import categories_of
from app.rules.ruleset import Ruleset, merged, paths
from app.rules.rulesets import NAMES, RULESETS, Key, Under, load, newest, published_of, rules_of, under, usual_name
from app.rules.shipped import value_of

GOLDEN = Path(__file__).with_name("golden")
KEYS = list(RULESETS)
MEET = MeetSpec(name="Open", timezone="UTC", starts_on="2026-06-01", ends_on="2026-06-01")
DASH = EventSpec(name="100 m", distance_m=100, surface="track", sex="X", start="lanes", timing="photo_finish")


def label(key: Key) -> str:
    return f"{key[0]}-{key[1]}"


def golden(key: Key) -> Path:
    return GOLDEN / f"{label(key)}.json"


@pytest.mark.parametrize("key", KEYS, ids=label)
def test_a_ruleset_is_what_it_was_when_it_was_released(key: Key) -> None:
    """A table that changes is a new version, in a file of its own; before a release the golden file is made anew."""
    whole = json.loads(msgspec.json.encode(RULESETS[key].ruleset))
    assert whole == json.loads(golden(key).read_text(encoding="utf-8"))


def test_every_version_that_was_ever_released_is_still_here() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == {label(key) for key in KEYS}
    assert NAMES == ("dlv-retro", "irr-retro-2016", "local", "masters", "road", "world-athletics")


@pytest.mark.parametrize("key", KEYS, ids=label)
def test_a_ruleset_names_only_what_differs_from_the_one_it_extends(key: Key) -> None:
    one = RULESETS[key]
    if one.extends is None:
        return
    base = RULESETS[one.extends, key[1]].plain
    assert [path for path in one.differs if at(one.plain, path) == at(base, path)] == []
    assert one.differs


@pytest.mark.parametrize("key", KEYS, ids=label)
def test_a_mark_of_doubt_is_on_a_table_that_there_is(key: Key) -> None:
    one = RULESETS[key]
    assert one.unsure
    for mark in one.unsure:
        assert at(one.plain, mark.path) is not None
        assert mark.why.endswith((".", ")"))
    assert len({mark.path for mark in one.unsure}) == len(one.unsure)


def at(plain: Any, path: str) -> Any:
    for step in path.split("."):
        plain = plain[step]
    return plain


def test_what_a_ruleset_says_itself_it_is_not_unsure_of_because_its_base_is() -> None:
    base = {mark.path: mark.why for mark in RULESETS["world-athletics", "2026.1"].unsure}
    retro = {mark.path: mark.why for mark in RULESETS["irr-retro-2016", "2026.1"].unsure}
    assert retro["rounds.progressions"] != base["rounds.progressions"]
    assert retro["timing.precision"] == base["timing.precision"]


def test_a_ruleset_that_extends_nothing_known_is_refused() -> None:
    with pytest.raises(ValueError, match=r"extend what is not there: \[\('lost', '1'\)\]"):
        load([{"name": "lost", "version": "1", "extends": "nothing", "about": "."}])


def test_the_newest_version_is_the_highest_number_and_not_the_last_word(monkeypatch: pytest.MonkeyPatch) -> None:
    one = RULESETS["road", "2026.1"]
    versions = {version: replace(one, about=version) for version in ("2026.9", "2026.10", "2025.99")}
    monkeypatch.setattr("app.rules.rulesets.RULESETS", {("road", version): held for version, held in versions.items()})
    assert newest("road").about == "2026.10"


@pytest.mark.parametrize(
    ("spec", "name"),
    [
        (DASH, "world-athletics"),
        (replace(DASH, surface="road"), "road"),
        (replace(DASH, direction="backward"), "irr-retro-2016"),
        (replace(DASH, direction="backward", surface="road"), "irr-retro-2016"),
    ],
)
def test_an_event_without_a_ruleset_has_the_usual_one(spec: EventSpec, name: str) -> None:
    assert usual_name(spec) == name
    assert rules_of(MEET, spec).name == name


def test_an_event_from_before_names_were_checked_has_the_usual_rules_whatever_it_says() -> None:
    assert published_of(replace(DASH, ruleset="village fete")).ruleset.name == "world-athletics"
    assert published_of(replace(DASH, ruleset="local")).ruleset.name == "local"
    assert published_of(replace(DASH, ruleset="local")).ruleset.version == "2026.1"


def test_an_event_pinned_by_a_newer_build_is_refused_and_never_run_under_other_rules() -> None:
    with pytest.raises(UnknownRules, match=r"'local', version 2031\.2.*install the newer Backstraight"):
        published_of(replace(DASH, ruleset="local", ruleset_version="2031.2"))


def test_objects_merge_and_lists_and_values_replace() -> None:
    plain = {"a": {"b": [1, 2], "c": 3}, "d": {"e": 1}}
    assert merged(plain, {"a": {"b": [9]}, "d": 7}) == {"a": {"b": [9], "c": 3}, "d": 7}
    assert plain == {"a": {"b": [1, 2], "c": 3}, "d": {"e": 1}}


def test_overridden_paths_are_dotted_and_in_order() -> None:
    assert paths({"wind": {"backward": True}, "laps": {"missed": {"to_percent": 1}, "least": {}}, "x": [1]}) == [
        "laps.missed.to_percent",
        "wind.backward",
        "x",
    ]


def test_the_event_has_the_last_word_then_the_meet_then_the_ruleset() -> None:
    meet = replace(MEET, rules={"wind": {"legal_mm_per_s": 3_000, "backward": True}})
    event = replace(DASH, rules={"wind": {"legal_mm_per_s": 4_000}})
    wind = rules_of(meet, event).wind
    assert (wind.legal_mm_per_s, wind.backward) == (4_000, True)
    assert rules_of(meet, DASH).wind.legal_mm_per_s == 3_000
    assert rules_of(MEET, event).wind.backward is False
    assert under(meet, event) == Under("world-athletics", "2026.1", ("wind.backward", "wind.legal_mm_per_s"))


def test_the_same_overrides_are_put_together_once() -> None:
    one, other = (replace(DASH, rules={"wind": {"backward": True}}) for _ in range(2))
    assert rules_of(MEET, one) is rules_of(None, other)
    assert rules_of(MEET, DASH) is rules_of(None, DASH)


def test_groups_of_a_ruleset_are_an_events_where_they_are_assigned_and_it_has_none() -> None:
    masters = RULESETS["masters", "2026.1"].ruleset.categories
    own = RULESETS["irr-retro-2016", "2026.1"].ruleset.categories.groups
    assert categories_of(DASH, masters)[0].name == "M35"
    assert categories_of(replace(DASH, categories=own), masters) == own
    assert categories_of(DASH, RULESETS["world-athletics", "2026.1"].ruleset.categories) == ()


@pytest.mark.parametrize(
    ("change", "pointer", "said"),
    [
        ({"wind": {"legal_mm_per_s": "2"}}, "/wind/legal_mm_per_s", "wind.legal_mm_per_s: expected `int`, got `str`"),
        ({"wind": 3}, "/wind", "expected `object`"),
        ({"laps": {"per_scorer": 4.5}}, "/laps/per_scorer", "expected `int`, got `float`"),
        ({"laps": {"per_scorer": True}}, "/laps/per_scorer", "expected `int`, got `bool`"),
        ({"laps": {"per_scorer": 2**70}}, "/laps/per_scorer", "laps.per_scorer"),
        ({"timing": {"image_us": 0}}, "/timing/image_us", ">= 1"),
        ({"order": {"shared_places": "4="}}, "/order/shared_places", "invalid enum value"),
        ({"rounds": {"final": "A/B"}}, "/rounds/final", "rounds.final: expected `str` matching"),
        ({"rounds": {"names": ["heats", " "]}}, "/rounds/names/1", "rounds.names[1]: expected `str` matching"),
        ({"rounds": {"room": [{"most": 0}]}}, "/rounds/room/0/most", ">= 1"),
        ({"rounds": {"room": [{"longest_m": 1}]}}, "/rounds/room/0", "missing required field `most`"),
        ({"rounds": {"room": [{"most": 1, "lanes": 8}]}}, "/rounds/room/0/lanes", "there are most, longest_m"),
        ({"rounds": {"final": "fi\nnal"}}, "/rounds/final", "matching regex"),
        ({"rounds": {"final": "\ud800"}}, "/rounds/final", "matching regex"),
    ],
)
def test_what_a_table_cannot_hold_is_refused_where_it_stands(change: Any, pointer: str, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        value_of(merged(newest("world-athletics").plain, change), Ruleset)
    assert refused.value.pointer == pointer
    assert said in refused.value.message
