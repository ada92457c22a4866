"""R80, R81: teams by places and by times."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.meet import Sex
from app.domain.refusals import Invalid
from app.domain.units import SECOND, Duration
from app.rules.marks import mark, parse_mark
from app.rules.teams import (
    Member,
    TeamResult,
    TeamRules,
    check_team_rules,
    team_results,
)
from tests.rules.shipped import WORLD

CROSS_COUNTRY, ROAD = WORLD.teams.cross_country, WORLD.teams.road
CROSS_COUNTRY_RENUMBERED = TeamRules(by="places", scoring=5, starting=7, renumber=True)
"""Schools and colleges."""


def by_places(**teams: str) -> list[Member]:
    """Runner at place n needs n minutes: `A="1 4 9 12"`; a woman has a `w` behind her place. `_` has no team."""
    return [
        member(None if team == "_" else team, int(place.rstrip("w")), "W" if place.endswith("w") else "M")
        for team, places in teams.items()
        for place in places.split()
    ]


def member(team: str | None, place: int, sex: Sex = "M") -> Member:
    return Member(runner=f"{team}{place}", team=team, place=place, elapsed_us=Duration(place * 60 * SECOND), sex=sex)


def placed(results: list[TeamResult]) -> list[tuple[int | None, str, int | None]]:
    return [(row.place, row.team, row.score) for row in results]


EXAMPLE = by_places(A="1 4 9 12", B="2 3 10 11", C="5 6 7")


def test_r80_a_tie_goes_to_the_team_whose_last_scorer_is_nearer_to_the_first() -> None:
    assert placed(team_results(EXAMPLE, CROSS_COUNTRY)) == [(1, "B", 26), (2, "A", 26), (None, "C", None)]


def test_r80_the_lowest_sum_wins_whoever_comes_last_for_it() -> None:
    results = team_results(by_places(A="1 2 3 10", B="4 5 6 7"), CROSS_COUNTRY)
    assert placed(results) == [(1, "A", 16), (2, "B", 22)]


@pytest.mark.parametrize(
    ("rules", "scoring", "starting"), [(CROSS_COUNTRY, 4, 6), (CROSS_COUNTRY_RENUMBERED, 5, 7), (ROAD, 3, None)]
)
def test_r80_how_many_score_and_how_many_start(rules: TeamRules, scoring: int, starting: int | None) -> None:
    assert (rules.scoring, rules.starting) == (scoring, starting)


def test_r80_an_incomplete_team_keeps_the_places_of_its_runners() -> None:
    incomplete = team_results(EXAMPLE, CROSS_COUNTRY)[-1]
    assert incomplete.scorers == ()
    assert [mate.place for mate in incomplete.others] == [5, 6, 7]


def test_r80_who_does_not_score_still_takes_up_a_place() -> None:
    first, second = team_results(by_places(A="1 2 3 4 5 6", B="7 8 9 10"), CROSS_COUNTRY)
    assert (first.score, second.score) == (10, 34)
    assert [mate.place for mate in first.others] == [5, 6]


def test_r80_renumbered_without_incomplete_teams_and_surplus_runners() -> None:
    rules = replace(CROSS_COUNTRY, scoring=2, starting=3, renumber=True)
    #      A 1 4 (6) and 7 surplus, B 2 5, C alone at 3, nobody's at 8, D 9 10
    field = by_places(A="1 4 6 7", B="2 5", C="3", _="8", D="9 10")
    first, second, third, last = team_results(field, rules)
    assert placed([first, second, third, last]) == [(1, "A", 4), (2, "B", 6), (3, "D", 13), (None, "C", None)]
    assert [mate.place for mate in (*first.scorers, *first.others)] == [1, 3, 5, 7]
    assert [mate.place for mate in third.scorers] == [6, 7]
    assert placed(team_results(field, replace(rules, renumber=False))) == [
        (1, "A", 5),
        (2, "B", 7),
        (3, "D", 19),
        (None, "C", None),
    ]


def test_r80_renumbering_can_change_who_wins() -> None:
    #  Two runners of an incomplete team between the last scorers of A and B.
    field = by_places(A="1 6", B="2 4", C="3", D="5 7")
    rules = TeamRules(by="places", scoring=2)
    assert placed(team_results(field, rules))[:2] == [(1, "B", 6), (2, "A", 7)]
    assert placed(team_results(field, replace(rules, renumber=True)))[:2] == [(1, "B", 5), (2, "A", 6)]


def test_r80_shared_places_stay_shared_when_renumbered() -> None:
    field = by_places(A="2 3", B="5 6", C="1")
    field.append(replace(member("B", 2), runner="B2"))
    rules = TeamRules(by="places", scoring=2, renumber=True)
    assert placed(team_results(field, rules)) == [(1, "A", 4), (2, "B", 5), (None, "C", None)]


def test_r80_teams_that_nothing_tells_apart_share_the_place() -> None:
    field = [member("A", 1), member("A", 3), member("B", 1), member("B", 3), member("C", 5), member("C", 6)]
    assert placed(team_results(field, TeamRules(by="places", scoring=2))) == [(1, "A", 4), (1, "B", 4), (3, "C", 11)]


@given(st.permutations(EXAMPLE))
def test_r80_the_order_of_the_list_changes_nothing(field: list[Member]) -> None:
    assert team_results(field, CROSS_COUNTRY) == team_results(EXAMPLE, CROSS_COUNTRY)


@given(st.lists(st.tuples(st.sampled_from("ABCD"), st.sampled_from(["M", "W"])), max_size=40))
def test_r80_renumbered_places_are_those_of_a_race_without_the_others(runners: list[tuple[str, Sex]]) -> None:
    field = [member(team, place, sex) for place, (team, sex) in enumerate(runners, 1)]
    results = team_results(field, CROSS_COUNTRY_RENUMBERED)
    counting = sorted(
        mate.place for row in results if row.place for mate in [*row.scorers, *row.others[: 7 - len(row.scorers)]]
    )
    assert counting == list(range(1, len(counting) + 1))


def timed(**teams: str) -> list[Member]:
    """Members in the order of their times, whatever their team."""
    marks = sorted(
        (parse_mark(text), team, index) for team, ts in teams.items() for index, text in enumerate(ts.split())
    )
    return [
        Member(runner=f"{team}{index}", team=team, place=place, elapsed_us=elapsed)
        for place, (elapsed, team, index) in enumerate(marks, 1)
    ]


def test_r81_the_best_three_times_are_added_up() -> None:
    row, incomplete = team_results(timed(A="31:02 31:40 33:05 35:00", B="30:00 30:30"), ROAD)
    assert row.score is not None
    assert mark(Duration(row.score), SECOND) == "1:35:47"
    assert (incomplete.team, incomplete.place) == ("B", None)


def test_r81_a_tie_goes_to_the_better_last_scorer() -> None:
    results = team_results(timed(A="30:00 31:00 34:00", B="31:10 31:40 32:10"), ROAD)
    assert [(row.place, row.team) for row in results] == [(1, "B"), (2, "A")]
    assert len({row.score for row in results}) == 1


def test_teams_can_be_timed_by_their_last_scorer() -> None:
    results = team_results(timed(A="30:00 31:00 34:00", B="31:10 31:40 33:10"), replace(ROAD, by="slowest"))
    assert [(row.team, row.score) for row in results] == [
        ("B", parse_mark("33:10")),
        ("A", parse_mark("34:00")),
    ]


def test_a_team_needs_so_many_women_among_its_scorers() -> None:
    rules = TeamRules(by="places", scoring=3, min_women=1)
    mixed, men = team_results(by_places(A="1 2 3", B="4 5 6 9w 10w"), rules)
    assert (mixed.team, [mate.place for mate in mixed.scorers]) == ("B", [4, 5, 9])
    assert (men.team, men.place) == ("A", None)


def test_women_who_are_fast_enough_take_no_mans_place_from_him() -> None:
    rules = TeamRules(by="places", scoring=3, min_women=1)
    [row] = team_results(by_places(A="1w 2 3w 4"), rules)
    assert [mate.place for mate in row.scorers] == [1, 2, 3]


def test_scorers_finish_within_the_longest_gap() -> None:
    rules = TeamRules(by="times", scoring=2, max_gap_us=Duration(120 * SECOND))
    close, apart = team_results(by_places(A="1 4 5", B="2 7"), rules)
    assert (close.team, [mate.place for mate in close.scorers]) == ("A", [4, 5])
    assert (apart.team, apart.place) == ("B", None)
    exactly = team_results(by_places(A="1 3"), rules)[0]
    assert exactly.place == 1


def test_a_gap_and_women_are_minded_together() -> None:
    rules = TeamRules(by="times", scoring=2, min_women=1, max_gap_us=Duration(120 * SECOND))
    [row] = team_results(by_places(A="1 2 3 8w 9"), rules)
    assert [mate.place for mate in row.scorers] == [8, 9]


def test_surplus_runners_never_score() -> None:
    rules = TeamRules(by="places", scoring=2, starting=3, min_women=1)
    [row] = team_results(by_places(A="1 2 3 4w"), rules)
    assert row.place is None


@pytest.mark.parametrize(
    ("rules", "pointer"),
    [
        (TeamRules(by="places", scoring=4, starting=3), "/teams/starting"),
        (TeamRules(by="places", scoring=4, min_women=5), "/teams/min_women"),
    ],
)
def test_rules_that_no_team_could_satisfy_are_refused(rules: TeamRules, pointer: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_team_rules(rules, "/teams")
    assert refused.value.pointer == pointer


@pytest.mark.parametrize(
    "rules",
    [
        CROSS_COUNTRY,
        CROSS_COUNTRY_RENUMBERED,
        ROAD,
        TeamRules(by="times", scoring=1, starting=1, min_women=1, max_gap_us=Duration(0)),
    ],
)
def test_sound_rules_are_taken(rules: TeamRules) -> None:
    check_team_rules(rules)
