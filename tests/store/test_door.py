"""Whose token it is and which meet it asks about: found once, and never as it was before."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from app.domain.facts import Fact, MeetClosed, MeetDescribed, MeetReopened, MeetWithdrawn
from app.domain.ids import ActorId
from app.domain.meet import MeetSpec
from app.store import Database, TokenRow, Writer, open_database
from app.store.door import REMEMBERED, Asked, Door, Doors
from tests.store.ground import DESK, HOME, MEET, NOON, append, entry, gun, open_meet

TOKEN = TokenRow(
    id=ActorId("tok_1"), organization=HOME, kind="api", name="n", hash="h1", scopes=frozenset(), created_at=NOON
)
ASKED = ("h1", MEET)
PUBLIC = MeetSpec(
    name="Spring", timezone="UTC", starts_on="2026-05-03", ends_on="2026-05-03", visibility="public", rehearsal=True
)

Write = Callable[[Writer], object]
Moved = Callable[[Any], object]


@pytest.fixture
def db(database: Database) -> Database:
    open_meet(database, rehearsal=True)
    with database.write() as tx:
        tx.access.put_token(TOKEN)
    return database


def test_both_are_found_and_each_alone(db: Database) -> None:
    token, meet = db.door(ASKED)
    assert token == TOKEN
    assert meet is not None
    assert (meet.id, meet.visibility) == (MEET, "private")
    assert db.door((None, MEET)) == (None, meet)
    assert db.door(("h1", None)) == (token, None)
    assert db.door((None, None)) == (None, None)


def recording(fact: Fact) -> Write:
    return lambda tx: tx.facts.append(MEET, [fact], DESK, NOON)


def replace_the_token(tx: Writer) -> None:
    """In one statement where there is one; no trigger on DELETE hears of it."""
    insert = "INSERT OR REPLACE" if tx.session.dialect == "sqlite" else "INSERT"
    rows = tx.session.rows("SELECT * FROM tokens")
    if insert == "INSERT":
        tx.session.run("DELETE FROM tokens")
    for row in rows:
        values = ["m" if value == TOKEN.name else value for value in row]
        tx.session.run(f"{insert} INTO tokens VALUES ({', '.join('?' * len(values))})", *values)


@pytest.mark.parametrize(
    ("write", "moved"),
    [
        (lambda tx: tx.access.revoke(TOKEN.id, NOON), lambda door: door.token.revoked_at == NOON),
        (lambda tx: tx.access.expire(TOKEN.id, NOON), lambda door: door.token.expires_at == NOON),
        (lambda tx: tx.access.put_token(replace(TOKEN, name="m")), lambda door: door.token.name == "m"),
        (lambda tx: tx.session.run("DELETE FROM tokens"), lambda door: door.token is None),
        (replace_the_token, lambda door: door.token.name == "m"),
        (recording(MeetDescribed(spec=PUBLIC)), lambda door: door.meet.visibility == "public"),
        (recording(MeetClosed()), lambda door: door.meet.closed),
        (recording(MeetWithdrawn()), lambda door: door.meet.withdrawn),
        (lambda tx: tx.meets.drop(MEET), lambda door: door.meet is None),
    ],
)
def test_what_was_written_is_seen_by_whoever_comes_next(db: Database, write: Write, moved: Moved) -> None:
    assert not moved(db.door(ASKED))
    with db.write() as tx:
        write(tx)
    assert moved(db.door(ASKED))


def test_what_was_not_there_is_looked_for_again(db: Database) -> None:
    asked = ("h2", "reg_7")
    assert db.door(asked) == (None, None)
    append(db, entry("7", "7"))
    with db.write() as tx:
        tx.access.put_token(replace(TOKEN, id=ActorId("tok_2"), hash="h2"))
    token, meet = db.door(asked)
    assert token is not None
    assert meet is not None


def test_a_write_that_was_rolled_back_moved_nothing(db: Database) -> None:
    with suppress(RuntimeError), db.write() as tx:
        tx.access.revoke(TOKEN.id, NOON)
        assert db.door(ASKED).token == TOKEN
        raise RuntimeError
    assert db.door(ASKED).token == TOKEN


@pytest.fixture
def on_sqlite(sqlite_url: str) -> Iterator[Database]:
    db = open_database(sqlite_url)
    open_meet(db)
    with db.write() as tx:
        tx.access.put_token(TOKEN)
    yield db
    db.close()


def test_the_one_process_that_writes_looks_once(on_sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    looks, glance = count(), on_sqlite.glance
    monkeypatch.setattr(on_sqlite, "glance", lambda: (next(looks), glance())[1])
    for n in range(3):
        assert on_sqlite.door(ASKED).token == TOKEN
        append(on_sqlite, gun(n))
    assert next(looks) == 1
    append(on_sqlite, MeetClosed(), MeetReopened())
    on_sqlite.door(ASKED)
    assert next(looks) == 3


def test_what_was_looked_up_while_it_was_written_does_not_stay() -> None:
    doors, before, after = Doors(), Door(TOKEN, None), Door(replace(TOKEN, revoked_at=NOON), None)

    def slowly(_: Asked) -> Door:
        doors.forget()
        return before

    assert doors.get(("h1", None), slowly) == before
    assert doors.get(("h1", None), lambda _: after) == after


def test_no_more_than_so_many_are_remembered() -> None:
    doors, looks = Doors(), count()

    def find(asked: Asked) -> Door:
        next(looks)
        return Door(TOKEN, None)

    for n in (*range(REMEMBERED), 0, REMEMBERED, 0):
        doors.get((f"h{n}", None), find)
    assert next(looks) == REMEMBERED + 2
