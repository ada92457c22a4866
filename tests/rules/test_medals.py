"""R58, R59: medals and placing points of nations."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.medals import MedalLine, Placed, medal_table, placing_table
from app.rules.places import places
from app.rules.points import POINTS


def final(text: str) -> list[Placed]:
    """`1 NOR, 2 KEN`; `-` for somebody without a nation."""
    return [
        Placed(int(place), None if nation == "-" else nation)
        for place, nation in (one.split() for one in text.split(", "))
    ]


def medals(*finals: str) -> list[tuple[int, str, int, int, int]]:
    lines = medal_table(map(final, finals))
    return [(line.rank, line.nation, line.gold, line.silver, line.bronze) for line in lines]


@pytest.mark.parametrize(
    ("places", "table"),
    [
        ("1 A, 1 B, 3 C", [(1, "A", 1, 0, 0), (1, "B", 1, 0, 0), (3, "C", 0, 0, 1)]),
        ("1 A, 2 B, 2 C, 4 D", [(1, "A", 1, 0, 0), (2, "B", 0, 1, 0), (2, "C", 0, 1, 0)]),
        ("1 A, 2 B, 3 C, 3 D, 3 E", [(1, "A", 1, 0, 0), (2, "B", 0, 1, 0), *((3, n, 0, 0, 1) for n in "CDE")]),
        ("1 A, 1 A, 1 B, 4 C", [(1, "A", 2, 0, 0), (2, "B", 1, 0, 0)]),
        ("1 -, 2 A, 3 B", [(1, "A", 0, 1, 0), (2, "B", 0, 0, 1)]),
    ],
)
def test_r58_shared_places_are_shared_medals(places: str, table: list[tuple[int, str, int, int, int]]) -> None:
    assert medals(places) == table


def test_r58_gold_before_silver_before_bronze_and_equal_ones_share_the_rank() -> None:
    table = medals("1 NOR, 2 KEN, 3 ESP", "1 NOR, 2 ESP, 3 KEN", "1 SUI, 2 NOR, 3 NOR")
    assert table == [(1, "NOR", 2, 1, 1), (2, "SUI", 1, 0, 0), (3, "ESP", 0, 1, 1), (3, "KEN", 0, 1, 1)]


def test_r58_one_gold_is_worth_more_than_any_number_of_silvers() -> None:
    table = medals("1 A, 2 B, 3 C", "1 -, 2 B, 3 C", "1 -, 2 B, 3 A")
    assert [(rank, nation) for rank, nation, *_ in table] == [(1, "A"), (2, "B"), (3, "C")]


def test_a_line_has_its_total() -> None:
    assert MedalLine(rank=1, nation="NOR", gold=3, silver=1, bronze=2).total == 6


def test_r47_a_relay_disqualified_later_hands_its_medals_on() -> None:
    before = ["NOR", "ESP", "KEN", "SUI"]
    after = [team for team in before if team != "ESP"]
    announced, again = (
        [line.nation for line in medal_table([[Placed(place, team) for place, team in enumerate(teams, 1)]])]
        for teams in (before, after)
    )
    assert announced == ["NOR", "ESP", "KEN"]
    assert again == ["NOR", "KEN", "SUI"]


def placing(*finals: str) -> list[tuple[int, str, Fraction]]:
    return [(line.rank, line.nation, line.points) for line in placing_table(map(final, finals))]


def test_r59_points_of_all_finals_are_added_up() -> None:
    assert placing("1 NOR, 2 KEN, 2 ESP, 4 KEN", "1 KEN") == [
        (1, "KEN", Fraction(39, 2)),
        (2, "NOR", Fraction(8)),
        (3, "ESP", Fraction(13, 2)),
    ]


def test_r59_equal_points_go_by_the_number_of_firsts_then_seconds() -> None:
    assert placing("1 A, 4 -, 8 B", "2 B, 9 A") == [(1, "A", Fraction(8)), (2, "B", Fraction(8))]
    assert placing("2 A, 3 B", "6 A, 5 B", "7 -, 8 B") == [(1, "B", Fraction(11)), (2, "A", Fraction(10))]
    assert placing("2 A, 3 B", "6 A, 5 B") == [(1, "A", Fraction(10)), (2, "B", Fraction(10))]


def test_r59_what_cannot_be_told_apart_shares_the_rank() -> None:
    assert placing("1 B, 3 C", "1 A, 3 C") == [
        (1, "C", Fraction(12)),
        (2, "A", Fraction(8)),
        (2, "B", Fraction(8)),
    ]


def test_r59_a_line_counts_places_and_nobody_is_listed_without_points() -> None:
    line, *others = placing_table([final("1 A, 1 A, 3 A, 9 B")])
    assert (line.counts, others) == ((2, 0, 1, 0, 0, 0, 0, 0), [])


def test_r59_an_athlete_without_a_nation_takes_up_a_place() -> None:
    assert placing("1 -, 1 A") == [(1, "A", Fraction(15, 2))]


@given(st.lists(st.lists(st.tuples(st.integers(0, 12), st.sampled_from("ABCD")), max_size=12), max_size=5))
def test_r59_all_points_go_to_somebody(finals: list[list[tuple[int, str]]]) -> None:
    placed = [
        [Placed(place, nation) for place, (_, nation) in zip(places([k for k, _ in one]), one, strict=True)]
        for one in finals
    ]
    given_out = sum(line.points for line in placing_table(placed))
    assert given_out == sum(sum(POINTS.placing[: len(one)]) for one in finals)


def test_r59_each_final_scores_by_its_own_table() -> None:
    lines = placing_table([final("1 A, 2 B"), final("1 B, 2 A, 3 A")], [(8, 7), (5, 4, 3)])
    assert [(line.nation, line.points, line.counts) for line in lines] == [("A", 15, (1, 1, 1)), ("B", 12, (1, 1, 0))]
