"""R67: overall awards and age groups."""

import pytest

from app.domain.units import Duration
from app.rules.awards import Award, AwardRules, Finisher, awards
from app.rules.marks import parse_mark


def finisher(place: int, runner: str, category: str | None = None, net: str | None = None) -> Finisher:
    """Women of `W35` and the like; men otherwise."""
    return Finisher(
        runner=runner,
        sex="W" if (category or "").startswith("W") else "M",
        place=place,
        category=category,
        net_us=None if net is None else parse_mark(net),
    )


def won(given: list[Award], category: str | None) -> list[tuple[int, str]]:
    return [(award.place, award.runner) for award in given if award.category == category]


WOMEN = [finisher(1, "A", "W35"), finisher(2, "B", "W-SEN"), finisher(3, "C", "W35"), finisher(4, "D", "W35")]


@pytest.mark.parametrize(("overall_top", "winner"), [(3, "D"), (2, "C"), (1, "C"), (0, "A")])
def test_r67_who_wins_overall_wins_no_age_group(overall_top: int, winner: str) -> None:
    given = awards(WOMEN, AwardRules(overall_top=overall_top, by_group=1))
    assert won(given, "W35") == [(1, winner)]
    assert [runner for _, runner in won(given, None)] == ["A", "B", "C"][:overall_top]


def test_r67_three_of_an_age_group_unless_an_organizer_says_otherwise() -> None:
    field = [finisher(place, f"{place}", "M40") for place in range(1, 6)]
    assert [runner for _, runner in won(awards(field, AwardRules()), "M40")] == ["1", "2", "3"]


def test_r67_double_dipping_where_an_organizer_allows_it() -> None:
    given = awards(WOMEN, AwardRules(overall_top=3, by_group=2, double_dipping=True))
    assert won(given, "W35") == [(1, "A"), (2, "C")]


def test_r67_overall_awards_are_given_for_each_sex() -> None:
    field = [finisher(1, "M1", "M40"), finisher(2, "M2", "M40"), finisher(3, "A", "W35"), finisher(4, "B", "W35")]
    given = awards(field, AwardRules(overall_top=1, by_group=1))
    assert [(award.sex, award.category, award.runner) for award in given] == [
        ("M", None, "M1"),
        ("W", None, "A"),
        ("M", "M40", "M2"),
        ("W", "W35", "B"),
    ]


def test_r67_one_category_of_both_sexes_has_awards_for_each() -> None:
    field = [
        Finisher(runner="A", sex="M", place=1, category="U18"),
        Finisher(runner="B", sex="W", place=2, category="U18"),
    ]
    assert [(a.sex, a.place, a.runner) for a in awards(field, AwardRules())] == [("M", 1, "A"), ("W", 1, "B")]


BY_NET = [
    finisher(1, "A", "M40", "40:10"),
    finisher(2, "B", "M40", "39:50"),
    finisher(3, "C", "M40"),
    finisher(4, "D", "M40", "39:50"),
]


def test_r67_by_net_time_and_nobody_without_one() -> None:
    given = awards(BY_NET, AwardRules(by_group=3, group_basis="net"))
    assert won(given, "M40") == [(1, "B"), (1, "D"), (3, "A")]


def test_r67_each_award_has_its_own_basis() -> None:
    given = awards(BY_NET, AwardRules(overall_top=1, by_group=1, overall_basis="net"))
    assert won(given, None) == [(1, "B"), (1, "D")]
    assert won(given, "M40") == [(1, "A")]


def test_r67_a_shared_place_is_a_shared_award() -> None:
    field = [finisher(1, "A", "M40"), finisher(1, "B", "M40"), finisher(3, "C", "M40")]
    assert won(awards(field, AwardRules(by_group=1)), "M40") == [(1, "A"), (1, "B")]
    assert won(awards(field, AwardRules(overall_top=1, by_group=1)), "M40") == [(1, "C")]


def test_r67_without_a_category_there_is_no_age_group_to_win() -> None:
    assert awards([finisher(1, "A")], AwardRules()) == []
    assert awards([], AwardRules(overall_top=3)) == []


def test_no_awards_at_all_may_be_asked_for() -> None:
    rules = AwardRules(overall_top=0, by_group=0)
    assert awards([Finisher(runner="A", sex="M", place=1, category="M40", net_us=Duration(1))], rules) == []
