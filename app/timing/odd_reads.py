"""Reads and readers that do not fit together. One function a kind."""

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Final

import numpy as np

from app.domain.ids import Bib
from app.timing.anomaly import Anomaly, Reads, Scene, of_runner, possible_reads, slots
from app.timing.clock import believed
from app.timing.columns import Bucket, Ints
from app.timing.explain import read_states
from app.timing.field import MISSING
from app.timing.lap_line import proposals
from app.timing.owners import NONE
from app.timing.race import Race
from app.timing.results import Flag, S

_NUMBER: Final = re.compile(r"0*([1-9][0-9]*)\D*\Z", re.ASCII)
SOME: Final = 20
"""So many reads are named at most."""


def ghost_read(scene: Scene) -> Iterator[Anomaly]:
    """A point between start and finish has reads, and none that is possible (R63)."""
    for race in scene.races:
        for slot in slots((race.tally.flags & Flag.GHOST_READ != 0) & (race.tally.status == S.OK)):
            seqs = [read.seq for read in read_states(scene.known, race, slot) if read.state == "ghost"]
            reason = "was read at a point too early or too late to have run there (R63): find out who wore the chip"
            yield of_runner(race, slot, "ghost_read", "questionable", reason, seqs[:SOME])


def missing_point(scene: Scene) -> Iterator[Anomaly]:
    """A finish without a point on the way: a course cut short, or a read that was missed (R65)."""
    for race in scene.races:
        course, missing = race.course, []
        if not course.lone_mids:
            continue
        for j in course.lone_mids:
            later = [q for q in course.later if q > j]
            missing.append((race.times[j] == MISSING) & (race.times[later] != MISSING).any(axis=0))
        lost = np.array(missing)
        unread = race.tally.flags & Flag.GHOST_READ == 0
        for slot in slots(lost.any(axis=0) & unread & (race.tally.status == S.OK)):
            names = [course.points[j].name for j, here in zip(course.lone_mids, lost[:, slot], strict=True) if here]
            reason = f"finished and was not read at {', '.join(names)} (R65): look whether the course was cut short"
            yield of_runner(race, slot, "missing_point", "questionable", reason, values=tuple(names))


def missed_lap(scene: Scene) -> Iterator[Anomaly]:
    """A lap that took as long as two (R102)."""
    for race in scene.races:
        suspects = slots(race.tally.flags & Flag.MISSED_SPLIT != 0) if race.course.lap_points else []
        for slot in suspects:
            for one in proposals(race, slot):
                point = race.course.points[one.point].name
                reason = f"took as long as two laps at {point} (R102): confirm the crossing, or leave it out"
                yield of_runner(race, slot, "missed_lap", "questionable", reason, values=(point, int(one.at)))


def wrong_wave(scene: Scene) -> Iterator[Anomaly]:
    """Crossed the start with another wave than the own one (R61)."""
    for race in scene.races:
        for slot in slots(race.tally.flags & Flag.WAVE_MISMATCH != 0):
            start = race.course.points[0].place
            seqs = [read.seq for read in read_states(scene.known, race, slot) if read.place == start]
            reason = "crossed the start with another wave and is timed from its own (R61): move the runner, or leave it"
            values = (race.lineup.heats[race.lineup.heat.item(slot)],)
            yield of_runner(race, slot, "wrong_wave", "questionable", reason, seqs[:SOME], values)


def two_places(scene: Scene) -> Iterator[Anomaly]:
    """One chip at two places at the same time: mats misconfigured, or a chip that was copied (R63)."""
    for race in scene.races:
        if len(race.course.places) < 2:
            continue
        possible = possible_reads(scene.known, race)
        # Chip by chip: a read of the runner's other chip may lie between the two.
        reads = possible.take(np.lexsort((possible.place, possible.at, possible.tag, possible.slot)))
        same = (reads.slot[1:] == reads.slot[:-1]) & (reads.tag[1:] == reads.tag[:-1])
        twin = same & (reads.place[1:] != reads.place[:-1]) & (reads.at[1:] - reads.at[:-1] <= race.course.twins)
        for slot in np.unique(reads.slot[1:][twin]).tolist():
            rows = np.flatnonzero(twin & (reads.slot[1:] == slot))
            seqs = np.unique(np.concatenate([reads.seq[rows], reads.seq[rows + 1]])).tolist()
            places = sorted({race.course.places[k] for k in (*reads.place[rows], *reads.place[rows + 1])})
            reason = f"has a chip that was seen at {' and '.join(places)} at the same time (R63): look at these readers"
            yield of_runner(race, slot, "two_places", "impossible", reason, seqs[:SOME])


def chips_apart(scene: Scene) -> Iterator[Anomaly]:
    """Two chips of one runner cross a point far apart: somebody else wears one of them."""
    for race in scene.races:
        alone = [k for k, points in enumerate(race.course.at_place) if len(points) == 1]
        reads = possible_reads(scene.known, race)
        pairs = np.unique(np.stack([reads.slot, reads.tag]), axis=1)
        several, counts = np.unique(pairs[0], return_counts=True)
        for slot in several[counts > 1].tolist():
            yield from _apart(race, slot, reads, alone)


def _apart(race: Race, slot: int, reads: Reads, alone: list[int]) -> Iterator[Anomaly]:
    limit = race.course.rules.anomalies.chips_apart_us
    for k in alone:
        rows = np.flatnonzero((reads.slot == slot) & (reads.place == k))
        firsts = {int(reads.tag[row]): int(row) for row in reversed(rows.tolist())}
        ats = reads.at[list(firsts.values())]
        if len(firsts) > 1 and ats.max() - ats.min() > limit:
            seqs = sorted(reads.seq[list(firsts.values())].tolist())
            reason = (
                f"has chips that crossed {race.course.places[k]} far apart: release the one that is worn by another"
            )
            yield of_runner(race, slot, "chips_apart", "impossible", reason, seqs)
            return


def read_conflict(scene: Scene) -> Iterator[Anomaly]:
    """Two reads under one identity, and nobody has said which counts."""
    state = scene.known.state
    for seq, conflict in sorted(state.conflicts.items()):
        source = state.sources[conflict.source]
        if seq not in state.conflict_rulings and scene.concerns(conflict.place or source.place):
            number = f"number {conflict.source_seq} of epoch {conflict.epoch}"
            yield Anomaly(
                kind="read_conflict",
                severity="questionable",
                reason=f"{source.name} sent two reads as {number}: rule on it (read-conflicts/{seq}/rulings)",
                source=conflict.source,
                seqs=(conflict.first_seq, seq),
            )


def clock_ahead(scene: Scene) -> Iterator[Anomaly]:
    """Reads that came before their own time, and are still ahead after the correction."""
    known = scene.known
    for bucket in known.log.buckets:
        spot = known.spot(bucket)
        if not bucket.ahead or not scene.concerns(spot.place):
            continue
        rows = [row for row in sorted(bucket.ahead) if not believed(bucket, row, int(bucket.at[row]) + spot.offset)]
        if rows:
            source, row = known.state.sources[bucket.source], rows[0]
            ahead = (int(bucket.at[row]) + spot.offset - bucket.ahead[row]) // 1_000_000
            yield Anomaly(
                kind="clock_ahead",
                severity="impossible",
                reason=f"{source.name} sent reads {ahead:,} s before their own time: correct its clock with offset_us",
                source=bucket.source,
                seqs=(int(bucket.seq[row]),),
                values=(spot.offset,),
            )


def clocks_apart(scene: Scene) -> Iterator[Anomaly]:
    """Two readers at one place see the same chips at times that do not fit."""
    known, at_place = scene.known, dict[str, list[Bucket]]()
    rules = [board.roster.course.rules.anomalies for board in scene.boards]
    if not rules:
        return
    for bucket in known.log.buckets:
        if len(bucket) and scene.concerns(known.spot(bucket).place):
            at_place.setdefault(known.spot(bucket).place, []).append(bucket)
    limit, least = min(one.clocks_apart_us for one in rules), max(one.clocks_compared for one in rules)
    for place, buckets in at_place.items():
        # By name: which one reported first tells nothing.
        for one, other in combinations(sorted(buckets, key=lambda bucket: bucket.source), 2):
            apart = _between(scene, one, other, least)
            if one.source != other.source and apart is not None and abs(apart) > limit:
                early, late = (one, other) if apart > 0 else (other, one)
                names = [known.state.sources[bucket.source].name for bucket in (late, early)]
                yield Anomaly(
                    kind="clocks_apart",
                    severity="questionable",
                    reason=f"{names[0]} is {abs(apart) // 1_000:,} ms behind {names[1]} at {place}: "
                    "correct one of the clocks with offset_us",
                    source=late.source,
                    values=(early.source, known.spot(late).offset, known.spot(early).offset),
                )


def _between(scene: Scene, one: Bucket, other: Bucket, least: int) -> int | None:
    """The middle of how much later `other` first saw what both have seen; None where that is too little to say."""
    (tags, ats), (others, other_ats) = (_firsts(scene, bucket) for bucket in (one, other))
    _, mine, theirs = np.intersect1d(tags, others, return_indices=True)
    if len(mine) < least:
        return None
    later = np.sort(other_ats[theirs] - ats[mine])
    return int(later[(len(later) - 1) // 2] + later[len(later) // 2]) // 2


def _firsts(scene: Scene, bucket: Bucket) -> tuple[Ints, Ints]:
    """Each tag of a bucket with the first time that it was seen."""
    order = np.lexsort((bucket.at, bucket.tag))
    tags, first = np.unique(bucket.tag[order], return_index=True)
    return tags, bucket.at[order][first] + scene.known.spot(bucket).offset


def bib_like_chip(scene: Scene) -> Iterator[Anomaly]:
    """A chip of nobody that is written like the bib of a runner whom nobody has read."""
    known, tags = scene.known, scene.known.log.tags
    unknown = [t for t in np.flatnonzero(known.owners.plain == NONE).tolist() if t and not known.owners.named_ever(t)]
    chips = [(tag, name) for tag in unknown if isinstance(name := tags.names[tag], str)]
    wearers = _unread(scene) if chips else {}
    for tag, name in chips:
        number = _NUMBER.search(name.strip())
        found = wearers.get(number[1]) if number else None
        reads = known.index().of(tag) if found else []
        if found and reads:
            yield Anomaly(
                kind="bib_like_chip",
                severity="questionable",
                reason=f"chip {name} is nobody's, looks like bib {found}, and nobody has read that runner: assign it",
                seqs=(min(reads)[0],),
                values=(name, found),
            )


def _unread(scene: Scene) -> dict[str, Bib]:
    """Bibs of runners without any read, by their number; none where several have it."""
    out: dict[str, Bib | None] = {}
    for board in scene.boards:
        for entry, athlete in zip(board.roster.entries, board.roster.athlete.tolist(), strict=True):
            number = _NUMBER.search(entry.entry.bib)
            if number and not entry.withdrawn and not scene.known.owners.tags_of(athlete):
                known = out.setdefault(number[1], entry.entry.bib)
                out[number[1]] = entry.entry.bib if known == entry.entry.bib else None
    return {number: bib for number, bib in out.items() if bib is not None}
