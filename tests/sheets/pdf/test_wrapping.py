"""Where lines are broken."""

import pytest

from app.sheets.pdf.shaping import Setter
from app.sheets.pdf.wrapping import wrapped


@pytest.mark.parametrize(
    ("text", "like", "lines"),
    [
        ("HOLM Rune", "HOLM Rune", ["HOLM Rune"]),
        ("HOLM Rune", "HOLM", ["HOLM", "Rune"]),
        ("BRANDT-WASSER Luca", "BRANDT-", ["BRANDT-", "WASSER", "Luca"]),
        ("100/200/400", "100/200/", ["100/200/", "400"]),
        ("李小龍李小龍", "李小龍", ["李小龍", "李小龍"]),
        ("김민준 이", "김민준", ["김민준", "이"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("काकाका", "काक", ["का", "का", "का"]),
        ("  ", "", [""]),
    ],
)
def test_a_line_is_broken_between_words_and_else_between_letters(text: str, like: str, lines: list[str]) -> None:
    setter = Setter()
    assert wrapped(setter, text, setter.width(like)) == lines


def test_of_too_many_lines_the_last_one_says_that_there_are_more() -> None:
    setter = Setter()
    width = setter.width("one two")
    assert wrapped(setter, "one two three four five", width, most=2) == ["one two", "three…"]
    assert wrapped(setter, "one two three", width, most=2) == ["one two", "three"]


def test_a_letter_that_is_wider_than_the_line_stands_alone() -> None:
    assert wrapped(Setter(), "WW", 1) == ["W", "W"]
