"""R82: a series of races."""

import pytest

from app.domain.refusals import Invalid
from app.rules.series import SeriesResult, SeriesRules, TieBreak, check_series_rules, points_for, series_results

CUP = SeriesRules(points=(60, 54, 48, 43, 40), beyond=1, best=2)


def races(*lines: str) -> list[dict[str, int]]:
    """Each race as `A B C` in order of place; `A=B` share a place; `-` is somebody outside the series."""
    out = []
    for line in lines:
        race, place = dict[str, int](), 1
        for group in line.split():
            runners = group.split("=")
            race |= {runner: place for runner in runners if runner != "-"}
            place += len(runners)
        out.append(race)
    return out


def table(rows: list[SeriesResult]) -> list[tuple[int, str, int]]:
    return [(row.place, row.runner, row.total) for row in rows]


def test_r82_the_best_two_of_three_count() -> None:
    [row, *_] = series_results(races("A B", "- - A", "B A"), CUP)
    assert (row.runner, row.scores, row.total) == ("A", (60, 48, 54), 114)
    assert row.counted == (True, False, True)


def test_r82_who_missed_a_race_has_no_score_there() -> None:
    rows = series_results(races("A B", "A"), CUP)
    assert table(rows) == [(1, "A", 120), (2, "B", 54)]
    assert (rows[1].scores, rows[1].counted) == ((54, None), (True, False))


def test_r82_without_a_number_all_races_count() -> None:
    rows = series_results(races("A B", "A B", "A B"), SeriesRules(points=(3, 1)))
    assert table(rows) == [(1, "A", 9), (2, "B", 3)]


def test_r82_of_equal_scores_the_earlier_one_counts() -> None:
    [row] = series_results(races("A", "A", "A"), CUP)
    assert row.counted == (True, True, False)


@pytest.mark.parametrize(("place", "points"), [(1, 60), (5, 40), (6, 1), (99, 1)])
def test_r82_places_beyond_the_table(place: int, points: int) -> None:
    assert points_for(place, CUP) == points


def test_r82_who_shares_a_place_has_its_points() -> None:
    rows = series_results(races("A=B C"), CUP)
    assert table(rows) == [(1, "A", 60), (1, "B", 60), (3, "C", 48)]


def groups(rows: list[SeriesResult]) -> list[str]:
    places = sorted({row.place for row in rows})
    return ["=".join(row.runner for row in rows if row.place == place) for place in places]


def order_by(breaks: tuple[TieBreak, ...], *results: str, points: tuple[int, ...] = (3, 2, 1)) -> list[str]:
    return groups(series_results(races(*results), SeriesRules(points=points, tie_breaks=breaks)))


def test_r82_nothing_else_leaves_the_tie() -> None:
    assert order_by((), "A B", "B A") == ["A=B"]


def test_r82_better_places_break_a_tie() -> None:
    # 108 points each; A and C have a first place, B two seconds
    assert order_by(("better_places",), "A B C", "C B A", points=(60, 54, 48)) == ["A=C", "B"]
    # second and third are worth the same: A and B have a first, A a second
    assert order_by(("better_places",), "A C B", "B A C", points=(5, 3, 3)) == ["A", "B", "C"]


def test_r82_head_to_head_counts_races_that_both_ran() -> None:
    # A 3 + 2, B 2 + 3; A was ahead the only time they met
    assert order_by(("head_to_head",), "B A", "- B", "A") == ["B", "A"]
    assert order_by(("head_to_head",), "A B", "- A", "B") == ["A", "B"]
    assert order_by(("head_to_head",), "A B", "B A") == ["A=B"]
    assert order_by(("head_to_head",), "A=B", "B - A", "A - B") == ["A=B"]


def test_r82_head_to_head_among_three_looks_at_these_three_alone() -> None:
    # each was ahead of each other as often as behind
    assert order_by(("head_to_head",), "A B C", "B C A", "C A B") == ["A=B=C"]


def test_r82_the_last_race_comes_last_and_who_missed_it_is_behind() -> None:
    assert order_by(("last_race",), "A B", "B A") == ["B", "A"]
    assert order_by(("last_race",), "A", "- - C", "C - - - A", points=(3, 0, 0)) == ["C", "A"]
    assert order_by(("last_race",), "A", "B", points=(3,)) == ["B", "A"]


def test_r82_breaks_are_tried_in_their_order_on_whoever_is_still_tied() -> None:
    # 4 points each; A has a first, B and C two seconds and a third, and each was ahead of the other once
    results, points = ("A B C", "- C B", "- B", "- C"), (4, 2)
    assert order_by((), *results, points=points) == ["A=B=C"]
    assert order_by(("better_places",), *results, points=points) == ["A", "B=C"]
    assert order_by(("better_places", "head_to_head"), *results, points=points) == ["A", "B=C"]
    assert order_by(("better_places", "head_to_head", "last_race"), *results, points=points) == ["A", "C", "B"]
    assert order_by(("last_race", "better_places"), *results, points=points) == ["C", "A", "B"]


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        (SeriesRules(points=(3, 4)), "rising_points"),
        (SeriesRules(points=(3, 2), beyond=3), "rising_points"),
        (SeriesRules(points=(3,), best=0), "out_of_range"),
        (SeriesRules(points=(3,), tie_breaks=("last_race", "head_to_head", "last_race")), "listed_twice"),
    ],
)
def test_r82_rules_that_cannot_be_are_refused(rules: SeriesRules, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_series_rules(rules, "/series")
    assert refused.value.code == code


@pytest.mark.parametrize(
    "rules", [CUP, SeriesRules(points=(3,), best=1), SeriesRules(points=()), SeriesRules(points=(1, 1), beyond=1)]
)
def test_r82_sound_rules_are_taken(rules: SeriesRules) -> None:
    check_series_rules(rules)


def test_r82_head_to_head_is_races_ahead_less_races_behind() -> None:
    """A was ahead of B and B of C: B's one race ahead and one behind lie between them."""
    rules = SeriesRules(points=(3, 3), best=1, tie_breaks=("head_to_head",))
    rows = series_results([{"A": 1, "B": 2}, {"B": 1, "C": 2}], rules)
    assert [(row.runner, row.place) for row in rows] == [("A", 1), ("B", 2), ("C", 3)]


def test_r82_of_races_that_scored_nothing_the_earlier_counts() -> None:
    rules = SeriesRules(points=(1, 0), best=1)
    (row,) = series_results([{"A": 2}, {"A": 3}], rules)
    assert (row.scores, row.counted) == ((0, 0), (True, False))
