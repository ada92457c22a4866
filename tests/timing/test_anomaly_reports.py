"""Every anomaly whole, as an official gets it: what is odd, what to do, about whom, what shows it (R61–R65, R102)."""

from collections.abc import Callable
from typing import Any

import pytest

from app.domain.ids import EventId, RegistrationId, SourceId
from app.rules.anomalies import KINDS
from app.timing.anomaly import Anomaly
from tests.timing import anomaly_scenes as scenes
from tests.timing.anomaly_scenes import HEAT, E, conflicting, found, kinds, sprint, two_readers
from tests.timing.builders import S, Script, at, mass_start, points, road

OF_1: dict[str, Any] = {"event": E, "heat": HEAT, "registration": RegistrationId("e/1"), "bib": "1"}


def one(
    kind: Any, severity: Any, reason: str, seqs: tuple[int, ...] = (), values: tuple[Any, ...] = (), **who: Any
) -> Anomaly:
    return Anomaly(kind=kind, severity=severity, reason=reason, seqs=seqs, values=values, **(who or OF_1))


REPORTS: list[tuple[Callable[[], Script], Anomaly]] = [
    (
        scenes.ghost,
        one(
            "ghost_read",
            "questionable",
            "bib 1 was read at a point too early or too late to have run there (R63): find out who wore the chip",
            seqs=tuple(range(10, 30)),
        ),
    ),
    (
        scenes.two_points_missing,
        one(
            "missing_point",
            "questionable",
            "bib 1 finished and was not read at 3k, 5k (R65): look whether the course was cut short",
            values=("3k", "5k"),
        ),
    ),
    (
        scenes.missed_lap,
        one(
            "missed_lap",
            "questionable",
            "bib 1 took as long as two laps at 1200 m (R102): confirm the crossing, or leave it out",
            values=("1200 m", at(216.9)),
        ),
    ),
    (
        scenes.other_wave,
        one(
            "wrong_wave",
            "questionable",
            "bib 1 crossed the start with another wave and is timed from its own (R61): move the runner, or leave it",
            seqs=tuple(range(12, 32)),
            values=(HEAT,),
        ),
    ),
    (
        scenes.copied_chip,
        one(
            "two_places",
            "impossible",
            "bib 1 has a chip that was seen at 5k and finish at the same time (R63): look at these readers",
            seqs=(15, 16),
        ),
    ),
    (
        scenes.worn_by_another,
        one(
            "chips_apart",
            "impossible",
            "bib 1 has chips that crossed finish far apart: release the one that is worn by another",
            seqs=(20, 22),
        ),
    ),
    (
        conflicting,
        one(
            "read_conflict",
            "questionable",
            "finish sent two reads as number 1 of epoch 1: rule on it (read-conflicts/18/rulings)",
            seqs=(17, 18),
            source=SourceId("finish"),
        ),
    ),
    (
        scenes.ahead,
        one(
            "clock_ahead",
            "impossible",
            "finish sent reads 7,202 s before their own time: correct its clock with offset_us",
            seqs=(17,),
            values=(3 * S,),
            source=SourceId("finish"),
        ),
    ),
    (
        lambda: two_readers(7.25),
        one(
            "clocks_apart",
            "questionable",
            "backup is 7,250 ms behind finish at finish: correct one of the clocks with offset_us",
            values=("finish", 0, 0),
            source=SourceId("backup"),
        ),
    ),
    (
        lambda: two_readers(-7.25),
        one(
            "clocks_apart",
            "questionable",
            "finish is 7,250 ms behind backup at finish: correct one of the clocks with offset_us",
            values=("backup", 0, 0),
            source=SourceId("finish"),
        ),
    ),
    (
        scenes.like_a_bib,
        Anomaly(
            kind="bib_like_chip",
            severity="questionable",
            reason="chip 0041 is nobody's, looks like bib 41, and nobody has read that runner: assign it",
            seqs=(7,),
            values=("0041", "41"),
        ),
    ),
    (
        lambda: sprint(9.05),
        one(
            "impossible_speed",
            "impossible",
            "bib 1 ran 9.05, faster than anybody can (R63): correct the gun, the reading or the time",
            values=(9_050_000,),
        ),
    ),
    (
        lambda: sprint(10.0, sex="W", age=25),
        one(
            "too_fast_for_category",
            "questionable",
            "bib 1 ran 10.00, hardly possible for sex W, age 25: look at who ran, the sex and the birth date",
            values=(10 * S, "W", 25),
        ),
    ),
    (
        lambda: sprint(10.0, sex="W"),
        one(
            "too_fast_for_category",
            "questionable",
            "bib 1 ran 10.00, hardly possible for sex W: look at who ran, the sex and the birth date",
            values=(10 * S, "W", None),
        ),
    ),
    (
        scenes.longer_net,
        one(
            "net_over_gun",
            "impossible",
            "bib 1 has a net time longer than the gun time: correct the gun of the wave, or the time that was ruled",
            values=(2_500 * S, 2_400 * S),
        ),
    ),
    (
        scenes.ruled,
        one(
            "no_evidence",
            "questionable",
            "bib 1 has 40:00 and was seen by nobody at the finish: say on what the ruling rests",
            values=(2_400 * S,),
        ),
    ),
    (
        scenes.not_started,
        one(
            "finisher_dns",
            "questionable",
            "bib 1 is DNS and was seen on the course: reinstate the runner, or find out who wore the chip",
            values=(at(1), at(1_200), at(2_400)),
        ),
    ),
    (
        scenes.tied,
        one(
            "undecided",
            "questionable",
            "bibs 1, 2 are tied for the last place out of 'heats': rule on them (kind advance)",
            values=("heats", "e/1", "e/2"),
            event=E,
        ),
    ),
    (
        scenes.left_out,
        one(
            "qualifier_missing",
            "questionable",
            "bib 2 qualified (Q) and starts in no heat of 'final': put the runner into one, or record the withdrawal",
            values=("heats", "Q"),
            event=E,
            registration=RegistrationId("e/2"),
            bib="2",
        ),
    ),
    (
        scenes.without_rule,
        one(
            "dq_rule",
            "questionable",
            "bib 1 is DQ and no rule is said: rule again and say which (R42)",
            values=(None,),
            event=E,
            heat=HEAT,
            registration=RegistrationId("e/1"),
            bib="1",
        ),
    ),
]


@pytest.mark.parametrize(("scene", "said"), REPORTS, ids=lambda value: getattr(value, "kind", ""))
def test_an_official_is_told_everything_about_an_anomaly(scene: Callable[[], Script], said: Anomaly) -> None:
    script = scene()
    assert found(script) == [said]
    assert found(script, None) == [said]


def test_every_kind_is_reported_here() -> None:
    assert {said.kind for _, said in REPORTS} == set(KINDS)


@pytest.mark.parametrize(
    ("kind", "asked"),
    [("withdrawn", False), ("dq", False), ("dns", False), ("note", True), ("dnf", True)],
)
def test_a_qualifier_who_was_ruled_out_is_not_missed(kind: str, asked: bool) -> None:
    script = scenes.left_out()
    script.rule("2", kind, "e/heats/1")
    assert [one.bib for one in found(script) if one.kind == "qualifier_missing"] == ["2"] * asked


def test_a_ruling_on_somebody_else_leaves_the_question() -> None:
    script = scenes.left_out()
    script.rule("3", "dq", "e/heats/1", rule="TR17.1")
    assert [one.bib for one in found(script)] == ["2"]


@pytest.mark.parametrize(("apart", "asked"), [(60.0, False), (60.000001, True)])
def test_two_chips_may_be_exactly_a_minute_apart(apart: float, asked: bool) -> None:
    script = mass_start()
    script.chip("spare", "1")
    script.reads("1", start=1, finish=2_400)
    script.read("finish", "1", 2_400 + apart, chip="spare")
    assert kinds(script) == ["chips_apart"] * asked


def test_each_race_is_looked_at_whatever_the_one_before_it_is() -> None:
    """A sprint with one place, and a relay, say nothing about the 10 km and the dash that are looked at after them."""
    script = sprint(10.5, age=25)
    script.event("f")
    script.runner("7", "f")
    script.draw("f")
    script.gun("f/final/1")
    script.read("5k", "7", 2_400)
    script.read("finish", "7", 2_400.1)
    script.event("g", road(points=points(("start", 0), ("3k", 3_000), ("finish", 10_000))))
    script.runner("8", "g")
    script.draw("g")
    script.gun("g/final/1")
    script.reads("8", start=2, finish=2_450)
    assert [(one.event, one.kind) for one in found(script, None)] == [("g", "missing_point"), ("f", "two_places")]
    assert found(script, EventId("e")) == []
