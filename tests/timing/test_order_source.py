"""What the order at the line rests on, said with each place (R109)."""

import pytest

from app.rules.order import OrderSource
from tests.timing.builders import Script, track
from tests.timing.lap_scenes import HEAT, laps, race


def sources(script: Script) -> dict[str, OrderSource | None]:
    return {line.bib: line.order_source for line in script.project().heat_results(HEAT)}


def sprint(*bibs: str) -> Script:
    script = Script()
    script.event(spec=track())
    for bib in bibs:
        script.runner(bib)
    script.heats(bibs)
    return script


@pytest.mark.parametrize(("method", "source"), [("photo_finish", "image"), ("hand", "hand")])
def test_r109_a_place_rests_on_what_the_time_was_taken_with(method: str, source: str) -> None:
    script = sprint("1", "2")
    script.finishes(HEAT, ("1", 10.2), method=method)
    assert sources(script) == {"1": source, "2": None}


def test_r109_the_judge_decides_where_marks_are_equal_and_nowhere_else() -> None:
    script = sprint("1", "2", "3", "4")
    first, second, third = ({"place": place} for place in (1, 2, 3))
    script.finishes(HEAT, ("1", 10.2, first), ("2", 10.2, second), ("3", 10.4, third), ("4", 10.4))
    assert sources(script) == {"1": "judge", "2": "judge", "3": "judge", "4": "image"}
    script.finishes(HEAT, ("2", 10.3, {"place": 2}))
    assert sources(script)["1"] == sources(script)["2"] == "image"


def test_r109_chip_order_says_so_until_the_image_is_read() -> None:
    script = race(laps(800, timing="photo_finish"), {"1": (60, 120), "2": (61, 119)})
    assert sources(script) == {"1": "chip", "2": "chip"}
    script.finishes(HEAT, ("1", 119.8), ("2", 119.9))
    assert sources(script) == {"1": "image", "2": "image"}


def test_who_has_no_place_has_no_source_of_it() -> None:
    script = sprint("1")
    script.finishes(HEAT, ("1", 10.2))
    script.rule("1", "dq")
    assert sources(script) == {"1": None}
