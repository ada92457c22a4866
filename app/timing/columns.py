"""Reads in columns: integers in growing arrays, one bucket for each reader at a place.

All reads of a bucket share their source, its place, its role and its clock correction, so none of these is a column.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.domain.facts import ReadConflict
from app.domain.ids import Bib, Chip, SourceId
from app.domain.reads import ReadColumns, ReadRows

Ints = NDArray[np.int64]
Row = tuple[int, int, str | None, str | None, int, str | None]

NOBODY: Final = 0
"""The tag of a read that no longer counts."""
AT_ONCE: Final = 2_000
"""Rows turned into columns in one go: more at once are slower, for they leave the processor's cache."""


class Tags(dict[str | tuple[str], int]):
    """Chips (text) and bibs (a tuple of one text) as small integers, in order of first sight."""

    def __init__(self) -> None:
        super().__init__({("",): NOBODY})
        self.names: list[str | tuple[str]] = [("",)]

    def __missing__(self, name: str | tuple[str]) -> int:
        self[name] = tag = len(self.names)
        self.names.append(name)
        return tag

    def chip(self, tag: int) -> Chip | None:
        name = self.names[tag]
        return Chip(name) if isinstance(name, str) else None

    def bib(self, tag: int) -> Bib | None:
        name = self.names[tag]
        return Bib(name[0]) if isinstance(name, tuple) else None


class Bucket:
    """Log position, tag and reported time of every read of one source, in log order.

    `place` is set where the hardware itself said where it was; otherwise the source's place holds.
    """

    __slots__ = ("_at", "_seq", "_size", "_tag", "_tail", "ahead", "number", "place", "source")

    def __init__(self, number: int, source: SourceId, place: str | None) -> None:
        self.number, self.source, self.place = number, source, place
        self._seq, self._tag, self._at = (np.empty(64, np.int64) for _ in range(3))
        self._size = 0
        self._tail: list[tuple[int, int, int]] = []
        self.ahead: dict[int, int] = {}
        """Row → when it was received, of reads that came before their own time."""

    def __len__(self) -> int:
        return self._size + len(self._tail)

    @property
    def nbytes(self) -> int:
        return 3 * self._seq.nbytes + 120 * len(self._tail)

    def append(self, seq: int, tag: int, at: int) -> None:
        self._tail.append((seq, tag, at))

    def extend(self, seq: Ints, tag: Ints, at: Ints) -> None:
        self._settle()
        self._grow(len(seq))
        end = self._size + len(seq)
        self._seq[self._size : end], self._tag[self._size : end], self._at[self._size : end] = seq, tag, at
        self._size = end

    @property
    def seq(self) -> Ints:
        self._settle()
        return self._seq[: self._size]

    @property
    def tag(self) -> Ints:
        self._settle()
        return self._tag[: self._size]

    @property
    def at(self) -> Ints:
        self._settle()
        return self._at[: self._size]

    def _settle(self) -> None:
        if self._tail:
            rows = np.array(self._tail, np.int64)
            self._tail.clear()
            self.extend(rows[:, 0], rows[:, 1], rows[:, 2])

    def _grow(self, more: int) -> None:
        needed = self._size + more
        if needed > len(self._seq):
            room = max(needed, len(self._seq) * 3 // 2)
            for name in ("_seq", "_tag", "_at"):
                fresh = np.empty(room, np.int64)
                fresh[: self._size] = getattr(self, name)[: self._size]
                setattr(self, name, fresh)


class Newcomer(NamedTuple):
    """One read that just came, where it was put."""

    bucket: Bucket
    seq: int
    tag: int
    at: int


class ReadLog:
    """All reads of a meet."""

    def __init__(self) -> None:
        self.tags = Tags()
        self.buckets: list[Bucket] = []
        self._by_key: dict[tuple[SourceId, str | None], Bucket] = {}
        self._voided: list[tuple[Bucket, int, int]] = []
        self.offered: list[Bucket] = []
        """Reads that an official took instead of those stored first under the same identity."""

    def __len__(self) -> int:
        return sum(map(len, self.buckets))

    @property
    def nbytes(self) -> int:
        return sum(bucket.nbytes for bucket in self.buckets) + 300 * len(self.tags.names)

    @property
    def counting(self) -> Iterator[Bucket]:
        yield from self.buckets
        yield from self.offered

    def bucket(self, source: SourceId, place: str | None) -> Bucket:
        found = self._by_key.get((source, place))
        if found is None:
            found = self._by_key[source, place] = Bucket(len(self.buckets), source, place)
            self.buckets.append(found)
        return found

    def add(self, row: Row, run: ReadRows) -> Newcomer:
        """One of the reads of a run."""
        seq, epoch, chip, bib, at, place = row
        bucket = self.bucket(run.sources[epoch], place)
        tag = self.tags[chip if chip is not None else (bib or "",)]
        if seq in run.ahead:
            bucket.ahead[len(bucket)] = run.ahead[seq]
        bucket.append(seq, tag, at)
        return Newcomer(bucket, seq, tag, at)

    def extend(self, run: ReadRows) -> None:
        """Many reads at once."""
        columns = run.rows.columns if isinstance(run.rows, ReadColumns) else tuple(zip(*run.rows, strict=True))
        for first in range(0, len(run.rows), AT_ONCE):
            self._extend([column[first : first + AT_ONCE] for column in columns], run.sources)
        for bucket, row, seq in self._rows(run.ahead):
            bucket.ahead[row] = run.ahead[seq]

    def _extend(self, columns: Sequence[Sequence[Any]], sources: Mapping[int, SourceId]) -> None:
        seqs, epochs, chips, bibs, ats, places = columns
        count = len(seqs)
        seq, at = np.fromiter(seqs, np.int64, count), np.fromiter(ats, np.int64, count)
        tag = np.fromiter(map(self.tags.__getitem__, self._names(chips, bibs)), np.int64, count)
        for key, where in _grouped(epochs, places, sources):
            self.bucket(*key).extend(seq[where], tag[where], at[where])

    def _names(self, chips: Sequence[Any], bibs: Sequence[Any]) -> Sequence[Any]:
        if None not in chips:
            return chips
        return [chip if chip is not None else (bib or "",) for chip, bib in zip(chips, bibs, strict=True)]

    def rule(self, taken: Mapping[int, tuple[int, ReadConflict]], out: Collection[int] = ()) -> None:
        """Instead of the read at each key the conflicting one, at its own position, counts; of those in `out` none."""
        for bucket, row, tag in self._voided:
            bucket.tag[row] = tag
        self._voided = [(b, row, int(b.tag[row])) for b, row, _ in self._rows({*taken, *out})]
        for bucket, row, _ in self._voided:
            bucket.tag[row] = NOBODY
        self.offered = []
        for number, (seq, conflict) in enumerate(taken.values()):
            bucket = Bucket(-1 - number, conflict.source, conflict.place)
            name = conflict.chip if conflict.chip is not None else (conflict.bib or "",)
            bucket.append(seq, self.tags[name], conflict.at)
            self.offered.append(bucket)

    def copy(self) -> "ReadLog":
        """The same reads as they were stored, before any ruling on conflicts."""
        other = ReadLog()
        other.tags.update(self.tags)
        other.tags.names = list(self.tags.names)
        voided = {(bucket.number, row): tag for bucket, row, tag in self._voided}
        for bucket in self.buckets:
            tag = bucket.tag.copy()
            for (number, row), lost in voided.items():
                if number == bucket.number:
                    tag[row] = lost
            twin = other.bucket(bucket.source, bucket.place)
            twin.extend(bucket.seq, tag, bucket.at)
            twin.ahead |= bucket.ahead
        return other

    @property
    def voided(self) -> dict[int, int]:
        """Log position → tag of the reads that lost against a conflicting one, or were ruled out."""
        return {int(bucket.seq[row]): tag for bucket, row, tag in self._voided}

    def set_aside(self) -> Iterator[tuple[int, int, Bucket, int]]:
        """(log position, tag, bucket, reported time) of the same reads."""
        for bucket, row, tag in self._voided:
            yield int(bucket.seq[row]), tag, bucket, int(bucket.at[row])

    def _rows(self, seqs: Collection[int]) -> Iterator[tuple[Bucket, int, int]]:
        """Where the reads at some positions are."""
        wanted = np.fromiter(seqs, np.int64, len(seqs))
        for bucket in self.buckets if seqs else ():
            rows = np.searchsorted(bucket.seq, wanted)
            found = np.append(bucket.seq, -1).take(rows) == wanted
            for row, seq in zip(rows[found].tolist(), wanted[found].tolist(), strict=True):
                yield bucket, row, seq


def _grouped(
    epochs: Sequence[int], places: Sequence[str | None], sources: Mapping[int, SourceId]
) -> Iterator[tuple[tuple[SourceId, str | None], Any]]:
    """Each (source, place) with the rows that have it, rows in order: those of its epochs together."""
    if places.count(places[0]) < len(places):
        numbers: dict[tuple[SourceId, str | None], int] = {}
        pairs = zip(map(sources.__getitem__, epochs), places, strict=True)
        codes = np.fromiter((numbers.setdefault(pair, len(numbers)) for pair in pairs), np.int64, len(epochs))
        yield from ((pair, np.flatnonzero(codes == number)) for pair, number in numbers.items())
    elif epochs.count(epochs[0]) < len(epochs):
        codes, epochs_of = np.fromiter(epochs, np.int64, len(epochs)), dict[SourceId, list[int]]()
        for epoch in dict.fromkeys(epochs):
            epochs_of.setdefault(sources[epoch], []).append(epoch)
        yield from (((source, places[0]), np.flatnonzero(np.isin(codes, own))) for source, own in epochs_of.items())
    else:
        yield (sources[epochs[0]], places[0]), slice(None)
