"""The reads of one tag: all of them, in log order inside each source."""

from app.timing.columns import ReadLog
from app.timing.index import ByTag
from tests.timing.builders import Script, at


def log_of(script: Script) -> ReadLog:
    log = ReadLog()
    for run in script.rows(script.log):
        log.extend(run)
    return log


def two_sources() -> Script:
    """Two chips in turn at two mats, forty reads of each at each."""
    script = Script()
    script.source("start")
    script.source("finish")
    for n in range(80):
        script.read("start", "12"[n % 2], n)
        script.read("finish", "12"[n % 2], 100 + n)
    return script


def test_a_tag_s_reads_are_in_log_order_inside_each_source() -> None:
    script = two_sources()
    log = log_of(script)
    found = ByTag(log).of(log.tags["C2"])
    starts, finishes = range(1, 80, 2), range(101, 180, 2)
    assert [(reported, bucket.source) for _, reported, bucket in found] == [
        *((at(n), "start") for n in starts),
        *((at(n), "finish") for n in finishes),
    ]
    seqs = [seq for seq, _, _ in found]
    assert seqs[:40] == sorted(seqs[:40])
    assert seqs[40:] == sorted(seqs[40:])


def test_a_log_without_reads_has_none_of_any_tag() -> None:
    log = ReadLog()
    index = ByTag(log)
    assert (index.of(0), index.of(1), index.of(99)) == ([], [], [])
    assert index.nbytes < 100


def test_reads_that_come_later_stand_behind_those_that_were_there() -> None:
    script = two_sources()
    log = log_of(script)
    index, size = ByTag(log), len(script.log)
    script.read("start", "2", 500)
    script.read("start", "3", 501)
    (run,) = script.rows(script.log[size:])
    for row in run.rows:
        index.note(log.add(row, run))
    assert [index.of(log.tags[chip])[-1][:2] for chip in ("C2", "C3")] == [(size + 1, at(500)), (size + 2, at(501))]
    assert len(index.of(log.tags["C1"])) == 80
