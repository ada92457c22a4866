"""R11, R32–R34, R37, R47: who goes on. Starters are written `name place seconds`, one heat a line."""

import pytest

from app.domain.facts import How
from app.domain.ids import RegistrationId
from app.domain.meet import Advance
from app.rules.marks import parse_mark
from app.rules.qualification import Finisher, Ruled, qualify
from app.rules.rounding import THOUSANDTH, TimedBy


def heat(number: int, line: str) -> list[Finisher]:
    """`A 1 10.10 | B DQ | C 2 10.2 hand | D 3 10.3 guest | E 4 -`"""
    return [finisher(number, *text.split()) for text in line.split("|")]


def finisher(number: int, name: str, place: str, elapsed: str = "-", note: str = "") -> Finisher:
    placed = place.isdigit()
    method: TimedBy = "hand" if note == "hand" else "photo_finish"
    time = None if elapsed == "-" else parse_mark(elapsed)
    return Finisher(
        RegistrationId(name), number, int(place) if placed else None, time, method, ok=placed or place == "OK",
        eligible=note != "guest",
    )  # fmt: skip


def going_on(heats: str, places: int, times: int, ruled: Ruled | None = None, complete: bool = True) -> dict[str, str]:
    """Name → word, without those who do not go on."""
    lines = [heat(number, line) for number, line in enumerate(heats.strip().splitlines(), 1)]
    words = qualify(lines, Advance(places=places, times=times), THOUSANDTH, ruled, complete)
    assert len(words) == sum(map(len, lines)), "everybody has a word"
    return {str(who): word for who, word in words.items() if word}


def rule(**words: How | None) -> dict[RegistrationId, How | None]:
    return {RegistrationId(who): how for who, how in words.items()}


THREE_HEATS = """
A 1 10.10 | B 2 10.12 | E 3 10.20 | I 4 10.33
C 1 10.15 | D 2 10.30 | J 3 10.31
F 1 10.05 | G 2 10.11 | H 3 10.18
"""


def test_r32_first_of_each_heat_and_the_next_by_time() -> None:
    assert going_on(THREE_HEATS, 2, 2) == dict.fromkeys("ABCDFG", "Q") | {"E": "q", "H": "q"}


def test_r32_by_place_alone_and_by_time_alone() -> None:
    assert going_on(THREE_HEATS, 1, 0) == dict.fromkeys("ACF", "Q")
    assert going_on(THREE_HEATS, 0, 3) == dict.fromkeys("FAG", "q")


def test_r32_disqualified_and_unfinished_never_qualify() -> None:
    assert going_on("A 1 10.1 | B DQ 9.9 | C DNS | D DNF | E 2 10.4", 2, 2) == {"A": "Q", "E": "Q"}


def test_r32_a_place_that_a_heat_cannot_fill_goes_by_time() -> None:
    heats = "A 1 10.10 | B DQ | C DNF\nD 1 10.00 | E 2 10.20 | F 3 10.30 | G 4 10.40"
    assert going_on(heats, 2, 1) == {"A": "Q", "D": "Q", "E": "Q", "F": "q", "G": "q"}


def test_r47_a_disqualified_q_makes_room_for_the_next_by_place() -> None:
    assert going_on("A 1 10.1 | B DQ | C 2 10.3 | D 3 10.4", 2, 0) == {"A": "Q", "C": "Q"}


def test_guests_take_no_place_from_anybody() -> None:
    assert going_on("A 1 10.1 | P 2 10.2 guest | B 3 10.3 | C 4 10.4", 2, 1) == {"A": "Q", "B": "Q", "C": "q"}


def test_nobody_qualifies_by_time_while_a_heat_is_still_to_come() -> None:
    heats = "A 1 10.1 | B 2 10.2 | C 3 10.3\nD OK | E OK"
    assert going_on(heats, 1, 2, complete=False) == {"A": "Q"}


def test_a_finisher_with_a_place_and_no_time_may_be_q_but_not_by_time() -> None:
    assert going_on("A 1 - | B 2 10.2 | C 3 -", 1, 2) == {"A": "Q", "B": "q"}


def test_r33_level_for_the_last_place_waits_for_an_official() -> None:
    assert going_on("A 1 10.1 | B 2 10.2 | C 2 10.2 | D 4 10.3", 2, 0) == {
        "A": "Q", "B": "undecided", "C": "undecided",
    }  # fmt: skip


def test_level_above_the_cut_needs_nobody() -> None:
    assert going_on("A 1 10.1 | B 1 10.1 | C 3 10.2", 2, 0) == {"A": "Q", "B": "Q"}


def test_the_judge_separates_equal_marks_inside_one_heat() -> None:
    assert going_on("A 1 10.1 | B 2 10.2 | C 3 10.2", 2, 0) == {"A": "Q", "B": "Q"}
    assert going_on("A 1 10.1 | B 2 10.2 | C 3 10.2", 1, 1) == {"A": "Q", "B": "q"}


def test_r33_who_is_left_over_of_a_tie_by_place_still_counts_by_time() -> None:
    """B or C is second; the other one of them is faster than D and takes the only place by time."""
    heats = "A 1 10.1 | B 2 10.2 | C 2 10.2 | D 4 10.3\nE 1 10.0 | F 2 10.05 | G 3 10.25"
    tied = {"A": "Q", "B": "undecided", "C": "undecided", "E": "Q", "F": "Q"}
    assert going_on(heats, 2, 1) == tied
    assert going_on(heats, 2, 2) == tied | {"G": "q"}
    assert going_on(heats, 2, 2, rule(B="lots")) == tied | {"B": "qD", "C": "q", "G": "q"}
    assert going_on(heats, 2, 1, rule(B="all")) == tied | {"B": "Q", "C": "Q", "G": "q"}


def test_r33_of_three_level_for_two_places_one_drawn_leaves_one_place() -> None:
    heats = "A 1 10.1 | B 2 10.2 | C 2 10.2 | D 2 10.2\nE 1 9.9 | F 2 10.0 | G 3 10.1 | X 4 10.15 | Y 5 10.25"
    through = {**dict.fromkeys("AEFG", "Q"), "B": "qD", "X": "q"}
    open_still = through | {"C": "undecided", "D": "undecided"}
    assert going_on(heats, 3, 2, rule(B="lots")) == open_still, "one of C and D has the second place by time"
    assert going_on(heats, 3, 3, rule(B="lots")) == open_still | {"Y": "q"}
    assert going_on(heats, 3, 2, rule(B="lots", C="lots")) == through | {"C": "qD", "D": "q"}


@pytest.mark.parametrize(
    ("ruled", "words"),
    [
        (rule(B="lots"), {"B": "qD"}),
        (rule(C="draw"), {"C": "qD"}),
        (rule(B="all"), {"B": "Q", "C": "Q"}),
        (rule(C="referee"), {"B": "Q", "C": "qR"}),
    ],
)
def test_r33_an_official_settles_a_tie_by_place(ruled: Ruled, words: dict[str, str]) -> None:
    assert going_on("A 1 10.1 | B 2 10.2 | C 2 10.2", 2, 0, ruled) == {"A": "Q"} | words


def test_r34_the_thousandth_decides_between_heats() -> None:
    assert going_on("A 1 10.1 | D 2 10.204\nB 1 10.1 | E 2 10.207", 1, 1) == {"A": "Q", "B": "Q", "D": "q"}


LEVEL = "A 1 10.1 | D 2 10.204 | F 3 10.3\nB 1 10.1 | E 2 10.204"


def test_r34_level_to_the_thousandth_between_heats_waits_for_an_official() -> None:
    assert going_on(LEVEL, 1, 1) == {"A": "Q", "B": "Q", "D": "undecided", "E": "undecided"}


def test_r34_what_a_camera_cannot_measure_decides_nothing() -> None:
    assert going_on("A 1 10.2041\nB 1 10.2049", 0, 1) == {"A": "undecided", "B": "undecided"}


def test_r34_level_times_that_all_fit_need_nobody() -> None:
    assert going_on(LEVEL, 1, 2) == {"A": "Q", "B": "Q", "D": "q", "E": "q"}


@pytest.mark.parametrize(
    ("ruled", "words"),
    [
        (rule(E="lots"), {"E": "qD"}),
        (rule(D="all"), {"D": "q", "E": "q"}),
        (rule(D="jury"), {"D": "qJ", "E": "q"}),
        (rule(F="referee"), {"D": "undecided", "E": "undecided", "F": "qR"}),
    ],
)
def test_r34_an_official_settles_a_tie_by_time(ruled: Ruled, words: dict[str, str]) -> None:
    assert going_on(LEVEL, 1, 1, ruled) == {"A": "Q", "B": "Q"} | words


def test_two_of_one_heat_and_one_of_another_at_the_cut_are_all_level() -> None:
    heats = "A 1 10.1 | D 2 10.2 | F 3 10.2\nB 1 10.1 | E 2 10.2"
    assert going_on(heats, 1, 2) == {"A": "Q", "B": "Q", **dict.fromkeys("DEF", "undecided")}


def test_the_place_of_one_heat_decides_for_its_own_at_the_cut_by_time() -> None:
    heats = "A 1 10.1 | D 2 10.2 | F 3 10.2 | G 3 10.2\nB 1 10.1"
    assert going_on(heats, 1, 1) == {"A": "Q", "B": "Q", "D": "q"}
    assert going_on(heats, 1, 2) == {"A": "Q", "B": "Q", "D": "q", "F": "undecided", "G": "undecided"}


def test_r11_times_of_different_methods_are_not_compared() -> None:
    heats = "A 1 10.1 | C 2 10.2 | E 3 10.9\nB 1 10.1 hand | D 2 10.3 hand | F 3 10.4 hand"
    assert going_on(heats, 1, 1) == {"A": "Q", "B": "Q", "C": "undecided", "D": "undecided"}
    assert going_on(heats, 1, 4) == {"A": "Q", "B": "Q", **dict.fromkeys("CDEF", "q")}
    assert going_on(heats, 1, 1, rule(D="referee")) == {"A": "Q", "B": "Q", "D": "qR"}


def test_r37_advanced_by_officials_push_nobody_out() -> None:
    ruled = rule(I="referee", J="jury")
    expected = dict.fromkeys("ABCDFG", "Q") | {"E": "q", "H": "q", "I": "qR", "J": "qJ"}
    assert going_on(THREE_HEATS, 2, 2, ruled) == expected


def test_r37_a_referee_may_advance_who_did_not_finish() -> None:
    assert going_on("A 1 10.1 | B DNF", 1, 0, rule(B=None)) == {"A": "Q", "B": "qR"}


def test_lots_and_all_settle_ties_and_nothing_else() -> None:
    assert going_on("A 1 10.1 | B 2 10.2 | C 3 10.3", 1, 1, rule(C="lots", B="all")) == {"A": "Q", "B": "q"}


def test_a_ruling_does_not_change_the_letter_of_who_qualified_anyway() -> None:
    assert going_on("A 1 10.1 | B 2 10.2", 1, 1, rule(A="referee", B="jury")) == {"A": "Q", "B": "q"}
