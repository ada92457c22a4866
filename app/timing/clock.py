"""What the log knows of the time of day: the latest instant in any fact or believable read. No clock is asked."""

from bisect import bisect_left
from collections.abc import Mapping
from typing import Final

import numpy as np

from app.domain.facts import SourceDescribed
from app.domain.ids import SourceId
from app.domain.state import MeetState
from app.timing.columns import Bucket, ReadLog

BELIEVABLE: Final = 24 * 3600 * 1_000_000
"""A read later than this after the last gun is a reader's wrong clock, and says nothing of the time of day."""


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
        self._limit = max(guns, default=0) + BELIEVABLE
        self._rows.clear()
        for recorded in state.log[self._noted :]:
            if not self._facts or recorded.recorded_at > self._facts[-1][0]:
                self._facts.append((recorded.recorded_at, recorded.seq))
        self._noted = len(state.log)
        self.known = self._facts[-1][0] if self._facts else 0

    def catch_up(self, log: ReadLog, sources: Mapping[SourceId, SourceDescribed]) -> None:
        """Take note of reads that came since."""
        for bucket in log.counting:
            done = self._rows.get(bucket.number, 0)
            if len(bucket) > done:
                self._rows[bucket.number] = len(bucket)
                limit = self._limit - offset_of(bucket, sources)
                at = bucket.at[done:]
                latest = int(np.where(at <= limit, at, 0).max()) + offset_of(bucket, sources)
                self.known = max(self.known, latest)

    def saw(self, at: int, bucket: Bucket) -> None:
        """One read that just came, its clock corrected."""
        self._rows[bucket.number] = len(bucket)
        if self.known < at <= self._limit:
            self.known = at

    def reached(self, at: int, log: ReadLog, sources: Mapping[SourceId, SourceDescribed]) -> int:
        """The log position that first told of an instant not before `at`."""
        found = []
        fact = bisect_left(self._facts, (at,))
        if fact < len(self._facts):
            found.append(self._facts[fact][1])
        for bucket in log.counting:
            offset = offset_of(bucket, sources)
            rows = np.flatnonzero((bucket.at >= at - offset) & (bucket.at <= self._limit - offset))
            if len(rows):
                found.append(int(bucket.seq[rows[0]]))
        return min(found, default=0)


def offset_of(bucket: Bucket, sources: Mapping[SourceId, SourceDescribed]) -> int:
    source = sources.get(bucket.source)
    return int(source.offset_us) if source else 0
