"""Reads from the hardware to the disk. Posts that arrive while a commit is under way share the next one.

One thread writes. A post is answered after the commit that holds its reads, never before, and no pool thread waits
for it. Who may post is asked inside that same transaction, so a key that was revoked a moment ago stores nothing.
"""

import asyncio
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Final

from app.domain.facts import SourceDescribed
from app.domain.ids import ActorId, Bib, Chip, MeetId, SourceId
from app.domain.reads import ReadRows
from app.domain.refusals import MeetIsClosed, NotFound, Refusal
from app.domain.state import MeetState
from app.domain.units import Instant
from app.live import Live, Warm
from app.operations import identity
from app.store import Database, MeetRow, Offered, OfferedRead, Writer

ROWS_A_COMMIT: Final = 50_000

Admit = Callable[[Writer, MeetId, str], ActorId]
"""(transaction, meet, source) → who posts, or a refusal."""


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


Answer = Receipt | Exception


@dataclass(slots=True)
class _Waiting:
    post: Post
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Receipt]
    offered: Offered | None = None
    answer: Answer | None = None


@dataclass(slots=True)
class _Group:
    """The posts that share one commit."""

    waiting: list[_Waiting] = field(default_factory=list)
    rows: int = 0

    def add(self, one: _Waiting) -> None:
        self.waiting.append(one)
        self.rows += len(one.post.reads)

    def meets(self) -> list[MeetId]:
        """In one order everywhere, so that two groups never wait for each other."""
        return sorted({one.post.meet for one in self.waiting})


class Ingest:
    def __init__(self, db: Database, live: Live) -> None:
        self._db = db
        self._live = live
        self._queue: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="ingest", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """After what was already queued has been written."""
        self._queue.put(None)
        self._thread.join()

    async def offer(self, post: Post) -> Receipt:
        """On disk when this returns; a `Refusal` or a storage error otherwise."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Receipt] = loop.create_future()
        self._queue.put(_Waiting(post, loop, future))
        return await future

    def _run(self) -> None:
        while (first := self._queue.get()) is not None:
            group, more = self._gather(first)
            self._settle(group)
            if not more:
                return

    def _gather(self, first: _Waiting) -> tuple[_Group, bool]:
        """Everything that is waiting now, and whether to go on afterwards."""
        group = _Group()
        group.add(first)
        while group.rows < ROWS_A_COMMIT:
            try:
                one = self._queue.get_nowait()
            except Empty:
                break
            if one is None:
                return group, False
            group.add(one)
        return group, True

    def _settle(self, group: _Group) -> None:
        try:
            self._store(group)
        except Exception as error:  # whatever it is: those who wait must be answered, and the thread must go on
            if len(group.waiting) == 1:
                group.waiting[0].answer = error
            else:
                self._store_each(group)
        _reply(group.waiting)

    def _store_each(self, group: _Group) -> None:
        """A post that breaks its transaction must not cost the others theirs."""
        for one in group.waiting:
            alone = _Group([_Waiting(one.post, one.loop, one.future)])
            try:
                self._store(alone)
                one.answer = alone.waiting[0].answer
            except Exception as error:
                one.answer = error

    def _store(self, group: _Group) -> None:
        with ExitStack() as held:
            warm = {meet: held.enter_context(self._live.hold(meet)) for meet in group.meets()}
            with self._db.write() as tx:
                desks = {meet: _MeetIngest(tx, meet, warm[meet]) for meet in warm}
                for one in group.waiting:
                    try:
                        one.offered = desks[one.post.meet].take(one.post)
                    except Refusal as refusal:
                        one.answer = refusal
            for meet in warm:
                if desks[meet].unknown:
                    self._live.forget(meet)
                self._catch_up(warm[meet], meet, [one for one in group.waiting if one.post.meet == meet])

    def _catch_up(self, warm: Warm, meet: MeetId, posts: Sequence[_Waiting]) -> None:
        """Hand what is now on disk to the projection, without reading it back where nothing came between."""
        stored = [one.offered.rows for one in posts if one.offered is not None and one.offered.rows.rows]
        last = max((one.offered.last_seq for one in posts if one.offered is not None), default=0)
        if last == warm.projection.head + sum(len(run.rows) for run in stored):
            warm.apply((), stored, last)
        elif last:
            self._live.follow(warm, meet)
        for one in posts:
            if one.offered is not None:
                one.answer = _receipt(one.offered, warm)


class _MeetIngest:
    """One meet within one commit. Catches up before anything is written, so it never folds in what may roll back."""

    def __init__(self, tx: Writer, meet: MeetId, warm: Warm) -> None:
        self._tx, self._meet = tx, meet
        self._row: MeetRow | None = tx.meets.lock(meet) if tx.meets.get(meet) else None
        self.unknown = self._row is None
        if not self.unknown:
            warm.catch_up(tx, meet)
        self._sources = dict(warm.projection.state.source_names)

    def take(self, post: Post) -> Offered:
        """A closed meet still knows what it has: a box that missed its 200 is told so, and nothing new is stored."""
        actor = post.admit(self._tx, post.meet, post.source)
        if self._row is None or self._row.withdrawn:
            raise NotFound("meet", post.meet)
        source = self._sources.get(post.source)
        if source is None:
            if self._row.closed:
                raise MeetIsClosed
            if not post.reads:
                return Offered.nothing(self._row.head)
            source = self._describe(post.source, post.received, actor)
        offer = self._tx.reads.offer
        return offer(self._meet, source, post.epoch, post.reads, post.received, actor, only_known=self._row.closed)

    def _describe(self, name: str, at: Instant, actor: ActorId) -> SourceId:
        """Nothing is lost because nobody announced the reader: it stands at the place of its own name."""
        source = self._sources[name] = SourceId(identity.new_id("source"))
        self._tx.facts.append(self._meet, [SourceDescribed(source=source, name=name, place=name)], actor, at)
        return source


def _receipt(offered: Offered, warm: Warm) -> Receipt:
    return Receipt(
        stored=len(offered.rows.rows),
        duplicates=offered.duplicates,
        conflicts=offered.conflicts,
        unknown=_unknown(offered.rows, warm.projection.state),
        not_on_course=_not_on_course(offered.rows, warm),
        high_water=offered.high_water,
        head=offered.last_seq,
    )


def _unknown(run: ReadRows, state: MeetState) -> list[int]:
    """Positions of reads whose chip or bib names nobody at any time."""
    chips, bibs = state.chips, state.by_bib
    named = (
        (row[0], chips.get(Chip(row[2])) if row[2] is not None else bibs.get(Bib(row[3] or ""))) for row in run.rows
    )
    return [seq for seq, names in named if not names]


def _not_on_course(run: ReadRows, warm: Warm) -> int:
    sources, places = warm.projection.state.sources, warm.places
    of_epoch = {no: sources[id].place for no, id in run.sources.items() if id in sources}
    return sum((place or of_epoch.get(epoch, "")) not in places for _, epoch, _, _, _, place in run.rows)


def _reply(waiting: Sequence[_Waiting]) -> None:
    """All answers of a commit in one wake-up of their loop."""
    for loop in {one.loop for one in waiting}:
        loop.call_soon_threadsafe(_resolve, [one for one in waiting if one.loop is loop])


def _resolve(waiting: Sequence[_Waiting]) -> None:
    for one in waiting:
        if one.future.done():
            continue
        if isinstance(one.answer, Receipt):
            one.future.set_result(one.answer)
        elif one.answer is not None:
            one.future.set_exception(one.answer)
