"""Who is told a DNS or DNF by the time of day: it is read from the log, and no reader can turn it forward (R65)."""

import pytest

from app.domain.facts import ConflictRuled, Fact, MeetClosed, ReadConflict, ReadRuledOut, Recorded, Ruling, Undone
from app.domain.ids import Chip, EventId, HeatId, RegistrationId, RulingId, SourceId
from app.timing.projection import Projection
from tests.timing.builders import Entry, Script, at, mass_start

HOURS = 3_600.0
CARD = Ruling(
    ruling=RulingId("rul"), heat=HeatId("e/final/1"), registration=RegistrationId("e/4"), kind="card", card="YC"
)


@pytest.fixture
def script() -> Script:
    """Runner 1 has crossed the start line, 2 to 4 have not."""
    script = mass_start()
    script.read("start", "1", 5)
    return script


def decisions(entries: list[Entry]) -> list[Recorded]:
    return [entry for entry in entries if isinstance(entry, Recorded)]


def statuses(projection: Projection) -> dict[str, str | None]:
    table = projection.table(EventId("e"))
    return {line.bib: line.status for line in table.rows(0, len(table))}


WAITING = dict.fromkeys("1234")
OVER = {"1": "DNF", "2": "DNS", "3": "DNS", "4": "DNS"}


def test_a_read_when_all_must_be_in_makes_who_is_out_there_a_dnf_and_who_never_came_a_dns(script: Script) -> None:
    script.read("finish", "stranger", 6 * HOURS)
    assert statuses(script.project()) == OVER


@pytest.mark.parametrize("few", [True, False])
def test_a_read_that_came_before_its_own_time_says_nothing_of_the_time_of_day(script: Script, few: bool) -> None:
    projection = script.project()
    assert statuses(projection) == WAITING
    script.read_early("finish", "stranger", 6 * HOURS, received=600)
    if few:
        projection.apply(reads=script.rows(script.log[-1:]))
    else:
        projection = script.project()
    assert statuses(projection) == WAITING


def test_a_reader_a_minute_ahead_is_believed(script: Script) -> None:
    script.read_early("finish", "stranger", 6 * HOURS, received=6 * HOURS - 60)
    assert statuses(script.project()) == OVER


def test_a_reader_ahead_is_believed_once_its_clock_is_corrected(script: Script) -> None:
    script.read_early("finish", "stranger", 9 * HOURS, received=6 * HOURS)
    assert statuses(script.project()) == WAITING
    script.source("finish", offset_us=-round(3 * HOURS * 1_000_000))
    assert statuses(script.project()) == OVER


def test_the_read_that_told_of_the_time_is_the_one_whose_corrected_clock_had_come_so_far(script: Script) -> None:
    script.source("finish", offset_us=-round(3 * HOURS * 1_000_000))
    script.read("finish", "stranger", 6 * HOURS)
    told = script.read("finish", "stranger", 9 * HOURS)
    script.read("finish", "stranger", 10 * HOURS)
    projection = script.project()
    assert statuses(projection) == OVER
    assert projection.touched(HeatId("e/final/1")) == told


def test_a_runner_read_by_it_still_finishes(script: Script) -> None:
    script.read_early("finish", "1", 6 * HOURS, received=600)
    assert statuses(script.project()) == WAITING | {"1": "OK"}


def test_what_officials_try_out_believes_no_more(script: Script) -> None:
    script.read_early("finish", "stranger", 6 * HOURS, received=600)
    assert statuses(script.project().fork()) == WAITING


def test_nor_does_a_read_taken_instead_of_another(script: Script) -> None:
    mat = SourceId("start")
    first = script.read("start", "2", 6)
    conflict = ReadConflict(
        source=mat, epoch="1", source_seq=2, first_seq=first, at=at(6 * HOURS), chip=Chip("stranger")
    )
    seq = script.record(conflict)
    script.record(ConflictRuled(conflict_seq=seq, take="offered"))
    assert statuses(script.project()) == WAITING


def test_nor_does_a_read_that_was_ruled_out_whose_time_may_be_what_was_wrong_with_it(script: Script) -> None:
    stray, projection = script.read("finish", "stranger", 6 * HOURS), Projection()
    projection.apply(decisions(script.log), script.rows(script.log))
    assert statuses(projection) == OVER
    for ruling, expected in ((ReadRuledOut(read_seq=stray), WAITING), (Undone(target_seq=script.head + 1), OVER)):
        told = script.record(ruling)
        projection.apply(decisions(script.log[-1:]))
        assert statuses(projection) == statuses(script.project()) == statuses(projection.fork()) == expected
        assert projection.touched(EventId("e")) == told


def test_nor_does_a_read_that_lost_against_another_under_its_number(script: Script) -> None:
    first = script.read("start", "stranger", 6 * HOURS)
    conflict = ReadConflict(
        source=SourceId("start"), epoch="1", source_seq=2, first_seq=first, at=at(6), chip=Chip("stranger")
    )
    seq = script.record(conflict)
    assert statuses(script.project()) == OVER
    script.record(ConflictRuled(conflict_seq=seq, take="offered"))
    assert statuses(script.project()) == WAITING


def test_a_read_ruled_out_after_all_must_be_in_takes_no_dnf_away(script: Script) -> None:
    stray = script.read("finish", "stranger", 6 * HOURS)
    script.recorded_at = at(6 * HOURS + 60)
    script.record(ReadRuledOut(read_seq=stray))
    assert statuses(script.project()) == OVER


@pytest.mark.parametrize("fact", [MeetClosed(), CARD], ids=["the meet is closed", "a card is shown"])
def test_whatever_is_recorded_when_all_must_be_in_tells_the_time_at_once(script: Script, fact: Fact) -> None:
    projection = script.project()
    assert statuses(projection) == WAITING
    script.recorded_at = at(6 * HOURS)
    told = script.record(fact)
    projection.apply(decisions(script.log[-1:]))
    assert statuses(projection) == statuses(script.project()) == OVER
    assert projection.touched(EventId("e")) == told


def test_an_answer_is_as_old_as_the_read_that_told_of_the_time(script: Script) -> None:
    script.read_early("finish", "stranger", 6 * HOURS, received=600)
    told = script.read("finish", "stranger", 6 * HOURS + 1)
    script.read("finish", "stranger", 6 * HOURS + 2)
    assert script.project().touched(EventId("e")) == told
