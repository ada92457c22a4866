"""All reads of a meet with what became of each, and all passings: for the lists, page by page."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from app.domain.ids import Bib, SourceId
from app.timing.columns import NOBODY, Bucket, Ints
from app.timing.evidence import Evidence, Home
from app.timing.explain import Passing, ReadState, passings, read_states, set_aside
from app.timing.field import MISSING
from app.timing.race import Race
from app.timing.verdicts import ReadStateName

PAGE = 2_000
"""Reads that are looked at in one go."""


@dataclass(slots=True)
class Listing:
    """One walk through the reads; what was found out about a runner is kept while it lasts."""

    known: Evidence
    _runners: dict[tuple[int, int], dict[int, ReadState]] = field(default_factory=dict)

    def reads(self, source: SourceId | None, tags: set[int] | None, after: int) -> Iterator[ReadState]:
        """In log order from behind position `after`; of one source, or of some tags."""
        while True:
            seqs, buckets, rows = self._next(source, tags, after)
            if not len(seqs):
                return
            for i in range(len(seqs)):
                yield self._state(buckets[i], int(rows[i]))
            after = int(seqs[-1])

    def _next(self, source: SourceId | None, tags: set[int] | None, after: int) -> tuple[Ints, list[Bucket], Ints]:
        """The next rows in log order, from all buckets."""
        parts: list[tuple[Ints, Bucket]] = []
        for bucket in self.known.log.counting:
            if source is None or bucket.source == source:
                rows = np.arange(int(np.searchsorted(bucket.seq, after, side="right")), len(bucket))
                if tags is not None:
                    gone = [seq for seq, tag in self.known.log.voided.items() if tag in tags]
                    rows = rows[np.isin(bucket.tag[rows], list(tags)) | np.isin(bucket.seq[rows], gone)]
                parts.append((rows[:PAGE], bucket))
        seq = np.concatenate([bucket.seq[rows] for rows, bucket in parts] or [np.empty(0, np.int64)])
        order = np.argsort(seq)[:PAGE]
        number = np.concatenate([np.full(len(rows), i) for i, (rows, _) in enumerate(parts)] or [seq])
        row = np.concatenate([rows for rows, _ in parts] or [seq])
        return seq[order], [parts[int(i)][1] for i in number[order]], row[order]

    def _state(self, bucket: Bucket, row: int) -> ReadState:
        known, seq, tag = self.known, int(bucket.seq[row]), int(bucket.tag[row])
        at = int(bucket.at[row]) + known.spot(bucket).offset
        if tag == NOBODY:
            return self._plain(bucket, seq, known.log.voided.get(seq, NOBODY), at, *set_aside(known, seq))
        named = known.owners.of(tag, at)
        if not named:
            handed_out = known.owners.named_ever(tag)
            reason = "not handed out at that time (R64)" if handed_out else "not handed out to anybody (R64)"
            return self._plain(bucket, seq, tag, at, "unknown_chip", reason)
        found = known.runner_at(tag, at)
        if found is None:
            return self._plain(
                bucket, seq, tag, at, "no_heat", "several runners wear this bib, and none or several run"
            )
        athlete, home = found
        return self._of_runner(bucket, seq, tag, at, athlete, home)

    def _of_runner(self, bucket: Bucket, seq: int, tag: int, at: int, athlete: int, home: Home | None) -> ReadState:
        place = self.known.spot(bucket).place
        homes = self.known.homes(athlete)
        for race, slot in [home] if home else homes:
            known = self._runner(race, slot).get(seq)
            if known is not None:
                return known
        if not homes:
            return self._plain(bucket, seq, tag, at, "not_a_starter", "its runner starts in no heat")
        if all(place not in race.course.place_index for race, _ in ([home] if home else homes)):
            return self._plain(bucket, seq, tag, at, "not_on_course", f"no point of the race is at {place}")
        return self._plain(bucket, seq, tag, at, "no_heat", "no heat of its runner was running")

    def _runner(self, race: Race, slot: int) -> dict[int, ReadState]:
        """The states of a runner's reads, if the runner's gun has gone."""
        key = id(race), slot
        if key not in self._runners:
            started = race.gun[slot] != MISSING
            self._runners[key] = {s.seq: s for s in read_states(self.known, race, slot)} if started else {}
        return self._runners[key]

    def _plain(self, bucket: Bucket, seq: int, tag: int, at: int, state: ReadStateName, reason: str) -> ReadState:
        tags = self.known.log.tags
        return ReadState(
            seq=seq,
            source=bucket.source,
            chip=tags.chip(tag),
            bib=tags.bib(tag),
            place=self.known.spot(bucket).place,
            point=None,
            at_us=at,
            state=state,
            reason=reason,
        )


def all_passings(known: Evidence, bib: Bib | None = None) -> Iterator[Passing]:
    """Of every runner who was read anywhere (or of one bib), race by race."""
    for races in known.races.values():
        for race in races:
            for slot in map(int, np.flatnonzero((race.times != MISSING).any(axis=0))):
                if bib is None or race.roster.entries[race.lineup.entry[slot]].entry.bib == bib:
                    yield from passings(known, race, slot)
