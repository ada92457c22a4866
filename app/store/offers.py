"""What readers offer, told apart: which reads are new, which were there before, and which contradict what was.

A read's identity is (source, epoch, source_seq). The same again is a duplicate; other content under the same identity
is a conflict, and the first read counts until an official rules.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final, NamedTuple

from app.domain.ids import ActorId, SourceId
from app.domain.reads import AHEAD_US, ReadRows

_AT_US: Final = itemgetter(3)

OfferedRead = tuple[int, str | None, str | None, int, str | None, int | None, int | None, str | None, bytes | None]
"""(source_seq, chip, bib, at_us, place, antenna, rssi, kind, raw); exactly one of chip and bib.

The first says which read it is, the next four what it says: the rest does not make it another one.
"""

Content = tuple[str | None, str | None, int, str | None]
"""(chip, bib, at_us, place)."""


class Batch(NamedTuple):
    """Reads of one source and epoch, in the order given."""

    source: SourceId
    epoch: str
    reads: Sequence[OfferedRead]
    received_us: int
    actor: ActorId


class Outcome(NamedTuple):
    """What became of a batch. `duplicates` and `conflicts` name reads by their source's numbers."""

    first: int
    """Position of the first new read; the others follow it without a gap."""
    stored: int
    duplicates: Sequence[int]
    conflicts: Sequence[int]
    high_water: int
    """The highest sequence number stored of this source and epoch."""


NOTHING: Final = Outcome(0, 0, (), (), 0)
"""Of a source that was never heard of, and of no reads."""


class Offers(NamedTuple):
    """What became of batches that were offered together, one outcome each."""

    outcomes: Sequence[Outcome]
    rows: ReadRows
    """All that is new, in the order of the batches."""
    last_seq: int
    """The head of the log now."""


class Offered(NamedTuple):
    """What became of one batch alone: `Outcome` and `Offers` in one."""

    first_seq: int
    last_seq: int
    rows: ReadRows
    duplicates: Sequence[int]
    conflicts: Sequence[int]
    high_water: int


@dataclass(slots=True)
class Sorted:
    """A batch, told apart."""

    new: Sequence[OfferedRead]
    duplicates: list[int] = field(default_factory=list)
    conflicts: list[OfferedRead] = field(default_factory=list)


Told = tuple[int, Sorted, int]
"""(epoch's number, a batch told apart, the highest number of the stream then)."""

Stored = Callable[[int, Sequence[int]], dict[int, Content]]
"""(epoch's number, source's numbers) → those that are stored, with what they say."""


@dataclass(slots=True)
class Stream:
    """One source and epoch while batches of it are told apart: what was stored before, and what is new by now."""

    epoch_no: int
    highest: int
    """-1 where nothing is stored: numbers may begin at 0."""
    stored: Stored
    _new: list[OfferedRead] = field(default_factory=list)
    _contents: dict[int, Content] = field(default_factory=dict)
    _noted: int = 0

    def sort(self, reads: Sequence[OfferedRead]) -> Sorted:
        """What comes again later is told apart from what is new now."""
        numbers = [read[0] for read in reads]
        batch = Sorted(reads) if self._are_new(numbers) else self._tell_apart(reads, numbers)
        if batch.new:
            self._new += batch.new
            self.highest = max(self.highest, max(numbers))
        return batch

    def _are_new(self, numbers: list[int]) -> bool:
        """What a reader sends for the first time is all beyond what is stored: then nothing need be looked up."""
        if not numbers:
            return True
        if numbers == list(range(numbers[0], numbers[0] + len(numbers))):
            return numbers[0] > self.highest
        return min(numbers) > self.highest and len(set(numbers)) == len(numbers)

    def _tell_apart(self, reads: Sequence[OfferedRead], numbers: Sequence[int]) -> Sorted:
        """The first of an identity counts, whether it is stored or earlier in what is offered."""
        contents, noted = self.stored(self.epoch_no, numbers), self._of_new()
        contents |= {number: noted[number] for number in numbers if number in noted}
        new: list[OfferedRead] = []
        batch = Sorted(new)
        for read in reads:
            first = contents.get(read[0])
            if first is None:
                contents[read[0]] = read[1:5]
                new.append(read)
            elif first == read[1:5]:
                batch.duplicates.append(read[0])
            else:
                batch.conflicts.append(read)
        return batch

    def _of_new(self) -> dict[int, Content]:
        for read in self._new[self._noted :]:
            self._contents[read[0]] = read[1:5]
        self._noted = len(self._new)
        return self._contents


def outcome(first: int, told: Sorted, highest: int) -> Outcome:
    """Of a batch whose new reads begin at this position."""
    conflicts = [read[0] for read in told.conflicts]
    return Outcome(first, len(told.new), told.duplicates, conflicts, max(0, highest))


def outcomes(first: int, told: Sequence[Told]) -> list[Outcome]:
    """Of batches that follow each other in the log."""
    found = []
    for _, batch, highest in told:
        found.append(outcome(first, batch, highest))
        first += len(batch.new)
    return found


def ahead(first: int, told: Sequence[Told], batches: Sequence[Batch]) -> dict[int, int]:
    """When those new reads were received that came before their own time, by position."""
    early: dict[int, int] = {}
    for batch, (_, found, _) in zip(batches, told, strict=True):
        latest = batch.received_us + AHEAD_US
        if found.new and max(map(_AT_US, found.new)) > latest:
            early |= {seq: batch.received_us for seq, read in enumerate(found.new, first) if read[3] > latest}
        first += len(found.new)
    return early
