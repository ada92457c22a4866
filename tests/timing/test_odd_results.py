"""Results that an official is asked about: each kind once found, and once not."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.facts import AthleteDescribed, Qualifier, QualifierReplaced, QualifiersFixed, RegistrationWithdrawn
from app.domain.ids import AthleteId, RegistrationId
from app.domain.meet import Ages
from app.domain.units import Duration
from tests.timing.anomaly_scenes import HEAT, ROUNDS, E, found, kinds, left_out, rounds, sprint, three_mats
from tests.timing.builders import S, Script, mass_start, points, track


def test_a_time_that_nobody_can_run() -> None:
    (one,) = found(sprint(9.05))
    assert (one.kind, one.severity, one.bib, one.heat) == ("impossible_speed", "impossible", "1", HEAT)
    assert one.reason == "bib 1 ran 9.05, faster than anybody can (R63): correct the gun, the reading or the time"
    assert kinds(sprint(9.58)) == []


def test_who_is_disqualified_is_not_asked_about_any_more() -> None:
    script = sprint(9.05)
    script.rule("1", "dq", rule="TR7.1")
    assert found(script) == []


@pytest.mark.parametrize(
    ("sex", "age", "seconds", "asked"),
    [
        ("W", 25, 10.0, True),
        ("W", 25, 10.49, False),
        ("M", 25, 10.0, False),
        ("M", 65, 10.5, True),
        ("X", 65, 12.0, False),
    ],
)
def test_a_time_that_is_hardly_possible_for_sex_and_age(sex: str, age: int, seconds: float, asked: bool) -> None:
    assert kinds(sprint(seconds, sex=sex, age=age)) == ["too_fast_for_category"] * asked


def test_another_birth_date_is_another_question() -> None:
    script = sprint(10.5, age=65)
    before = found(script)[0].id
    ages = Ages(race_day=66, year_end=66, first_day=66)
    script.record(AthleteDescribed(athlete=AthleteId("a1"), sex="M", ages=ages))
    assert found(script)[0].id != before


@pytest.mark.parametrize("legs", [2, 4])
def test_a_relay_has_no_sex_and_age_to_ask_about(legs: int) -> None:
    script = Script()
    script.event(spec=replace(track(100), relay_legs=legs, points=points(("start", 0), ("finish", 100 * legs))))
    script.runner("1", sex="W", age=15)
    script.heats(["1"])
    script.finishes(HEAT, ("1", 10.0 * legs))
    assert found(script) == []


def test_a_net_time_longer_than_the_gun_time() -> None:
    script = mass_start(ranking="net")
    script.reads("1", start=10, finish=2_400)
    script.rule("1", "time", elapsed_us=Duration(2_500 * S))
    assert kinds(script) == ["net_over_gun"]


def test_a_time_that_was_ruled_and_nobody_saw() -> None:
    script = mass_start()
    script.rule("1", "time", elapsed_us=Duration(2_400 * S))
    assert kinds(script) == ["no_evidence"]
    script.reads("1", finish=2_410)
    assert kinds(script) == []


def test_a_dns_who_was_seen_on_the_course() -> None:
    script = three_mats("1")
    script.rule("1", "dns")
    script.reads("1", start=1)
    assert kinds(script) == []
    script.reads("1", half=1_200)
    assert kinds(script) == ["finisher_dns"]


def test_a_dns_whom_the_image_has_with_a_time() -> None:
    script = sprint(10.2)
    script.rule("1", "dns")
    assert kinds(script) == ["finisher_dns"]


def test_a_dns_whom_a_mat_saw_and_the_image_did_not() -> None:
    script = Script()
    script.event(spec=track(800, points=points(("start", 0), ("600 m", 600), ("finish", 800))))
    script.runner("1")
    script.heats(["1"])
    script.gun()
    script.read("600 m", "1", 90)
    script.finishes(HEAT, ("1", None, {"status": "DNS"}))
    assert kinds(script) == ["finisher_dns"]


def test_a_tie_for_the_last_place_until_an_official_rules() -> None:
    script = rounds()
    script.finishes("e/heats/1", ("1", 10.2), ("2", 10.2), ("3", 10.4))
    assert kinds(script) == ["undecided"]
    script.rule("1", "advance", "e/heats/1", how="lots")
    assert kinds(script) == []


def test_a_qualifier_who_starts_in_no_heat_of_the_next_round() -> None:
    script = rounds()
    script.finishes("e/heats/1", ("1", 10.2), ("2", 10.3), ("3", 10.4))
    fixed = tuple(Qualifier(registration=RegistrationId(f"e/{bib}"), how="Q") for bib in "12")
    script.record(QualifiersFixed(event=E, round="heats", qualifiers=fixed))
    assert kinds(script) == []
    script.heats(["1"], round="final")
    assert [(one.kind, one.bib) for one in found(script)] == [("qualifier_missing", "2")]
    script.record(RegistrationWithdrawn(registration=RegistrationId("e/2")))
    assert kinds(script) == []


@pytest.mark.parametrize(("source", "asked"), [("qualifiers", True), ("non_qualifiers", False), ("byes", False)])
def test_only_a_round_of_qualifiers_misses_one(source: Any, asked: bool) -> None:
    script = left_out()
    named = [replace(one, source=source if one.name == "final" else None) for one in ROUNDS]
    script.event(spec=track(100, rounds=tuple(named)))
    assert [one.bib for one in found(script) if one.kind == "qualifier_missing"] == ["2"] * asked


def test_a_qualifier_whom_a_reserve_replaced_is_not_missing() -> None:
    script = rounds()
    script.finishes("e/heats/1", ("1", 10.2), ("2", 10.3), ("3", 10.4))
    first, second, third = (RegistrationId(f"e/{bib}") for bib in "123")
    fixed = tuple(Qualifier(registration=one, how="Q") for one in (first, second))
    script.record(QualifiersFixed(event=E, round="heats", qualifiers=fixed))
    script.heats(["1", "2"], round="final")
    script.record(
        QualifierReplaced(event=E, round="heats", into="final", out=second, why="withdrawn", by=third, how="q")
    )
    assert kinds(script) == []


@pytest.mark.parametrize(
    ("rule", "asked"),
    [
        (None, "bib 1 is DQ and no rule is said: rule again and say which (R42)"),
        ("RR-1", "bib 1 is DQ by RR-1, which the rules of the event do not list: look at the number (R43)"),
        ("TR17.33", "bib 1 is DQ by TR17.33, which the rules of the event do not list: look at the number (R43)"),
        ("TR17.3.1", None),
        ("TR17.3", None),
        ("TR17.1.2 (b)", None),
    ],
)
def test_r43_a_disqualification_says_a_rule_that_is_listed(rule: str | None, asked: str | None) -> None:
    script = sprint(10.0)
    script.rule("1", "dq", rule=rule)
    assert [(one.kind, one.reason) for one in found(script)] == ([("dq_rule", asked)] if asked else [])


def test_r43_each_disqualification_is_looked_at_whatever_the_one_before_it_says() -> None:
    script = Script()
    script.event(spec=track())
    for bib in "123":
        script.runner(bib)
    script.heats("123")
    for bib, rule in (("1", None), ("2", "TR17.3"), ("3", "RR-1")):
        script.rule(bib, "dq", rule=rule)
    assert [(one.kind, one.bib) for one in found(script)] == [("dq_rule", "1"), ("dq_rule", "3")]


def test_r43_rules_that_list_no_codes_ask_for_a_rule_alone() -> None:
    script = Script()
    script.event(spec=replace(track(), rules={"disqualifications": []}))
    script.runner("1")
    script.heats("1")
    script.finishes(HEAT, ("1", 10.0))
    script.rule("1", "dq", rule="house rule 3")
    assert kinds(script) == []
    script.rule("1", "dq")
    assert kinds(script) == ["dq_rule"]
