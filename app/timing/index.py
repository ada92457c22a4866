"""The reads of one tag, fast: positions sorted by tag once, and what came since in a dictionary."""

from typing import Final

import numpy as np

from app.timing.columns import Bucket, Ints, Newcomer, ReadLog

Found = tuple[int, int, Bucket]
"""(log position, reported time, bucket)."""
NO_READS: Final = np.empty(0, np.int64)


class ByTag:
    """A picture of the log; `note` every read that is added after it was taken."""

    def __init__(self, log: ReadLog) -> None:
        self._buckets = [bucket for bucket in log.counting if len(bucket)]
        tag = np.concatenate([NO_READS, *(bucket.tag for bucket in self._buckets)])
        order = np.argsort(tag, kind="stable")
        self._seq = self._column(order, [bucket.seq for bucket in self._buckets])
        self._at = self._column(order, [bucket.at for bucket in self._buckets])
        numbers = [np.full(len(bucket), i) for i, bucket in enumerate(self._buckets)]
        self._bucket = self._column(order, numbers).astype(np.int16)
        self._first = np.searchsorted(tag[order], np.arange(len(log.tags.names) + 1))
        self._newer: dict[int, list[Found]] = {}

    @staticmethod
    def _column(order: Ints, parts: list[Ints]) -> Ints:
        return np.concatenate([NO_READS, *parts])[order]

    @property
    def nbytes(self) -> int:
        return self._seq.nbytes * 2 + self._bucket.nbytes + self._first.nbytes

    def note(self, read: Newcomer) -> None:
        self._newer.setdefault(read.tag, []).append((read.seq, read.at, read.bucket))

    def of(self, tag: int) -> list[Found]:
        """In log order inside each source."""
        newer = self._newer.get(tag, [])
        if tag + 1 >= len(self._first):
            return newer
        rows = slice(self._first[tag], self._first[tag + 1])
        buckets = [self._buckets[i] for i in self._bucket[rows].tolist()]
        return list(zip(self._seq[rows].tolist(), self._at[rows].tolist(), buckets, strict=True)) + newer
