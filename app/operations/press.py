"""The press: long documents are drawn by one thread a process, one after another, while nothing else waits for it.

How far each of them is stands in the database too, for whoever asks another process. Nothing of that is truth: what a
press leaves undone is drawn anew when somebody asks for it again.
"""

import threading
import time
from collections.abc import Callable
from concurrent import futures
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import ClassVar, Final, Literal

import structlog

from app.domain.ids import JobId
from app.domain.refusals import Refusal
from app.domain.units import SECOND, Duration, Instant
from app.operations import identity
from app.sheets.progress import Progress
from app.store import Database, StoreError
from app.store.jobs import Document, JobRow

MOST: Final = 8
"""Documents at once: each holds its rows in memory."""
SEATS: Final = 8
"""How many wait for one at once, each on a thread that could answer somebody."""
MOST_BYTES: Final = 32 << 20
"""Of one document: half of what is kept of all."""
EVERY_S: Final = 1.0
"""How often the database is told."""
SILENT: Final = Duration(60 * SECOND)
"""Who has not touched a job for so long is not drawing it any more."""
LOST: Final = "lost", "the server that drew it was stopped: ask for the sheet again"
UNEXPECTED: Final = "unexpected", "it could not be drawn: the server's log says why"

log: Final = structlog.get_logger()


@dataclass(eq=False)
class NotDrawnNow(Refusal):
    title: ClassVar[str] = "The document cannot be drawn now"
    nature: ClassVar[Literal["later"]] = "later"
    why: str

    @property
    def detail(self) -> str:
        return f"{self.why}: ask again a little later"


@dataclass(eq=False)
class DocumentTooLarge(Refusal):
    title: ClassVar[str] = "The document is too large"
    size: int

    @property
    def detail(self) -> str:
        return f"it has {self.size:,} bytes of {MOST_BYTES:,}: ask for each event by itself, or for CSV"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be drawn, how many rows it has, how it is drawn, and who gets the bytes."""

    document: Document
    rows: int
    draw: Callable[[Progress], bytes]
    keep: Callable[[bytes], None]


@dataclass(eq=False, slots=True)
class Drawing:
    """An order, how far it is, and what comes of it."""

    order: Order
    row: JobRow
    drawn: int = 0
    told_s: float = float("-inf")
    body: futures.Future[bytes] = field(default_factory=futures.Future)

    @property
    def percent(self) -> int:
        """All rows drawn is not all: the file is still to be closed."""
        return min(99, 100 * self.drawn // max(self.order.rows, 1))


class Press:
    def __init__(self, db: Database, now: Callable[[], Instant], every_s: float = EVERY_S) -> None:
        self._db = db
        self._now = now
        self._every_s = every_s
        self._hand = futures.ThreadPoolExecutor(1, "press")
        self._drawings: dict[JobId, Drawing] = {}
        self._guard = threading.Lock()
        self._seats = threading.BoundedSemaphore(SEATS)
        self._stopping = False

    def stop(self) -> None:
        """What is not drawn yet fails, and says so."""
        with self._guard:
            self._stopping = True
        self._hand.shutdown()

    def take(self, order: Order) -> Drawing:
        """Drawn as soon as those before it are; the same one where it is under way. `NotDrawnNow`."""
        with self._guard:
            self._require_running()
            same = self.under_way(order.document.sheet, order.document.tag)
            if same is not None:
                return same
            if len(self._drawings) >= MOST:
                raise NotDrawnNow(f"{MOST} long documents wait already")
            now = self._now()
            drawing = Drawing(order, JobRow(JobId(identity.new_id("job")), order.document, now, now))
            with self._db.write() as tx:
                tx.jobs.add(drawing.row)
            drawing.body = self._hand.submit(self._draw, drawing)
            self._drawings[drawing.row.id] = drawing
            return drawing

    def under_way(self, sheet: str, tag: str) -> Drawing | None:
        """Where this very document is being drawn. Waits for nobody: who asks may hold the meet."""
        drawings = (one for one in tuple(self._drawings.values()) if one.row.document.sheet == sheet)
        return next((one for one in drawings if one.row.document.tag == tag), None)

    def wait(self, drawing: Drawing, seconds: float) -> bytes | None:
        """The bytes once they are drawn, None where that takes longer or too many wait; raises what drawing raised."""
        if seconds and self._seats.acquire(blocking=False):
            try:
                futures.wait([drawing.body], seconds)
            finally:
                self._seats.release()
        return drawing.body.result() if drawing.body.done() else None

    def job(self, id: JobId) -> JobRow | None:
        """As it is at this moment where it is drawn here, else as its process said last."""
        drawing = self._drawings.get(id)
        if drawing is not None:
            row = drawing.row
            return replace(row, percent=drawing.percent) if row.state == "running" else row
        with self._db.read() as tx:
            said = tx.jobs.get(id)
        if said is None or said.ended or not self._is_lost(said):
            return said
        return replace(said, state="failed", code=LOST[0], detail=LOST[1])

    def _is_lost(self, row: JobRow) -> bool:
        """On SQLite there is no other process that could be drawing it."""
        return self._db.dialect == "sqlite" or row.touched_at < self._now() - SILENT

    def _require_running(self) -> None:
        if self._stopping:
            raise NotDrawnNow("the server is being stopped")

    def _draw(self, drawing: Drawing) -> bytes:
        why: tuple[str, str] | None = UNEXPECTED
        try:
            self._moved(drawing, 0)
            body = drawing.order.draw(partial(self._moved, drawing))
            if len(body) > MOST_BYTES:
                raise DocumentTooLarge(len(body))
            drawing.order.keep(body)
            why = None
        except Refusal as refusal:
            why = refusal.code, refusal.detail
            raise
        finally:
            if why is UNEXPECTED:  # Those who wait get it too; but perhaps nobody does.
                log.exception("unexpected", job=drawing.row.id)
            self._end(drawing, why)
        return body

    def _moved(self, drawing: Drawing, rows: int) -> None:
        self._require_running()
        drawing.drawn += rows
        if time.monotonic() - drawing.told_s >= self._every_s:
            self._tell(drawing, replace(drawing.row, state="running", percent=drawing.percent))

    def _end(self, drawing: Drawing, why: tuple[str, str] | None) -> None:
        if why is None:
            self._tell(drawing, replace(drawing.row, state="done", percent=100))
        else:
            failed = replace(drawing.row, state="failed", percent=drawing.percent, code=why[0], detail=why[1])
            self._tell(drawing, failed)
        with self._guard:
            del self._drawings[drawing.row.id]

    def _tell(self, drawing: Drawing, row: JobRow) -> None:
        """All that wait are touched with it: their process is alive."""
        now = self._now()
        drawing.told_s, drawing.row = time.monotonic(), replace(row, touched_at=now)
        # A database that fails says so itself, and the job is taken for lost by and by.
        with suppress(StoreError), self._db.write() as tx:
            tx.jobs.move(drawing.row)
            tx.jobs.touch(tuple(self._drawings), now)
