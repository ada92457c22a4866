"""Finals, combined events and teams of a meet whole, as their tables are printed (R58, R59, R80–R84)."""

from dataclasses import astuple
from typing import Any

import pytest

from app.domain.facts import RegistrationWithdrawn
from app.domain.ids import AthleteId, EventId, RegistrationId
from app.domain.meet import RoundSpec
from app.domain.refusals import Contradicts, NotFound
from app.timing.combined import Combined, combined, scoring_table, table_for
from app.timing.finals import FinalRound, finals
from app.timing.teams import TeamTable, team_table
from tests.timing.builders import S, Script, mass_start, track

E, F = EventId("e"), EventId("f")


# ── finals ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def final(script: Script) -> FinalRound:
    return finals(script.project())[0]


def dash() -> Script:
    script = Script()
    script.event(spec=track(100, rounds=(RoundSpec(name="heats"), RoundSpec(name="final"))))
    for bib in "123":
        script.runner(bib, role="guest" if bib == "3" else "competitor")
    return script


def test_a_final_goes_from_stage_to_stage() -> None:
    script = dash()
    script.heats(["1", "2", "3"], round="heats")
    script.finishes("e/heats/1", ("1", 10.2), ("2", 10.3), ("3", 10.4))
    assert final(script) == FinalRound(E, "100 m", "final", "to_come", (), (8, 7, 6, 5, 4, 3, 2, 1))
    script.heats(["1", "2", "3"], round="final")
    assert final(script).stage == "to_come"
    script.gun()
    assert (final(script).stage, final(script).placed) == ("running", ())
    script.finishes("e/final/1", ("2", 10.1), ("1", 10.2))
    assert [astuple(one) for one in final(script).placed] == [("e/2", "a2", "2", 1), ("e/1", "a1", "1", 2)]
    assert final(script).stage == "running"
    script.rule("3", "dnf")
    assert final(script).stage == "finished"


def test_a_withdrawn_runner_keeps_no_final_open_and_a_guest_has_no_place_in_it() -> None:
    script = dash()
    script.heats(["1", "2", "3"])
    script.finishes("e/final/1", ("3", 10.0), ("1", 10.2))
    script.record(RegistrationWithdrawn(registration=RegistrationId("e/2")))
    assert [(one.bib, one.place) for one in final(script).placed] == [("1", 1)]
    assert final(script).stage == "finished"


def test_finals_of_several_heats_are_placed_together() -> None:
    script = dash()
    script.heats(["1"], ["2"])
    script.finishes("e/final/1", ("1", 10.4))
    script.finishes("e/final/2", ("2", 10.3))
    assert [(one.bib, one.place) for one in final(script).placed] == [("2", 1), ("1", 2)]


# ── combined events ──────────────────────────────────────────────────────────────────────────────────────────────────


def two_events() -> Script:
    script = Script()
    script.event("e", track(100))
    script.event("f", track(200))
    for bib in "1234":
        script.runner(bib, "e")
    for bib in "12350":
        script.runner(bib, "f")
    script.heats("1234", event="e")
    script.heats("12350", event="f")
    return script


def table(script: Script) -> list[Combined]:
    now = script.project()
    return combined(now, (E, F), table_for(now, (E, F), None))


def test_r83_points_of_each_event_are_added_and_ranked() -> None:
    """DNF and DNS score nothing; a hand time is scored as the longer one that it is comparable to (R12)."""
    script = two_events()
    script.finishes("e/final/1", ("1", 11.0), ("2", 11.0), ("3", 11.5))
    script.rule("4", "dnf", "e/final/1")
    script.finishes("f/final/1", ("1", 22.2), ("2", 22.1), ("3", 22.1), method="hand")
    script.rule("5", "dns", "f/final/1")
    rows = [(*astuple(row)[:3], tuple(astuple(part)[:5] for part in row.parts)) for row in table(script)]
    assert rows == [
        ("a2", 1, 1_710, (("e", "11.00", "OK", 11_000_000, 861), ("f", "22.1h", "OK", 22_340_000, 849))),
        ("a1", 2, 1_700, (("e", "11.00", "OK", 11_000_000, 861), ("f", "22.2h", "OK", 22_440_000, 839))),
        ("a3", 3, 1_602, (("e", "11.50", "OK", 11_500_000, 753), ("f", "22.1h", "OK", 22_340_000, 849))),
        ("a4", 4, 0, (("e", None, "DNF", None, 0), ("f", None, None, None, None))),
        ("a5", 4, 0, (("e", None, None, None, None), ("f", None, "DNS", None, 0))),
        ("a0", None, 0, (("e", None, None, None, None), ("f", None, None, None, None))),
    ]


def test_r83_without_any_result_nobody_is_ranked() -> None:
    assert [(row.athlete, row.rank, row.total) for row in table(two_events())] == [
        (f"a{bib}", None, 0) for bib in "012345"
    ]


def test_a_race_that_the_table_does_not_have_is_refused() -> None:
    script = Script()
    script.event("e", track(123))
    script.runner("1")
    script.heats("1")
    now = script.project()
    with pytest.raises(Contradicts) as refused:
        combined(now, (E,), table_for(now, (E,), None))
    assert refused.value.code == "no_formula"
    assert "has no formula for '123 m' and any sex: name another scoring table" in refused.value.message


@pytest.mark.parametrize(
    ("metres", "sex", "named"), [(5_001, "W", "sex W"), (5_001, "M", "sex M"), (99, "X", "any sex")]
)
def test_the_refusal_of_a_race_says_for_whom_there_is_no_formula(metres: int, sex: Any, named: str) -> None:
    script = Script()
    script.event("e", track(metres, sex=sex))
    now = script.project()
    with pytest.raises(Contradicts, match=f"and {named}: name another"):
        combined(now, (E,), table_for(now, (E,), None))


def test_r83_a_mixed_race_that_the_table_has_for_men_alone_is_scored_for_them() -> None:
    script = Script()
    script.event("e", track(110, sex="X", discipline="hurdles"))
    script.runner("1")
    script.runner("2", sex="W")
    script.heats("12")
    script.finishes("e/final/1", ("1", 14.0), ("2", 14.0))
    now = script.project()
    parts = {row.athlete: row.parts[0] for row in combined(now, (E,), table_for(now, (E,), None))}
    assert parts[AthleteId("a1")].points == 975
    assert parts[AthleteId("a2")].unscored == "'combined-events' has no formula for sex W"


def test_a_scoring_table_that_there_is_not_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(NotFound) as refused:
        scoring_table("nobody's")
    assert str(refused.value) == (
        'there is no scoring table "nobody\'s" here: '
        "the scoring tables are 'combined-events', 'world-athletics-approximation'"
    )


# ── teams ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def team_race() -> Script:
    """Six of three teams on the road, a guest among them, and one who has withdrawn."""
    script = mass_start()
    for number, (team, sex) in enumerate([("A", "M"), ("B", "W"), ("A", "W"), ("B", "M"), ("A", "M"), ("C", "M")], 11):
        script.runner(str(number), team=team, sex=sex)
    script.runner("20", team="D", role="guest")
    script.runner("21", team="E")
    script.record(RegistrationWithdrawn(registration=RegistrationId("e/21")))
    for number in range(11, 16):
        script.reads(str(number), finish=2_400 + 10.2 * (number - 11))
    script.reads("20", finish=2_350)
    return script


def teams(sex: Any = None) -> TeamTable:
    return team_table(team_race().project().table(E), sex)


def test_r81_teams_of_a_road_race() -> None:
    found = teams()
    assert (len(found), found.unit, sorted(found.lines)) == (3, S, [f"e/{n}" for n in range(11, 16)])
    assert [astuple(one) for one in found.results] == [
        (
            "A",
            1,
            7_262 * S,
            (
                ("e/11", "A", 1, 2_400 * S, "M"),
                ("e/13", "A", 3, 2_421 * S, "W"),
                ("e/15", "A", 5, 2_441 * S, "M"),
            ),
            (),
        ),
        ("B", None, None, (), (("e/12", "B", 2, 2_411 * S, "W"), ("e/14", "B", 4, 2_431 * S, "M"))),
        ("C", None, None, (), ()),
    ]


def test_r81_teams_of_one_sex_are_made_of_its_own_runners() -> None:
    found = teams("W")
    assert (len(found), found.unit, sorted(found.lines)) == (2, S, ["e/12", "e/13"])
    assert [astuple(one) for one in found.results] == [
        ("A", None, None, (), (("e/13", "A", 2, 2_421 * S, "W"),)),
        ("B", None, None, (), (("e/12", "B", 1, 2_411 * S, "W"),)),
    ]
