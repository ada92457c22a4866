"""The posts of one meet that share a commit: who may, what is stored, and what each of them is answered.

What posts have in common is asked once for all of them: a key, a source, the head of a stream, the projection.
"""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.facts import SourceDescribed
from app.domain.ids import ActorId, Bib, MeetId, SourceId
from app.domain.reads import ReadRows
from app.domain.refusals import MeetIsClosed, NotFound, Refusal
from app.domain.state import MeetState
from app.domain.units import Instant
from app.live import Live, Warm
from app.operations import identity
from app.store import NOTHING, Batch, MeetRow, OfferedRead, Offers, Outcome, Writer

Admit = Callable[[Writer, MeetId, str], ActorId]
"""(transaction, meet, source) → who posts, or a refusal. Of those that are equal one is asked for all."""


@dataclass(frozen=True, slots=True)
class Post:
    """One request: reads of one source and epoch, in the order given."""

    meet: MeetId
    source: str
    epoch: str
    reads: Sequence[OfferedRead]
    received: Instant
    admit: Admit


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a post, in the sequence numbers of its source.

    A duplicate was already stored word for word. A conflict is kept beside an earlier read of the same identity.
    """

    stored: int
    duplicates: Sequence[int]
    conflicts: Sequence[int]
    unknown: Sequence[int]
    """Stored, but their chip or bib names nobody yet: positions in the log."""
    not_on_course: int
    """Stored, but no event has a point where they were made."""
    high_water: int
    head: int


class Intake:
    """Catches up before anything is written, so it never folds in what may roll back."""

    def __init__(self, tx: Writer, meet: MeetId, warm: Warm) -> None:
        self._tx, self._meet, self._warm = tx, meet, warm
        self._row: MeetRow | None = tx.meets.lock(meet) if tx.meets.get(meet) else None
        self.unknown = self._row is None
        if not self.unknown:
            warm.catch_up(tx, meet)
        self._sources = dict(warm.projection.state.source_names)
        self._described: dict[SourceId, str] = {}
        self._admitted: dict[tuple[Admit, str], ActorId] = {}
        self._offered: Offers | None = None
        self._outcomes: list[Outcome | Refusal] = []

    def take(self, posts: Sequence[Post]) -> None:
        """Everything that is to be stored, within the transaction."""
        taken = [self._taken(post) for post in posts]
        if batches := [one for one in taken if isinstance(one, Batch)]:
            self._offered = self._tx.reads.offer_all(self._meet, batches)
        outcomes = iter(self._offered.outcomes if self._offered else ())
        self._outcomes = [next(outcomes) if isinstance(one, Batch) else one for one in taken]

    def _taken(self, post: Post) -> Batch | Outcome | Refusal:
        """One that is refused costs the others nothing."""
        try:
            return self._admit(post)
        except Refusal as refusal:
            return refusal

    def _admit(self, post: Post) -> Batch | Outcome:
        """A closed meet still knows what it has: a box that missed its 200 is told so, and nothing new is stored."""
        actor = self._actor(post)
        if self._row is None or self._row.withdrawn:
            raise NotFound("meet", post.meet)
        source = self._sources.get(post.source)
        if source is None:
            if self._row.closed:
                raise MeetIsClosed
            if not post.reads:
                return NOTHING
            source = self._describe(post.source, post.received, actor)
        batch = Batch(source, post.epoch, post.reads, post.received, actor)
        return self._tx.reads.confirm(self._meet, batch) if self._row.closed else batch

    def _actor(self, post: Post) -> ActorId:
        asked = post.admit, post.source
        actor = self._admitted.get(asked)
        if actor is None:
            actor = self._admitted[asked] = post.admit(self._tx, post.meet, post.source)
        return actor

    def _describe(self, name: str, at: Instant, actor: ActorId) -> SourceId:
        """Nothing is lost because nobody announced the reader: it stands at the place of its own name."""
        source = self._sources[name] = SourceId(identity.new_id("source"))
        self._described[source] = name
        self._tx.facts.append(self._meet, [SourceDescribed(source=source, name=name, place=name)], actor, at)
        return source

    def answers(self) -> list[Receipt | Refusal]:
        """One for each post, for when the transaction is committed; the projection has not followed yet."""
        offered, warm = self._offered, self._warm
        if offered is None:
            return [_receipt(one, (), (), warm.projection.head) for one in self._outcomes]
        unknown = _unknown(offered.rows, warm.projection.state)
        off = _not_on_course(offered.rows, warm, self._described)
        return [_receipt(one, unknown, off, offered.last_seq) for one in self._outcomes]

    def follow(self, live: Live) -> None:
        """After the commit: hand what is on disk to the projection, not read back where nothing came between."""
        offered, warm = self._offered, self._warm
        if offered is None:
            return
        if offered.last_seq == warm.projection.head + len(offered.rows.rows):
            warm.apply((), [offered.rows], offered.last_seq)
        else:
            live.follow(warm, self._meet)


def _receipt(
    outcome: Outcome | Refusal, unknown: Sequence[int], not_on_course: Sequence[int], head: int
) -> Receipt | Refusal:
    if isinstance(outcome, Refusal):
        return outcome
    first, stored, duplicates, conflicts, high_water = outcome
    end = first + stored
    return Receipt(
        stored,
        duplicates,
        conflicts,
        _between(unknown, first, end),
        len(_between(not_on_course, first, end)),
        high_water,
        head,
    )


def _between(seqs: Sequence[int], first: int, end: int) -> Sequence[int]:
    return seqs[bisect_left(seqs, first) : bisect_left(seqs, end)] if seqs else ()


def _unknown(run: ReadRows, state: MeetState) -> list[int]:
    """Positions of reads whose chip or bib names nobody at any time."""
    chips: Mapping[Any, object] = state.chips
    strange = [row for row in run.rows if not chips.get(row[2])]
    return [row[0] for row in strange if row[2] is not None or not state.by_bib.get(Bib(row[3] or ""))]


def _not_on_course(run: ReadRows, warm: Warm, described: Mapping[SourceId, str]) -> list[int]:
    """Positions of reads made where no event has a point. Who is described with them stands where its name says."""
    sources, places = warm.projection.state.sources, warm.places
    stands = {no: sources[id].place if id in sources else described[id] for no, id in run.sources.items()}
    return [row[0] for row in run.rows if (row[5] or stands[row[1]]) not in places]
