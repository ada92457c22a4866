"""Reads from the hardware to the disk. Posts that arrive while a commit is under way share the next one.

One thread writes. A post is answered after the commit that holds its reads, never before, and no pool thread waits
for it. Who may post is asked inside that same transaction, so a key that was revoked a moment ago stores nothing.
"""

import asyncio
import threading
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Final

from app.domain.ids import MeetId
from app.live import Live
from app.operations.intake import Intake, Post, Receipt
from app.store import Database

__all__ = ["Ingest", "Post", "Receipt"]

ROWS_A_COMMIT: Final = 50_000

Answer = Receipt | Exception


@dataclass(slots=True)
class _Waiting:
    post: Post
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Receipt]
    answer: Answer | None = None


@dataclass(slots=True)
class _Group:
    """The posts that share one commit."""

    waiting: list[_Waiting] = field(default_factory=list)
    rows: int = 0

    def add(self, one: _Waiting) -> None:
        self.waiting.append(one)
        self.rows += len(one.post.reads)

    def by_meet(self) -> dict[MeetId, list[_Waiting]]:
        """Meets in one order everywhere, so that two groups never wait for each other; posts as they came."""
        found: dict[MeetId, list[_Waiting]] = {one.post.meet: [] for one in self.waiting}
        for one in self.waiting:
            found[one.post.meet].append(one)
        return dict(sorted(found.items()))


class Ingest:
    def __init__(self, db: Database, live: Live) -> None:
        self._db = db
        self._live = live
        self._queue: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._waited_for = 0
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
        self._waited_for += 1
        try:
            return await future
        finally:
            self._waited_for -= 1

    @property
    def idle(self) -> bool:
        """Whether nobody waits for a commit."""
        return not self._waited_for

    def _run(self) -> None:
        while (first := self._queue.get()) is not None:
            group, more = self._gather(first)
            self._settle(group)
            _reply(group.waiting)
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
        """An answer for everybody. A post that breaks its transaction must not cost the others theirs."""
        try:
            self._store(group)
        except Exception as error:  # Whatever it is: those who wait must be answered, and the thread must go on.
            if len(group.waiting) == 1:
                group.waiting[0].answer = error
                return
            for one in group.waiting:
                self._settle(_Group([one]))

    def _store(self, group: _Group) -> None:
        """What is raised here was not committed. What comes after the commit takes no answer back: it is on disk."""
        by_meet = group.by_meet()
        with ExitStack() as held:
            warm = {meet: held.enter_context(self._live.hold(meet)) for meet in by_meet}
            with self._db.write() as tx:
                intakes = {meet: Intake(tx, meet, warm[meet]) for meet in by_meet}
                for meet, waiting in by_meet.items():
                    intakes[meet].take([one.post for one in waiting])
                answers = {meet: intake.answers() for meet, intake in intakes.items()}
            for meet, waiting in by_meet.items():
                for one, answer in zip(waiting, answers[meet], strict=True):
                    one.answer = answer
                if intakes[meet].unknown:
                    self._live.forget(meet)
                # Whoever looks at the meet next catches up from its log, and is told what is wrong with it.
                with suppress(Exception):
                    intakes[meet].follow(self._live)


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
