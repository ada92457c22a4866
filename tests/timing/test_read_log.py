"""Reads as they are kept in columns: what a ruling on a conflict does to them, and a copy before any ruling."""

import pytest

from app.domain.facts import ReadConflict
from app.domain.ids import Bib, Chip, SourceId
from app.domain.reads import ReadRows
from app.timing.columns import NOBODY, ReadLog
from tests.timing.builders import at

FINISH, MAT = SourceId("finish"), SourceId("mat")


def read_log() -> ReadLog:
    """Three reads at the finish, one of them by bib and one from another place; one on the mat, ahead of its time."""
    log = ReadLog()
    rows = [
        (1, 1, "C1", None, at(10), None),
        (2, 2, "C1", None, at(20), None),
        (3, 1, None, "7", at(30), None),
        (4, 1, "C2", None, at(40), "gate"),
    ]
    log.extend(ReadRows(rows, {1: FINISH, 2: MAT}, {2: at(5), 4: at(6)}))
    return log


def kept(log: ReadLog) -> list[tuple[int, str, str | None, str | None, str | None, int]]:
    """Position, source, place, chip, bib and time of each read that counts, and of those that lost."""
    return sorted(
        (int(seq), bucket.source, bucket.place, log.tags.chip(int(tag)), log.tags.bib(int(tag)), int(when))
        for bucket in log.counting
        for seq, tag, when in zip(bucket.seq, bucket.tag, bucket.at, strict=True)
    )


STORED = [
    (1, FINISH, None, "C1", None, at(10)),
    (2, MAT, None, "C1", None, at(20)),
    (3, FINISH, None, None, "7", at(30)),
    (4, FINISH, "gate", "C2", None, at(40)),
]


def offered(seq: int, chip: Chip | None = None, bib: Bib | None = None, place: str | None = None) -> ReadConflict:
    return ReadConflict(
        source=FINISH, epoch="1", source_seq=1, first_seq=seq, at=at(99), chip=chip, bib=bib, place=place
    )


def test_every_read_is_kept_as_it_was_sent() -> None:
    log = read_log()
    assert (len(log), kept(log)) == (4, STORED)
    assert {bucket.source: dict(bucket.ahead) for bucket in log.buckets if bucket.ahead} == {
        MAT: {0: at(5)},
        FINISH: {0: at(6)},
    }


@pytest.mark.parametrize("elsewhere", [None, "gate"])
def test_a_reader_that_was_restarted_keeps_its_reads_in_log_order(elsewhere: str | None) -> None:
    log, epochs = ReadLog(), {1: FINISH, 2: MAT, 3: FINISH}
    rows = [(seq, epoch, f"C{seq}", None, at(seq), None) for seq, epoch in enumerate((1, 3, 2, 1, 3, 2), 1)]
    log.extend(ReadRows([*rows, (7, 3, "C7", None, at(7), elsewhere)], epochs, {2: at(1)}))
    assert [bucket.seq.tolist() for bucket in log.buckets if bucket.place is None] == [
        [1, 2, 4, 5] if elsewhere else [1, 2, 4, 5, 7],
        [3, 6],
    ]
    assert log.buckets[0].ahead == {1: at(1)}
    log.rule({4: (8, offered(4, chip=Chip("C9")))})
    assert {seq: log.tags.chip(tag) for seq, tag in log.voided.items()} == {4: "C4"}


def test_of_conflicting_reads_those_count_that_an_official_took() -> None:
    log = read_log()
    log.rule({1: (8, offered(1, bib=Bib("8"), place="gate")), 4: (9, offered(4, chip=Chip("C3")))})
    assert kept(log) == [
        (1, FINISH, None, None, "", at(10)),
        *STORED[1:3],
        (4, FINISH, "gate", None, "", at(40)),
        (8, FINISH, "gate", None, "8", at(99)),
        (9, FINISH, None, "C3", None, at(99)),
    ]
    assert [bucket.number for bucket in log.offered] == [-1, -2]
    assert {seq: log.tags.chip(tag) for seq, tag in log.voided.items()} == {1: "C1", 4: "C2"}


def test_a_read_without_chip_and_bib_is_nobodys() -> None:
    log = read_log()
    log.rule({1: (8, offered(1))})
    assert log.offered[0].tag.tolist() == [NOBODY]


def test_a_ruling_that_is_gone_leaves_the_reads_as_they_were() -> None:
    log = read_log()
    log.rule({1: (8, offered(1, chip=Chip("C3")))})
    log.rule({3: (9, offered(3, chip=Chip("C3")))})
    assert [read[3:5] for read in kept(log)] == [("C1", None), ("C1", None), (None, ""), ("C2", None), ("C3", None)]
    log.rule({})
    assert kept(log) == STORED
    assert (log.offered, log.voided) == ([], {})


def test_a_copy_has_the_reads_before_any_ruling() -> None:
    log = read_log()
    log.rule({3: (9, offered(3, chip=Chip("C3"))), 4: (10, offered(4, chip=Chip("C3")))})
    copy = log.copy()
    assert kept(copy) == STORED
    assert [(one.number, one.place, one.ahead) for one in copy.buckets] == [
        (one.number, one.place, one.ahead) for one in log.buckets
    ]
    copy.tags["C9"]
    assert "C9" not in log.tags
