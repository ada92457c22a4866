"""The live table: no line wider than the terminal, whatever letters a name has."""

import pytest

from app.cli import board

ITEM = {
    "place": 1,
    "bib": "117",
    "name": "Zoë Łukasik",
    "category": "W35",
    "mark": "51:12",
    "status": "OK",
    "splits": [{"point": "5 km", "elapsed_us": 1_500_000_000, "mark": "25:00", "place": 2}],
}


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("Łukasik", 7), ("李小龙", 6), ("e\u0301", 1), ("a\u200bb", 2), ("\x1b[31mred", 7)]
)
def test_wide_letters_count_two_and_marks_none(text: str, width: int) -> None:
    assert board.cells(text) == width


@pytest.mark.parametrize("width", range(1, 12))
@pytest.mark.parametrize(
    "text", ["", "short", "李小龙 is a long name", "Ni\u0303n\u0303o Müller-Lüdenscheidt", "a\x1b\n\tb"]
)
def test_a_fitted_text_is_exactly_as_wide_as_its_column(text: str, width: int) -> None:
    for right in (False, True):
        fitted = board.fit(text, width, right=right)
        assert board.cells(fitted) == width
        assert not any(ord(letter) < 32 for letter in fitted)


def test_a_standing_is_one_line() -> None:
    heading, line = board.standings([ITEM], ["5 km"], 80)
    assert heading.split() == ["pl", "bib", "name", "cat", "5", "km", "net"]
    assert line.split() == ["1", "117", "Zoë", "Łukasik", "W35", "25:00", "51:12"]


def test_who_has_no_place_shows_why() -> None:
    (_, line) = board.standings([ITEM | {"place": None, "mark": None, "status": "DQ", "splits": []}], ["5 km"], 80)
    assert line.split() == ["–", "117", "Zoë", "Łukasik", "W35", "·", "DQ"]


@pytest.mark.parametrize("width", [10, 30, 79, 200])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    assert all(board.cells(line) <= width for line in board.standings([ITEM], ["5 km", "7.5 km"], width))


@pytest.mark.parametrize(("done", "bar"), [(0, "    "), (1, "▎   "), (8, "██  "), (16, "████"), (20, "████")])
def test_a_bar_fills_in_eighths(done: int, bar: str) -> None:
    assert board.progress(done, 16, 4) == bar


def test_a_bar_of_nothing_is_empty() -> None:
    assert board.progress(0, 0, 3) == "   "


@pytest.mark.parametrize(("us", "text"), [(0, "0:00:00"), (4_323_900_000, "1:12:03"), (-61_000_000, "-0:01:01")])
def test_race_time_is_hours_minutes_seconds(us: int, text: str) -> None:
    assert board.clock(us) == text
