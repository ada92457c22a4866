"""What tables ask of officials; and that no table is there for nobody."""

import ast
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

import app
from app.domain.meet import EventSpec
from app.rules.instructions import instructions
from app.rules.ruleset import NAMED, Ruleset
from tests.rules.shipped import shipped

WORLD, RETRO = shipped("world-athletics"), shipped("irr-retro-2016")


def race(metres: int, **given: Any) -> EventSpec:
    usual: dict[str, Any] = {"surface": "track", "sex": "M", "start": "lanes", "timing": "photo_finish"}
    return EventSpec(**{"name": "race", "distance_m": metres, **usual, **given})


def said(spec: EventSpec, rules: Ruleset = WORLD) -> dict[str, tuple[str, str]]:
    return {one.path: (one.rule, one.text) for one in instructions(spec, rules, 400)}


def changed(table: str, **given: Any) -> Ruleset:
    return replace(WORLD, **{table: replace(getattr(WORLD, table), **given)})


def test_a_sprint_forwards() -> None:
    assert said(race(100)) == {
        "starts.blocks_to_m": ("R91", "With starting blocks."),
        "conduct.breaks": ("R90", "Everybody stays in the own lane all the way."),
        "conduct.finish_reference": ("R4", "The torso at the finish line stops the clock."),
        "wind.measured": ("R15", "Wind is measured for 10 s, from the start signal."),
        "announcing.protest_us": ("R55", "Protests may be made for 30 min after results are announced."),
    }


def test_two_laps_backwards() -> None:
    told = said(race(800, direction="backward"), RETRO)
    assert told["starts.blocks_to_m"] == ("R91", "Without starting blocks.")
    assert told["starts.standing"] == ("R91", "A standing start.")
    assert told["conduct.breaks"] == ("R90", "Lanes may be left after 100 m, at the break line.")
    assert told["conduct.escort"] == ("R89", "Nobody runs along.")
    assert told["laps.per_scorer"] == ("R103", "A lap scorer for every 4 runners.")
    assert told["conduct.finish_reference"] == ("R92", "The back at the finish line stops the clock.")
    assert "wind.measured" not in told


@pytest.mark.parametrize(
    ("rules", "spec", "path", "text"),
    [
        (changed("starts", blocks_to_m=60), race(100), "starts.blocks_to_m", "Without starting blocks."),
        (changed("relays", baton=False), race(100, relay_legs=4), "relays.baton", "There is no baton."),
        (WORLD, race(100, relay_legs=4), "relays.baton", "The baton is carried by hand."),
        (changed("laps", per_scorer=6), race(1_500), "laps.per_scorer", "A lap scorer for every 6 runners."),
        (WORLD, race(1_500), "conduct.breaks", "Nobody keeps a lane: to the inside at once."),
        (WORLD, race(400, relay_legs=4), "conduct.breaks", "Lanes may be left after 500 m, at the break line."),
        (
            WORLD,
            race(200),
            "wind.measured",
            "Wind is measured for 10 s, from when the leader enters the straight.",
        ),
        (
            changed("conduct", escort="organiser"),
            race(100),
            "conduct.escort",
            "Whether a companion may run along, the organizer says.",
        ),
        (
            changed("announcing", protest_us=90_000_000),
            race(100),
            "announcing.protest_us",
            "Protests may be made for 1.5 min after results are announced.",
        ),
    ],
)
def test_a_table_that_is_overridden_asks_for_something_else(
    rules: Ruleset, spec: EventSpec, path: str, text: str
) -> None:
    assert said(spec, rules)[path][1] == text


def test_on_the_road_nobody_keeps_a_lane_or_starts_from_blocks() -> None:
    told = said(race(10_000, surface="road", start="mass", timing="transponder"), shipped("road"))
    assert list(told) == ["conduct.finish_reference", "announcing.protest_us"]


def tables(of: type) -> Iterator[str]:
    """Names of all fields, down to single values."""
    hints = get_type_hints(of)
    for field in fields(of):
        yield field.name
        for inner in inside(hints[field.name]):
            yield from tables(inner)


def inside(hint: Any) -> Iterator[type]:
    if is_dataclass(hint) and isinstance(hint, type):
        yield hint
    for arg in get_args(hint):
        yield from inside(arg)


def read_in(folder: Path) -> Iterator[str]:
    """What is read of anything, but for where tables are only checked."""
    for path in folder.rglob("*.py"):
        if path.name != "sound.py":
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                    yield node.attr


def test_every_table_is_read_for_an_answer_or_said_to_officials() -> None:
    asked = set(tables(Ruleset)) - NAMED
    assert {"finish_reference", "after_m", "chip_note"} <= asked
    assert asked - set(read_in(Path(app.__file__).parent)) == set()
