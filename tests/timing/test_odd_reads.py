"""Reads that an official is asked about: each kind once found, and once not."""

import pytest

from app.domain.facts import ConflictRuled, CrossingConfirmed
from app.domain.ids import RegistrationId
from tests.timing.anomaly_scenes import HEAT, conflicting, found, kinds, three_mats, two_readers, waves
from tests.timing.builders import S, Script, at, mass_start, points, road
from tests.timing.lap_scenes import MISSED, laps, race


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


def test_a_start_with_another_wave() -> None:
    script = waves()
    seq = script.read("start", "1", 310)
    script.reads("2", start=310)
    assert [(one.kind, one.bib, one.seqs) for one in found(script)] == [("wrong_wave", "1", (seq,))]


def test_a_chip_at_two_places_at_once() -> None:
    script = three_mats("1")
    seqs = (script.read("5k", "1", 2_400), script.read("finish", "1", 2_400.1))
    assert [(one.kind, one.seqs) for one in found(script)] == [("two_places", seqs)]


@pytest.mark.parametrize("beside", [2_400.0, 2_400.05, 2_400.1])
def test_a_chip_at_two_places_at_once_with_the_other_chip_in_between(beside: float) -> None:
    script = three_mats("1")
    script.chip("spare", "1")
    first = script.read("5k", "1", 2_400)
    script.read("finish", "1", beside, chip="spare")
    seqs = (first, script.read("finish", "1", 2_400.1))
    assert [(one.kind, one.seqs) for one in found(script)] == [("two_places", seqs)]


def test_the_chip_at_two_places_at_once_may_be_any_runner_s() -> None:
    script = three_mats("1", "2", "3")
    script.reads("1", half=1_200, finish=2_400)
    script.reads("3", half=1_300, finish=2_399.9)
    seqs = (script.read("5k", "2", 2_400), script.read("finish", "2", 2_400.1))
    assert [(one.kind, one.bib, one.seqs) for one in found(script)] == [("two_places", "2", seqs)]


def test_a_race_with_one_mat_hides_no_chip_at_two_places_of_the_next_one() -> None:
    script = three_mats("1")
    script.event("a", road(points=points(("start", 0, "line"), ("finish", 10_000, "line"))))
    script.runner("7", "a")
    script.draw("a")
    script.gun("a/final/1")
    script.event("z", road())
    script.runner("8", "z")
    script.draw("z")
    script.gun("z/final/1")
    script.read("line", "7", 2_500)
    script.read("5k", "8", 2_400)
    script.read("finish", "8", 2_400.1)
    assert [(one.kind, one.bib) for one in found(script, None)] == [("two_places", "8")]


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


def test_two_readers_at_one_place_whose_clocks_differ() -> None:
    (one,) = found(two_readers(7.25))
    assert (one.kind, one.source) == ("clocks_apart", "backup")
    assert one.reason.startswith("backup is 7,250 ms behind finish at finish")
    assert found(two_readers(-7.25))[0].source == "finish"


def test_readers_close_together_or_with_little_in_common_say_nothing() -> None:
    assert kinds(two_readers(4)) == []
    assert kinds(two_readers(7.25, "12")) == []


def test_readers_are_apart_by_the_middle_of_what_they_differ_by() -> None:
    """One runner who was read late by one of them says little."""
    script = mass_start()
    for n, (bib, apart) in enumerate(zip("123", (1, 9, 60), strict=True)):
        script.read("finish", bib, 2_400 + 10 * n)
        if n == 0:
            script.source("finish", "backup", role="backup")
        script.read("backup", bib, 2_400 + 10 * n + apart)
    (one,) = found(script)
    assert one.reason.startswith("backup is 9,000 ms behind finish at finish")


@pytest.mark.parametrize("first", ["finish", "backup"])
def test_which_of_two_readers_reported_first_makes_no_difference(first: str) -> None:
    script = mass_start()
    script.source("finish")
    script.source("finish", "backup", role="backup")
    script.read(first, "1", 2_000, chip="stranger")
    for bib, apart in zip("1234", (1, 2, 9, 10), strict=True):
        script.read("finish", bib, 2_400)
        script.read("backup", bib, 2_400 + apart)
    (one,) = found(script)
    assert one.reason.startswith("backup is 5,500 ms behind finish at finish")


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
