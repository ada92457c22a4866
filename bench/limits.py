"""What the parts can do without the product: the bare insert, the bare commit, the bare copy, the bare answer."""

import itertools
import sqlite3
from pathlib import Path
from typing import Any

import psycopg

Row = tuple[int, str, int, str, int, int, int, int]

_TABLE = """CREATE TABLE reads (reader_id bigint, session text, seq bigint, tag text, time_us bigint,
    rssi integer, antenna integer, received_us bigint, UNIQUE (reader_id, session, seq))"""
_numbers = itertools.count(1)


def rows(count: int) -> list[Row]:
    """New rows of the eight columns; no two calls give the same identity."""
    first = next(_numbers) * 10_000_000
    return [
        (1, "1", first + i, f"E2801160{i:016X}", 1_790_000_000_000_000 + 7_000 * i, -40, 1, 0) for i in range(count)
    ]


class BareSqlite:
    """WAL, synchronous=FULL, one table, one unique index, the standard library's driver."""

    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / "bare.db", isolation_level=None)
        for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA cache_size=-65536", _TABLE):
            self._db.execute(statement)

    def insert(self, batch: list[Row]) -> None:
        """All rows in one transaction."""
        self._db.execute("BEGIN IMMEDIATE")
        self._db.executemany("INSERT INTO reads VALUES (?,?,?,?,?,?,?,?)", batch)
        self._db.execute("COMMIT")

    def insert_one_by_one(self, batch: list[Row]) -> None:
        """A transaction, and so a sync to disk, for each row."""
        for row in batch:
            self._db.execute("INSERT INTO reads VALUES (?,?,?,?,?,?,?,?)", row)


class BarePostgres:
    """One table, one unique index, COPY of text rows, a commit a batch."""

    def __init__(self, url: str) -> None:
        self._db = psycopg.connect(url, autocommit=True)
        self._db.execute("DROP TABLE IF EXISTS bare_reads")
        self._db.execute(_TABLE.replace("TABLE reads", "TABLE bare_reads"))

    def copy(self, batch: list[Row]) -> None:
        with self._db.transaction(), self._db.cursor() as cursor, cursor.copy("COPY bare_reads FROM STDIN") as copy:
            for row in batch:
                copy.write_row(row)

    def close(self) -> None:
        self._db.close()


def raw_asgi(headers: list[tuple[bytes, bytes]], status: int, body: bytes) -> Any:
    """An application that sends the same bytes whatever it is asked: the least that uvicorn can be given to do."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app
