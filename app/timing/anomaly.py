"""Something odd that an official looks at before results are official, and where it is looked for."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

import numpy as np

from app.domain.ids import AnomalyId, Bib, EventId, HeatId, RegistrationId, SourceId
from app.rules.anomalies import Kind
from app.timing.board import Board
from app.timing.columns import Ints
from app.timing.evidence import Evidence
from app.timing.field import MISSING
from app.timing.heats import HeatResult
from app.timing.race import Race
from app.timing.tally import Bools

Severity = Literal["impossible", "questionable"]
Values = tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Anomaly:
    """`reason` says what is odd and what to do. `seqs` are the positions of the reads, or facts, that show it.

    `values` are what else it rests on: with other reads or other values it is another anomaly.
    """

    kind: Kind
    severity: Severity
    reason: str
    event: EventId | None = None
    heat: HeatId | None = None
    registration: RegistrationId | None = None
    bib: Bib | None = None
    source: SourceId | None = None
    seqs: tuple[int, ...] = ()
    values: Values = ()

    @property
    def id(self) -> AnomalyId:
        """The same for the same kind, subjects and evidence, whenever it is found."""
        subjects = self.event, self.heat, self.registration, self.source
        told = "\x1f".join(map(str, (self.kind, *subjects, *self.seqs, "", *self.values)))
        return AnomalyId(f"anom_{sha256(told.encode()).hexdigest()[:32]}")


@dataclass(frozen=True, slots=True)
class Scene:
    """Where anomalies are looked for: one event, or (`whole`) all of a meet. `results` are those of a round."""

    known: Evidence
    boards: Sequence[Board]
    results: Callable[[EventId, str], Sequence[HeatResult]]
    whole: bool = False

    @property
    def races(self) -> Iterator[Race]:
        return (race for board in self.boards for race in board.races)

    def concerns(self, place: str) -> bool:
        """Whether a reader at that place sees a race that has begun; the meet is concerned by all of them."""
        return self.whole or any(place in race.course.place_index and len(race.guns) for race in self.races)


Finder = Callable[[Scene], Iterator[Anomaly]]


def of_runner(
    race: Race,
    slot: int,
    kind: Kind,
    severity: Severity,
    reason: str,
    seqs: Sequence[int] = (),
    values: Values = (),
) -> Anomaly:
    """About one runner; the reason follows the bib."""
    entry = race.roster.entries[race.lineup.entry.item(slot)].entry
    return Anomaly(
        kind=kind,
        severity=severity,
        reason=f"bib {entry.bib} {reason}",
        event=race.roster.event,
        heat=race.lineup.heats[race.lineup.heat.item(slot)],
        registration=entry.registration,
        bib=entry.bib,
        seqs=tuple(seqs),
        values=values,
    )


def slots(where: Bools) -> list[int]:
    found: list[int] = np.flatnonzero(where).tolist()
    return found


@dataclass(frozen=True, slots=True)
class Reads:
    """The reads of a race that could be passings, in order of runner and time; columns of equal length."""

    slot: Ints
    at: Ints
    place: Ints
    tag: Ints
    seq: Ints

    def take(self, rows: Ints) -> "Reads":
        """Some of them, or all in another order."""
        return Reads(self.slot[rows], self.at[rows], self.place[rows], self.tag[rows], self.seq[rows])


def possible_reads(known: Evidence, race: Race) -> Reads:
    """Inside the runner's span, and not too early for the first point at their place."""
    parts, n = [], len(race)
    gun, ends = np.append(race.gun, MISSING), np.append(race.ends, MISSING)
    for k, column, bucket in known.read_columns(race):
        first = race.course.first_at[k]
        # Of a team whose runners wear chips of their own, several are at one place at one time.
        if first is None or column.leg:
            continue
        least = gun.take(column.slot) + race.course.from_start[first]
        rows = np.flatnonzero((column.slot < n) & (column.at >= least) & (column.at < ends.take(column.slot)))
        rows = rows[gun.take(column.slot[rows]) != MISSING]
        parts.append((column.slot[rows], column.at[rows], np.full(len(rows), k), bucket.tag[rows], bucket.seq[rows]))
    columns = [np.concatenate(same) for same in zip(*parts, strict=True)] or [np.empty(0, np.int64)] * 5
    return Reads(*columns).take(np.lexsort((columns[1], columns[0])))
