"""How rulesets are put together from their files: what one takes over, what it says itself, what is refused."""

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from app.domain.refusals import Invalid
from app.rules.ruleset import check_paths, merged
from app.rules.rulesets import RULESETS, Published, Unsure, load

BASE: dict[str, Any] = {
    **RULESETS["world-athletics", "2026.1"].plain,
    "name": "base",
    "version": "1",
    "about": "The base.",
    "unsure": [
        {"path": "wind", "why": "All of it."},
        {"path": "laps.missed", "why": "A guess."},
        {"path": "timing.image_us", "why": "One field."},
        {"path": "lapsed", "why": "Only begins with the same letters."},
        {"path": "order.shared_places", "why": "Nobody says."},
    ],
}
OWN: dict[str, Any] = {
    "name": "own",
    "version": "1",
    "extends": "base",
    "about": "Our own.",
    "wind": {"legal_mm_per_s": 3_000},
    "laps": {"missed": {"to_percent": 250}},
    "timing": {"chip_note": "ours"},
    "unsure": [{"path": "wind.legal_mm_per_s", "why": "We say so."}],
}


def loaded(*documents: dict[str, Any]) -> dict[str, Published]:
    return {name: one for (name, _), one in load(documents).items()}


def test_the_files_read_again_are_the_rulesets_that_there_are() -> None:
    folder = files("app.rules").joinpath("data/rulesets")
    assert load(tomllib.loads(file.read_text(encoding="utf-8")) for file in folder.iterdir()) == RULESETS


def test_a_file_is_read_whatever_comes_first() -> None:
    """The one that extends may stand before its base; another version of the base is another ruleset."""
    assert loaded(OWN, BASE) == loaded(BASE, OWN)
    assert list(load([BASE, OWN])) == [("base", "1"), ("own", "1")]


def test_what_extends_another_says_what_differs_and_takes_over_the_rest() -> None:
    base, own = loaded(BASE, OWN).values()
    assert (base.about, base.extends, base.differs) == ("The base.", None, ())
    assert (own.about, own.extends) == ("Our own.", "base")
    assert own.differs == ("laps.missed.to_percent", "timing.chip_note", "wind.legal_mm_per_s")
    assert own.plain == merged(base.plain, {key: OWN[key] for key in ("name", "wind", "laps", "timing")})
    assert (own.ruleset.name, own.ruleset.version) == ("own", "1")
    assert (own.ruleset.wind.legal_mm_per_s, own.ruleset.wind.backward) == (3_000, base.ruleset.wind.backward)


def test_doubts_are_taken_over_but_of_what_the_ruleset_says_itself() -> None:
    """Neither of a table of which it says a part, nor of a part of a table: its own doubts come first."""
    base, own = loaded(BASE, OWN).values()
    assert base.unsure == tuple(Unsure(**mark) for mark in BASE["unsure"])
    assert [mark.path for mark in own.unsure] == [
        "wind.legal_mm_per_s",
        "timing.image_us",
        "lapsed",
        "order.shared_places",
    ]
    assert own.unsure[0] == Unsure("wind.legal_mm_per_s", "We say so.")


def test_a_whole_table_takes_the_doubts_of_its_parts_with_it() -> None:
    whole = {**OWN, "timing": BASE["timing"] | {"image_us": 100}}
    assert "timing.image_us" not in [mark.path for mark in loaded(BASE, whole)["own"].unsure]


@pytest.mark.parametrize("extends", ["nothing", "own"])
def test_what_extends_nothing_that_is_there_is_refused(extends: str) -> None:
    with pytest.raises(ValueError, match=r"rulesets extend what is not there: \[\('own', '1'\)\]"):
        load([BASE, {**OWN, "extends": extends}])


def test_a_base_of_another_version_is_none() -> None:
    with pytest.raises(ValueError, match="not there"):
        load([BASE, {**OWN, "version": "2"}])


def test_a_ruleset_that_is_not_sound_is_refused_once_it_is_whole() -> None:
    with pytest.raises(Invalid, match="the lower one first"):
        load([BASE, {**OWN, "laps": {"missed": {"to_percent": 100}}}])


@pytest.mark.parametrize(
    ("overrides", "pointer", "said"),
    [
        ({"winds": {}}, "/rules/winds", "'winds' is no table of rules here: there are laps, wind"),
        (
            {"laps": {"least": {}, "mised": 1}},
            "/rules/laps/mised",
            "'mised' is no table of rules here: there are least",
        ),
        ({"name": "mine"}, "/rules/name", "'name' is no table of rules here: there are laps, wind"),
        ({"a/b~c": 1}, "/rules/a~1b~0c", "'a/b~c' is no table of rules here: there are laps, wind"),
    ],
)
def test_an_override_of_what_there_is_not_is_refused_where_it_stands(
    overrides: dict[str, Any], pointer: str, said: str
) -> None:
    plain = {"name": "x", "version": "1", "wind": {"legal": 1}, "laps": {"least": {"lap_m": 400}}}
    with pytest.raises(Invalid) as refused:
        check_paths(plain, overrides, "/rules")
    assert (refused.value.pointer, refused.value.code, refused.value.message) == (pointer, "unknown_table", said)


def test_overrides_of_what_there_is_are_taken() -> None:
    check_paths({"name": "x", "wind": {"legal": 1}, "list": [1]}, {"wind": {"legal": 2}, "list": [2]}, "/rules")
    check_paths({"name": "x", "wind": {"legal": 1}}, {"wind": 3}, "/rules")
