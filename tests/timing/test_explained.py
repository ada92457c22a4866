"""What a standing rests on, and reads that are no runner's: each record whole (R62, R64, R102)."""

from dataclasses import replace
from typing import Any

from app.domain.facts import ConflictRuled, CrossingConfirmed, LineTimeTaken, ReadConflict, ReadRuledOut
from app.domain.ids import Bib, Chip, EventId, RegistrationId, SourceId, TimeId
from app.timing.explain import Passing, ReadState
from tests.timing.builders import S, Script, at, points, road
from tests.timing.lap_scenes import MISSED, laps, race
from tests.timing.test_verdicts import HEAT, E, ten

ONE = RegistrationId("e/1")


def test_a_time_taken_at_the_line_is_told_about_beside_the_reads() -> None:
    script = ten()
    script.reads("1", half=1_200)
    seq = script.record(LineTimeTaken(time=TimeId("t"), heat=HEAT, at=at(2_400), registration=ONE))
    script.record(
        LineTimeTaken(time=TimeId("u"), heat=HEAT, at=at(2_500), registration=RegistrationId("e/2")),
        LineTimeTaken(time=TimeId("v"), heat=HEAT, at=at(2_600)),
    )
    assert script.project().explain(E, ONE).reads[1:] == (
        ReadState(
            seq=seq,
            source=None,
            chip=None,
            bib=None,
            place="finish",
            point="finish",
            at_us=at(2_400),
            state="used",
            reason="the first valid read at finish, taken by hand as no reader saw it (R62)",
        ),
    )


def test_r102_a_confirmed_crossing_is_told_about_beside_the_reads() -> None:
    script = race(laps(2_400), {"1": MISSED, "2": ()})
    seq = script.record(CrossingConfirmed(heat=HEAT, registration=ONE, at=at(216.9)))
    assert script.project().explain(E, ONE).reads[2] == ReadState(
        seq=seq,
        source=None,
        chip=None,
        bib=None,
        place="finish",
        point="1200 m",
        at_us=at(216.9),
        state="used",
        reason="no reader saw 1200 m: an official confirmed it, half way between two crossings (R102)",
    )
    assert script.project().explain(E, RegistrationId("e/2")).reads == ()


def test_what_a_standing_rests_on_is_whole() -> None:
    script = ten()
    start = script.head
    script.reads("1", start=3, half=1_200)
    first = script.read("finish", "1", 2_400)
    second = script.read("finish", "1", 2_402)
    ruling = script.rule("1", "note")
    script.rule("2", "note")
    why = script.project().explain(E, ONE)
    assert (why.registration, why.start and why.start[0], why.reading_seq) == (ONE, start, None)
    assert [(seq, told.registration) for seq, told in why.rulings] == [(ruling, ONE)]
    assert why.passings[-1] == Passing(
        registration=ONE,
        chip=Chip("C1"),
        bib=Bib("1"),
        place="finish",
        point="finish",
        at_us=at(2_400),
        seq=first,
        reads=2,
        because=(first, second),
    )
    assert [one.point for one in why.passings] == ["start", "5k", "finish"]


def test_an_entry_without_a_heat_rests_on_nothing() -> None:
    script = ten()
    script.runner("3", wave="nobody starts it")
    why = script.project().explain(E, RegistrationId("e/3"))
    assert (why.registration, why.start, why.reads, why.passings, why.reading_seq, why.rulings) == (
        RegistrationId("e/3"),
        None,
        (),
        (),
        None,
        (),
    )


def test_a_photo_finish_reading_is_named() -> None:
    script = ten(timing="photo_finish")
    seq = script.finishes(HEAT, ("1", 2_400.123))
    assert script.project().explain(E, ONE).reading_seq == seq
    assert script.project().explain(E, RegistrationId("e/2")).reading_seq is None


def plain(chip: str | None, bib: str | None, place: str, seconds: float, state: Any, reason: str) -> ReadState:
    """Without its position: that of the list."""
    return ReadState(
        seq=0,
        source=SourceId(place),
        chip=None if chip is None else Chip(chip),
        bib=None if bib is None else Bib(bib),
        place=place,
        point=None,
        at_us=at(seconds),
        state=state,
        reason=reason,
    )


def test_reads_that_are_no_runners_are_told_about_whole() -> None:
    """With the clock of their source put right, and the chip or the bib that was sent."""
    script = ten()
    script.runner("3", wave="nobody starts it")
    script.source("finish", offset_us=2 * S)
    script.source("car park")
    last = script.head
    script.read("finish", "9", 2_400)
    script.read("finish", "3", 2_401)
    script.read("car park", "1", 2_402)
    script.log.append((script.head + 1, 1, None, "nobody's", at(2_403), None))
    found = script.project().reads()
    assert [read.seq for read in found] == [last + 1, last + 2, last + 3, last + 4]
    assert [replace(read, seq=0) for read in found] == [
        plain("C9", None, "finish", 2_402, "unknown_chip", "not handed out to anybody (R64)"),
        plain("C3", None, "finish", 2_403, "not_a_starter", "its runner starts in no heat"),
        plain("C1", None, "car park", 2_402, "not_on_course", "no point of the race is at car park"),
        plain(None, "nobody's", "finish", 2_405, "unknown_chip", "not handed out to anybody (R64)"),
    ]


def test_before_the_gun_a_read_is_told_about_whole() -> None:
    script = Script()
    script.event()
    script.runner("1")
    script.draw()
    script.source("start")
    seq = script.read("start", "1", -3)
    (found,) = script.project().reads()
    assert found.seq == seq
    assert replace(found, seq=0) == plain("C1", None, "start", -3, "no_heat", "no heat of its runner was running")


def test_the_read_that_an_official_did_not_take_stays_in_the_list_whole() -> None:
    script = ten()
    first = script.read("finish", "1", 2_400)
    script.record(
        ReadConflict(source=SourceId("finish"), epoch="1", source_seq=1, first_seq=first, at=at(2_300), chip=Chip("C2"))
    )
    offered = script.head
    script.record(ConflictRuled(conflict_seq=offered, take="offered"))
    lost, taken = script.project().reads()
    assert (lost.seq, taken.seq, taken.chip, taken.state) == (first, offered, "C2", "used")
    assert replace(lost, seq=0) == plain(
        "C1", None, "finish", 2_400, "conflict_lost", "an official took the other read of this identity"
    )


def test_a_bib_that_two_wear_is_told_about_whole_while_both_run() -> None:
    script = Script()
    for event, athlete in (("e", "a1"), ("f", "other")):
        script.event(event, road(distance_m=1_000, points=points(("start", 0), ("finish", 1_000))))
        script.runner("1", event, athlete=athlete, chips=())
        script.draw(event)
        script.gun(f"{event}/final/1")
    script.source("finish")
    script.log.append((script.head + 1, 1, None, "1", at(300), None))
    (found,) = script.project().reads()
    assert found.seq == script.head
    assert replace(found, seq=0) == plain(
        None, "1", "finish", 300, "no_heat", "several runners wear this bib, and none or several run"
    )


def test_a_read_that_an_official_ruled_out_is_told_about_beside_the_reads_that_count() -> None:
    script = ten()
    script.reads("1", start=3)
    seq = script.read("5k", "1", 1_200)
    script.read("5k", "2", 1_201)
    ruling = script.record(ReadRuledOut(read_seq=seq))
    reads = script.project().explain(E, ONE).reads
    assert [one.state for one in reads] == ["used", "ruled_out"]
    assert replace(reads[1], seq=0, chip=None) == plain(
        None, None, "5k", 1_200, "ruled_out", f"an official ruled it out (number {ruling} of the log)"
    )
    assert (reads[1].seq, reads[1].source) == (seq, SourceId("5k"))


def test_r64_a_read_in_another_race_of_the_same_runner_is_not_told_about() -> None:
    script = Script()
    for event, gun in (("e", 0), ("f", 3_000)):
        script.event(event, road())
        script.runner("1", event)
        script.draw(event)
        script.gun(f"{event}/final/1", gun)
    script.reads("1", start=2, finish=2_400)
    script.reads("1", start=3_002, finish=5_500)
    told = {event: script.project().explain(EventId(event), RegistrationId(f"{event}/1")).reads for event in "ef"}
    assert [read.at_us for read in told["e"]] == [at(2), at(2_400)]
    assert [read.at_us for read in told["f"]] == [at(3_002), at(5_500)]
