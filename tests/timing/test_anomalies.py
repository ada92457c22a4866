"""What an official is asked about before results are official: each kind once found, and once not."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from app.domain.facts import (
    AthleteDescribed,
    ConflictRuled,
    CrossingConfirmed,
    FinishesRead,
    Qualifier,
    QualifierReplaced,
    QualifiersFixed,
    ReadConflict,
    Reading,
    RegistrationWithdrawn,
)
from app.domain.ids import AthleteId, Chip, EventId, HeatId, RegistrationId, SourceId
from app.domain.meet import Advance, Ages, RoundSpec
from app.domain.units import Duration
from app.rules.anomalies import KINDS
from app.timing.anomalies import FINDERS
from app.timing.anomaly import Anomaly
from tests.timing.builders import S, Script, at, mass_start, points, road, track
from tests.timing.test_lap_chart import MISSED, laps, race

E = EventId("e")
HEAT = HeatId("e/final/1")


def found(script: Script, event: EventId | None = E) -> list[Anomaly]:
    return script.project().anomalies(event)


def kinds(script: Script, event: EventId | None = E) -> list[str]:
    return [one.kind for one in found(script, event)]


def three_mats(*bibs: str, **runner: Any) -> Script:
    script = Script()
    script.event(spec=road())
    for bib in bibs:
        script.runner(bib, **runner)
    script.draw()
    script.gun()
    return script


def sprint(seconds: float, metres: int = 100, **runner: Any) -> Script:
    script = Script()
    script.event(spec=track(metres))
    script.runner("1", **runner)
    script.heats(["1"])
    script.finishes(HEAT, ("1", seconds))
    return script


def test_every_kind_has_its_function() -> None:
    assert tuple(FINDERS) == KINDS


def test_a_race_without_anything_odd_has_no_anomaly() -> None:
    script = three_mats("1", "2")
    script.reads("1", start=2, half=1_200, finish=2_400)
    script.reads("2", start=3, half=1_300, finish=2_500)
    assert found(script) == found(script, None) == []


def test_a_time_that_nobody_can_run() -> None:
    (one,) = found(sprint(9.05))
    assert (one.kind, one.severity, one.bib, one.heat) == ("impossible_speed", "impossible", "1", HEAT)
    assert one.reason == "bib 1 ran 9.05, faster than anybody can (R63): correct the gun, the reading or the time"
    assert kinds(sprint(9.58)) == []


def test_who_is_disqualified_is_not_asked_about_any_more() -> None:
    script = sprint(9.05)
    script.rule("1", "dq")
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


def test_a_relay_has_no_sex_and_age_to_ask_about() -> None:
    script = Script()
    script.event(spec=replace(track(100), relay_legs=4, points=points(("start", 0), ("finish", 400))))
    script.runner("1", sex="W", age=15)
    script.heats(["1"])
    script.finishes(HEAT, ("1", 40.0))
    assert found(script) == []


def test_a_net_time_longer_than_the_gun_time() -> None:
    script = mass_start(ranking="net")
    script.reads("1", start=10, finish=2_400)
    script.rule("1", "time", elapsed_us=Duration(2_500 * S))
    assert kinds(script) == ["net_over_gun"]


def test_a_ghost_on_the_way_is_asked_about_with_its_reads() -> None:
    script = three_mats("1")
    script.reads("1", start=2)
    seq = script.read("5k", "1", 300)
    script.reads("1", finish=2_400)
    assert [(one.kind, one.seqs) for one in found(script)] == [("ghost_read", (seq,))]


def test_a_finish_without_a_point_on_the_way() -> None:
    script = three_mats("1", "2")
    script.reads("1", start=2, finish=2_400)
    script.reads("2", start=2, half=1_200)
    assert [(one.kind, one.bib) for one in found(script)] == [("missing_point", "1")]
    assert "was not read at 5k (R65)" in found(script)[0].reason


def test_a_lap_as_long_as_two_until_the_crossing_is_confirmed() -> None:
    script = race(laps(2_400), {"1": MISSED})
    assert kinds(script) == ["missed_lap"]
    script.record(CrossingConfirmed(heat=HEAT, registration=RegistrationId("e/1"), at=at(216.9)))
    assert kinds(script) == []


def waves() -> Script:
    script = Script()
    script.event(spec=road(points=points(("start", 0), ("finish", 10_000))))
    script.runner("1", wave="A")
    script.runner("2", wave="B")
    script.draw(waves=("A", "B"))
    script.gun("e/final/1", 0)
    script.gun("e/final/2", 300)
    return script


def test_a_start_with_another_wave() -> None:
    script = waves()
    seq = script.read("start", "1", 310)
    script.reads("2", start=310)
    assert [(one.kind, one.bib, one.seqs) for one in found(script)] == [("wrong_wave", "1", (seq,))]


def test_a_chip_at_two_places_at_once() -> None:
    script = three_mats("1")
    seqs = (script.read("5k", "1", 2_400), script.read("finish", "1", 2_400.1))
    assert [(one.kind, one.seqs) for one in found(script)] == [("two_places", seqs)]


def test_two_chips_of_one_runner_at_two_places_are_not_one_chip_at_two() -> None:
    script = three_mats("1", chips=("A", "B"))
    script.read("5k", "1", 2_400, chip="A")
    script.read("finish", "1", 2_400.1, chip="B")
    assert "two_places" not in kinds(script)


@pytest.mark.parametrize(("later", "asked"), [(2_461.0, True), (2_459.0, False)])
def test_two_chips_of_one_runner_far_apart(later: float, asked: bool) -> None:
    script = mass_start()
    script.chip("spare", "1")
    script.reads("1", start=1)
    seqs = (script.read("finish", "1", 2_400), script.read("finish", "1", later, chip="spare"))
    assert [(one.kind, one.seqs) for one in found(script)] == [("chips_apart", seqs)] * asked


def conflicting(place: str = "finish") -> Script:
    script = mass_start()
    script.source(place)
    first = script.read(place, "1", 2_400)
    script.record(
        ReadConflict(source=SourceId(place), epoch="1", source_seq=1, first_seq=first, at=at(2_410), chip=Chip("C2"))
    )
    return script


def test_a_conflict_of_reads_until_an_official_says_which_one_counts() -> None:
    script = conflicting()
    assert kinds(script) == kinds(script, None) == ["read_conflict"]
    script.record(ConflictRuled(conflict_seq=script.head, take="first"))
    assert kinds(script) == []


def test_a_conflict_elsewhere_concerns_the_meet_and_not_the_event() -> None:
    script = conflicting("car park")
    assert (kinds(script), kinds(script, None)) == ([], ["read_conflict"])


def test_a_reader_ahead_of_its_time_until_its_clock_is_corrected() -> None:
    script = mass_start()
    script.source("finish")
    script.read_early("finish", "1", 7_200 + 2_400, received=2_401)
    assert "clock_ahead" in kinds(script)
    script.source("finish", offset_us=-7_200 * S)
    assert "clock_ahead" not in kinds(script)


def two_readers(apart: float, bibs: Iterable[str] = "123") -> Script:
    script = mass_start()
    script.source("finish")
    script.source("finish", "backup", role="backup")
    for n, bib in enumerate(bibs):
        script.read("finish", bib, 2_400 + 10 * n)
        script.read("backup", bib, 2_400 + 10 * n + apart)
    return script


def test_two_readers_at_one_place_whose_clocks_differ() -> None:
    (one,) = found(two_readers(7.25))
    assert (one.kind, one.source) == ("clocks_apart", "backup")
    assert one.reason.startswith("backup is 7,250 ms behind finish at finish")
    assert found(two_readers(-7.25))[0].source == "finish"


def test_readers_close_together_or_with_little_in_common_say_nothing() -> None:
    assert kinds(two_readers(4)) == []
    assert kinds(two_readers(7.25, "12")) == []


def test_a_chip_of_nobody_that_is_written_like_a_bib_that_nobody_has_read() -> None:
    script = Script()
    script.event(spec=road(points=points(("start", 0), ("finish", 10_000))))
    script.runner("41", chips=())
    script.draw()
    script.gun()
    seq = script.read("finish", "41", 2_400, chip="0041")
    assert [(one.kind, one.seqs, one.values) for one in found(script)] == [("bib_like_chip", (seq,), ("0041", "41"))]
    script.chip("0041", "41")
    assert kinds(script) == []


def test_a_chip_like_the_bib_of_a_runner_who_was_read_is_a_stranger() -> None:
    script = mass_start()
    script.reads("1", start=1, finish=2_400)
    script.read("finish", "1", 2_400, chip="001")
    assert kinds(script) == []


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


ROUNDS = (RoundSpec(name="heats", advance=Advance(places=1)), RoundSpec(name="final"))


def rounds() -> Script:
    script = Script()
    script.event(spec=track(100, rounds=ROUNDS))
    for bib in "123":
        script.runner(bib)
    script.heats(["1", "2", "3"], round="heats")
    return script


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


def test_a_kind_that_the_rules_ignore_is_not_asked_about() -> None:
    spec = road(rules={"anomalies": {"ignored": ["missing_point"]}})
    script = Script()
    script.event(spec=spec)
    script.runner("1")
    script.draw()
    script.gun()
    script.reads("1", start=2, finish=2_400)
    assert found(script) == found(script, None) == []


def test_the_id_is_the_same_however_often_it_is_found_and_another_with_other_evidence() -> None:
    script = sprint(9.05)
    before = found(script)[0].id
    script.runner("2")
    assert found(script)[0].id == before == found(script, None)[0].id
    readings = (Reading(registration=RegistrationId("e/1"), elapsed_us=Duration(9_060_000)),)
    script.record(FinishesRead(heat=HEAT, method="photo_finish", readings=readings))
    assert found(script)[0].id != before


def test_the_meet_is_asked_about_each_thing_once() -> None:
    script = conflicting()
    script.event("f", road(points=points(("start", 0), ("finish", 10_000))))
    script.runner("9", "f")
    script.draw("f")
    script.gun("f/final/1", 10)
    assert kinds(script, EventId("f")) == ["read_conflict"]
    assert kinds(script, None) == ["read_conflict"]
