"""The press draws one document after another, and says how far each of them is."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from structlog.testing import capture_logs

from app.domain.ids import JobId
from app.domain.refusals import Contradicts
from app.domain.units import Instant
from app.operations import identity
from app.operations import press as module
from app.operations.press import MOST, SILENT, DocumentTooLarge, NotDrawnNow, Order, Press
from app.sheets.progress import Progress
from app.store import Database
from app.store.errors import StorageFull
from app.store.jobs import Document, JobRow, JobState, JobsWriter
from tests.store.ground import MEET, open_meet

PATIENCE_S = 10.0


@dataclass
class Hand:
    """Draws four rows, and stops after two of them until it may go on."""

    half: threading.Event = field(default_factory=threading.Event)
    go: threading.Event = field(default_factory=threading.Event)
    kept: list[bytes] = field(default_factory=list)

    def draw(self, drawn: Progress) -> bytes:
        drawn(2)
        self.half.set()
        assert self.go.wait(PATIENCE_S)
        drawn(2)
        return b"drawn"


@pytest.fixture
def press(database: Database) -> Iterator[Press]:
    open_meet(database)
    press = Press(database, identity.now, every_s=0.0)
    yield press
    press.stop()


@pytest.fixture
def hand() -> Iterator[Hand]:
    hand = Hand()
    yield hand
    hand.go.set()


def take_until_refused(press: Press, order: Order) -> None:
    """The same that is under way, so that no more are taken meanwhile."""
    while True:
        press.take(order)


def of_meet(no: int, sheet: str = "/v1/book.pdf") -> Document:
    return Document(no, "public", sheet, '"7-a"', "application/pdf", 7)


def document(database: Database, sheet: str = "/v1/book.pdf") -> Document:
    with database.read() as tx:
        return of_meet(tx.meets.no(MEET), sheet)


def order(database: Database, hand: Hand, sheet: str = "/v1/book.pdf") -> Order:
    return Order(document(database, sheet), 4, hand.draw, hand.kept.append)


def said(database: Database, id: JobId) -> tuple[str, int, str | None]:
    """What another process sees."""
    with database.read() as tx:
        row = tx.jobs.get(id)
    assert row
    return row.state, row.percent, row.code


def test_a_document_is_drawn_and_the_database_says_how_far_it_is(database: Database, press: Press, hand: Hand) -> None:
    drawing = press.take(order(database, hand))
    assert hand.half.wait(PATIENCE_S)
    here = press.job(drawing.row.id)
    assert here
    assert (here.state, here.percent) == ("running", 50)
    assert said(database, drawing.row.id) == ("running", 50, None)
    hand.go.set()
    assert press.wait(drawing, PATIENCE_S) == b"drawn"
    assert hand.kept == [b"drawn"]
    assert said(database, drawing.row.id) == ("done", 100, None)


def test_who_asks_for_what_is_under_way_gets_the_same(database: Database, press: Press, hand: Hand) -> None:
    one = press.take(order(database, hand))
    assert press.take(order(database, hand)) is one
    assert press.under_way("/v1/book.pdf", '"8-a"') is None
    assert press.take(order(database, hand, "/v1/other.pdf")) is not one


def test_all_rows_drawn_is_not_done(database: Database, press: Press, hand: Hand) -> None:
    drawing = press.take(Order(document(database), 2, hand.draw, hand.kept.append))
    assert hand.half.wait(PATIENCE_S)
    assert drawing.percent == 99


def test_no_more_are_taken_than_there_is_room_for(database: Database, press: Press, hand: Hand) -> None:
    drawings = [press.take(order(database, hand, f"/v1/{n}.pdf")) for n in range(MOST)]
    with pytest.raises(NotDrawnNow, match="8 long documents wait already"):
        press.take(order(database, hand, "/v1/more.pdf"))
    hand.go.set()
    for drawing in drawings:
        press.wait(drawing, PATIENCE_S)
    assert len(hand.kept) == MOST
    press.wait(press.take(order(database, hand, "/v1/more.pdf")), PATIENCE_S)
    assert len(hand.kept) == MOST + 1


def test_a_document_that_cannot_be_drawn_says_why_and_the_next_one_is(
    database: Database, press: Press, hand: Hand
) -> None:
    def refuse(drawn: Progress) -> bytes:
        raise Contradicts("unprintable", "no font has it")

    def fail(drawn: Progress) -> bytes:
        raise ZeroDivisionError

    hand.go.set()
    whose = document(database)
    orders = [Order(whose._replace(tag=draw.__name__), 4, draw, hand.kept.append) for draw in (refuse, fail, hand.draw)]
    with capture_logs() as logged:
        drawings = [press.take(one) for one in orders]
        for drawing, error in zip(drawings, (Contradicts, ZeroDivisionError), strict=False):
            with pytest.raises(error):
                press.wait(drawing, PATIENCE_S)
        assert press.wait(drawings[-1], PATIENCE_S) == b"drawn"
    assert [(one["event"], one["job"], one["exc_info"]) for one in logged] == [("unexpected", drawings[1].row.id, True)]
    codes = [said(database, drawing.row.id) for drawing in drawings]
    assert codes == [("failed", 0, "unprintable"), ("failed", 0, "unexpected"), ("done", 100, None)]


def test_a_press_that_stops_fails_what_it_has_not_drawn(database: Database, hand: Hand) -> None:
    open_meet(database)
    press = Press(database, identity.now, every_s=0.0)
    drawings = [press.take(order(database, hand, f"/v1/{n}.pdf")) for n in range(2)]
    assert hand.half.wait(PATIENCE_S)
    stopping = threading.Thread(target=press.stop)
    stopping.start()
    with pytest.raises(NotDrawnNow, match="being stopped"):
        take_until_refused(press, order(database, hand, "/v1/0.pdf"))
    hand.go.set()
    stopping.join()
    states = [said(database, drawing.row.id) for drawing in drawings]
    assert [(state, code) for state, _, code in states] == [("failed", "not_drawn_now")] * 2
    assert hand.kept == []


def test_what_a_process_that_died_was_drawing_has_failed(database: Database, press: Press) -> None:
    now = identity.now()
    ages = {"job_1": 2 * SILENT, "job_2": SILENT // 2, "job_3": 2 * SILENT}
    with database.write() as tx:
        document = of_meet(tx.meets.no(MEET))
        for id, age in ages.items():
            at = Instant(now - age)
            state: JobState = "done" if id == "job_3" else "running"
            tx.jobs.add(JobRow(JobId(id), document, at, at, state, 40))
    found = [press.job(JobId(id)) for id in ages]
    states = [(row.state, row.code) for row in found if row]
    alone = database.dialect == "sqlite"
    perhaps = ("failed", "lost") if alone else ("running", None)
    assert states == [("failed", "lost"), perhaps, ("done", None)], "on SQLite there is no other process"


def test_a_document_that_is_too_large_to_be_kept_is_refused(
    database: Database, press: Press, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 4)
    hand.go.set()
    drawing = press.take(order(database, hand))
    with pytest.raises(DocumentTooLarge, match="5 bytes of 4: ask for each event by itself, or for CSV"):
        press.wait(drawing, PATIENCE_S)
    assert said(database, drawing.row.id) == ("failed", 99, "document_too_large")
    assert hand.kept == []


def test_who_finds_no_seat_does_not_wait(database: Database, hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SEATS", 0)
    open_meet(database)
    press = Press(database, identity.now)
    drawing = press.take(order(database, hand))
    assert press.wait(drawing, PATIENCE_S) is None
    hand.go.set()
    assert drawing.body.result(PATIENCE_S) == b"drawn"
    assert press.wait(drawing, 0) == b"drawn"
    press.stop()


def test_who_waits_is_touched_while_another_is_drawn(database: Database, press: Press, hand: Hand) -> None:
    more = threading.Event()

    def draw(drawn: Progress) -> bytes:
        assert more.wait(PATIENCE_S)
        drawn(1)
        return hand.draw(drawn)

    press.take(Order(document(database), 5, draw, hand.kept.append))
    waiting = press.take(order(database, hand, "/v1/other.pdf")).row
    more.set()
    assert hand.half.wait(PATIENCE_S)
    with database.read() as tx:
        row = tx.jobs.get(waiting.id)
    assert row
    assert row.state == "waiting"
    assert row.touched_at > waiting.touched_at


def test_a_document_is_drawn_also_where_the_database_cannot_be_told(
    database: Database, press: Press, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: JobsWriter, row: JobRow) -> None:
        raise StorageFull("disk is full")

    monkeypatch.setattr(JobsWriter, "move", full)
    hand.go.set()
    assert press.wait(press.take(order(database, hand)), PATIENCE_S) == b"drawn"
