"""The power goes while reads are written to SQLite: what was acknowledged is there afterwards, and nothing is damaged.

The store runs on a real file and every statement of its writing connection is noted, its settings among them. The same
statements then run on a disk that remembers writes and syncs. It is cut at random moments, and what is found is opened
by the standard library's SQLite.
"""

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import apsw
import pytest

from app.domain.facts import MeetDescribed, SourceDescribed
from app.domain.ids import ActorId, MeetId, OrganizationId, SourceId
from app.domain.meet import MeetSpec
from app.domain.units import Instant
from app.store import OrganizationRow, open_database
from tests.proofs.conftest import Amount
from tests.proofs.power import Disk, RecordingVfs

NOW = Instant(1_790_000_000_000_000)
MEET, SOURCE, ACTOR = MeetId("meet_1"), SourceId("src_1"), ActorId("tok_1")
POSTS, READS_A_POST = 60, 7


@dataclass
class Outcome:
    damaged: int = 0
    lost: int = 0
    """Cuts after which an acknowledged read was missing."""


def test_a_power_cut_loses_no_acknowledged_read(
    tmp_path: Path, amount: Amount, record_property: Callable[[str, object], None]
) -> None:
    cuts = amount(200, 2_000)
    outcome = _cut_power(_statements(tmp_path), cuts, tmp_path)
    record_property("cuts", cuts)
    assert outcome == Outcome(damaged=0, lost=0)


def test_the_same_proof_sees_the_losses_of_synchronous_normal(
    tmp_path: Path, amount: Amount, record_property: Callable[[str, object], None]
) -> None:
    cuts = amount(200, 2_000)
    outcome = _cut_power(_statements(tmp_path, synchronous="NORMAL"), cuts, tmp_path)
    record_property("cuts", cuts)
    record_property("cuts_with_losses", outcome.lost)
    assert outcome.lost > cuts // 10


def _statements(folder: Path, **options: Any) -> list[str]:
    """What the store says to SQLite while a meet is opened and reads arrive, in order, transactions included."""
    with _noting_statements() as connections:
        db = open_database(f"sqlite:///{folder}/written.db", **options)
        with db.write() as tx:
            tx.access.put_organization(OrganizationRow(id=OrganizationId("org_1"), name="Club", created_at=NOW))
            tx.meets.open(MEET, OrganizationId("org_1"), NOW)
            spec = MeetSpec(name="Meet", timezone="UTC", starts_on="2026-09-21", ends_on="2026-09-21")
            source = SourceDescribed(source=SOURCE, name="finish", place="finish")
            tx.facts.append(MEET, [MeetDescribed(spec=spec), source], ACTOR, NOW)
        for post in range(POSTS):
            first = post * READS_A_POST + 1
            reads = [(n, f"C{n}", None, NOW + n, None, 1, -40, None, None) for n in range(first, first + READS_A_POST)]
            with db.write() as tx:
                tx.meets.lock(MEET)
                tx.reads.offer(MEET, SOURCE, "1", reads, NOW, ACTOR)
        db.close()
    return max(connections, key=lambda statements: sum(s == "COMMIT" for s in statements))


@contextmanager
def _noting_statements() -> Iterator[list[list[str]]]:
    """One list of statements for each SQLite connection that is opened meanwhile, from its first one on."""
    connections: list[list[str]] = []
    connect = sqlite3.connect

    def noting(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **options)
        connections.append([])
        connection.set_trace_callback(partial(_note, connections[-1]))
        return connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", noting)
        yield connections


def _note(statements: list[str], statement: str) -> None:
    """What a trigger does is told as the statement that fired it, once more."""
    if statements[-1:] != [statement]:
        statements.append(statement)


def _cut_power(statements: list[str], cuts: int, folder: Path) -> Outcome:
    disk, acknowledged = _write(statements, folder)
    rnd, outcome = random.Random(2026), Outcome()
    for _ in range(cuts):
        cut = rnd.randrange(acknowledged[0][0], len(disk.operations))
        for name, content in disk.image(cut, rnd).items():
            (folder / name).write_bytes(content)
        promised = max(reads for operations, reads in acknowledged if operations <= cut)
        found = _reads_found(folder / "disk.db")
        outcome.damaged += found is None
        outcome.lost += found is not None and found < promised
        for left in folder.glob("disk.db*"):
            left.unlink()
    return outcome


def _write(statements: list[str], folder: Path) -> tuple[Disk, list[tuple[int, int]]]:
    """The disk after all statements, and after which of its operations how many reads were acknowledged."""
    disk, acknowledged = Disk(), []
    vfs = RecordingVfs(disk)
    connection = apsw.Connection(str(folder / "disk.db"), vfs="recording")
    # With it the store's triggers tell their own process of a write. Here nobody listens.
    connection.create_scalar_function("door_moved", lambda *_: None)
    # Exclusive, because this disk has no shared memory; checkpoints often, so that some are cut too.
    for pragma in ("locking_mode=EXCLUSIVE", "wal_autocheckpoint=20"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    for statement in statements:
        if not statement.startswith(("PRAGMA wal_", "PRAGMA locking_", "--")):
            connection.execute(statement).fetchall()
        if statement == "COMMIT" and (reads := _count(connection)) is not None:
            acknowledged.append((len(disk.operations), reads))
    connection.close()
    for left in folder.glob("disk.db*"):
        left.unlink()
    vfs.unregister()
    assert acknowledged[-1][1] == POSTS * READS_A_POST
    return disk, acknowledged


def _count(connection: apsw.Connection) -> int | None:
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'reads'").fetchone() is None:
        return None
    (count,) = connection.execute("SELECT count(*) FROM reads")
    return int(count[0])


def _reads_found(path: Path) -> int | None:
    """Reads in the database that is found, or None if it is damaged."""
    found = sqlite3.connect(path)
    try:
        if found.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            return None
        count: int = found.execute("SELECT count(*) FROM reads").fetchone()[0]
        return count
    except sqlite3.DatabaseError as error:
        return 0 if "no such table" in str(error) else None
    finally:
        found.close()


def test_the_statements_are_those_of_the_store(tmp_path: Path) -> None:
    statements = _statements(tmp_path)
    assert sum("INSERT INTO reads" in s for s in statements) == POSTS * READS_A_POST
    assert pytest.approx(POSTS, abs=20) == sum(s == "COMMIT" for s in statements)
