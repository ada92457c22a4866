"""What the log knows of the time of day: the latest instant in any fact or believable read. No clock is asked.

A read that an official ruled out, or that lost a conflict, tells nothing: its time may be what was wrong with it. One
that was taken instead adds nothing. Where such times were right, the ruling was recorded after them and tells as much.
"""

from bisect import bisect_left
from collections.abc import Mapping

import numpy as np

from app.domain.facts import SourceDescribed
from app.domain.ids import SourceId
from app.domain.reads import AHEAD_US
from app.domain.state import MeetState
from app.timing.columns import NOBODY, Bucket, Ints, ReadLog
from app.timing.course import LONGEST


class Clock:
    """`known` only moves on with evidence, never by itself: whether a runner counts as DNS is in the log."""

    def __init__(self) -> None:
        self.known = 0
        self._limit = 0
        self._rows: dict[int, int] = {}
        self._facts: list[tuple[int, int]] = []
        self._noted = 0

    def restart(self, state: MeetState) -> None:
        """After decisions: other guns, other offsets."""
        guns = [start[1].at for heat in state.heats.values() if (start := heat.now.start)]
        self._limit = max(guns, default=0) + LONGEST
        self._rows.clear()
        self.known = 0
        self.hear(state)

    def hear(self, state: MeetState) -> None:
        """Take note of facts that came since: whatever they decide, they say when it was."""
        for recorded in state.log[self._noted :]:
            if not self._facts or recorded.recorded_at > self._facts[-1][0]:
                self._facts.append((recorded.recorded_at, recorded.seq))
        self._noted = len(state.log)
        if self._facts:
            self.known = max(self.known, self._facts[-1][0])

    def catch_up(self, log: ReadLog, sources: Mapping[SourceId, SourceDescribed]) -> None:
        """Take note of reads that came since."""
        for bucket in log.buckets:
            done = self._rows.get(bucket.number, 0)
            if len(bucket) > done:
                self._rows[bucket.number] = len(bucket)
                self.known = max(self.known, int(self._told(bucket, done, offset_of(bucket, sources)).max()))

    def saw(self, at: int, bucket: Bucket) -> None:
        """One read that just came, its clock corrected."""
        row = self._rows[bucket.number] = len(bucket)
        if self.known < at <= self._limit and (not bucket.ahead or believed(bucket, row - 1, at)):
            self.known = at

    def reached(self, at: int, log: ReadLog, sources: Mapping[SourceId, SourceDescribed]) -> int:
        """The log position that first told of an instant not before `at`."""
        found = []
        fact = bisect_left(self._facts, (at,))
        if fact < len(self._facts):
            found.append(self._facts[fact][1])
        for bucket in log.buckets:
            rows = np.flatnonzero(self._told(bucket, 0, offset_of(bucket, sources)) >= at)
            if len(rows):
                found.append(int(bucket.seq[rows[0]]))
        return min(found, default=0)

    def _told(self, bucket: Bucket, first: int, offset: int) -> Ints:
        """The instants of reads from a row on, their clock corrected; 0 for those that tell nothing."""
        at = bucket.at[first:] + offset if offset else bucket.at[first:]
        told = np.where((at <= self._limit) & (bucket.tag[first:] != NOBODY), at, 0)
        for row in bucket.ahead:
            if row >= first and not believed(bucket, row, int(at[row - first])):
                told[row - first] = 0
        return told


def believed(bucket: Bucket, row: int, at: int) -> bool:
    """A reader whose clock is known to be ahead is believed once corrected: nobody is seen before the time has come."""
    received = bucket.ahead.get(row)
    return received is None or at <= received + AHEAD_US


def offset_of(bucket: Bucket, sources: Mapping[SourceId, SourceDescribed]) -> int:
    source = sources.get(bucket.source)
    return int(source.offset_us) if source else 0
