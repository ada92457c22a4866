"""What is on disk, asked of the database itself and not of the program under proof."""

import sqlite3
from collections.abc import Iterable
from typing import Any

import psycopg

_READS = """SELECT sources.name, count(*), count(DISTINCT reads.source_seq), max(reads.source_seq)
    FROM reads JOIN epochs ON epochs.no = reads.epoch_no JOIN sources ON sources.id = epochs.source_id
    GROUP BY sources.name"""
_HEADS = """SELECT head, (SELECT count(*) FROM reads WHERE reads.position >> 40 = meets.no)
    + (SELECT count(*) FROM facts WHERE facts.meet_no = meets.no) FROM meets"""


def complaints(url: str, acknowledged: Iterable[tuple[str, int]]) -> list[str]:
    """What is missing or doubled, in words: every source holds its reads 1 … n once, and all acknowledged."""
    found = {name: (rows, distinct, last) for name, rows, distinct, last in _query(url, _READS)}
    wrong = [
        f"{source}: acknowledged up to {upto}, stored {found.get(source)}"
        for source, upto in acknowledged
        if upto and (source not in found or found[source][2] < upto)
    ]
    wrong += [
        f"{source}: {rows} rows, {distinct} reads, up to {last}"
        for source, (rows, distinct, last) in found.items()
        if not rows == distinct == last
    ]
    wrong += [f"the log is at {head} and holds {entries}" for head, entries in _query(url, _HEADS) if head != entries]
    return wrong


def _query(url: str, statement: str) -> list[Any]:
    if url.startswith("postgresql"):
        with psycopg.connect(url) as postgres:
            return postgres.execute(statement).fetchall()
    db = sqlite3.connect(url.removeprefix("sqlite:///"))
    try:
        if statement is _HEADS:
            (intact,) = db.execute("PRAGMA integrity_check").fetchone()
            assert intact == "ok", intact
        return db.execute(statement).fetchall()
    finally:
        db.close()
