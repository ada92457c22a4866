"""A start from nothing in memory: the log in SQLite to a whole table of standings, against bare rows to numpy.

The limit reads two bare tables, turns tags into runners and ranks with numpy: no rules, no bibs, no splits.

Reads cost both sides about as much: a step of SQLite's for each row, and a look in a dictionary for its tag. What the
product takes beyond that is the field of runners: 150,000 facts (people, entries, chips), each kept as it was recorded,
where the limit has one table of 50,000 rows.
"""

import gc
import sqlite3
import tempfile
from pathlib import Path

import numpy as np

from app.domain.facts import MeetDescribed
from app.domain.ids import ActorId, MeetId, OrganizationId, SourceId
from app.domain.meet import MeetSpec
from app.domain.units import Instant
from app.live import Live
from app.store import OrganizationRow, open_database
from bench.figures import Figure, figure, in_turns, seconds
from bench.mass_start import EVENT, GUN, MassStart, facts, make_race

RUNNERS, POINTS = 50_000, 5
MEET, CLUB, ACTOR = MeetId("meet_cold"), OrganizationId("org_bench"), ActorId("tok_bench")
NOW = Instant(GUN)
AFTERWARDS = GUN + 4 * 3_600_000_000
"""When the reads arrived. One that comes before its own time is rare, and costs more."""


def figures() -> list[Figure]:
    race = make_race(RUNNERS, POINTS)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        url, bare = f"sqlite:///{folder}/log.db", Path(folder) / "bare.db"
        _write_log(url, race)
        _write_bare(bare, race)
        del race
        gc.collect()
        values, limits = in_turns(lambda: seconds(lambda: _product(url)), lambda: seconds(lambda: _bare(bare)), 3)
    return [figure("cold start, 500,000 reads / SQLite to numpy", values, limits, "s", 1.5, "lower")]


def _product(url: str) -> None:
    db = open_database(url)
    try:
        with Live(db).view(MEET) as view:
            table = view.projection.table(EVENT)
            assert len(table) == RUNNERS
            table.rows(0, 500)
    finally:
        db.close()


def _write_log(url: str, race: MassStart) -> None:
    db = open_database(url)
    with db.write() as tx:
        tx.access.put_organization(OrganizationRow(id=CLUB, name="Bench", created_at=NOW))
        tx.meets.open(MEET, CLUB, NOW)
        spec = MeetSpec(name="Bench", timezone="UTC", starts_on="2026-09-21", ends_on="2026-09-21")
        tx.facts.append(MEET, [MeetDescribed(spec=spec), *(recorded.fact for recorded in facts(race))], ACTOR, NOW)
        for point in range(race.points):
            seen = [(chip, at) for chip, where, at in race.reads if where == point]
            offered = [(n, chip, None, at, None, 1, -40, None, None) for n, (chip, at) in enumerate(seen, 1)]
            tx.reads.offer(MEET, SourceId(f"s{point}"), "1", offered, AFTERWARDS, ACTOR)
    db.close()


def _write_bare(path: Path, race: MassStart) -> None:
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE people (tag TEXT PRIMARY KEY, bib TEXT, sex TEXT, category TEXT)")
    db.execute("CREATE TABLE reads (tag TEXT, point INTEGER, time_us INTEGER)")
    db.executemany("INSERT INTO people VALUES (?,?,?,?)", [(r.chip, r.bib, r.sex, r.category) for r in race.runners])
    db.executemany("INSERT INTO reads VALUES (?,?,?)", race.reads)
    db.commit()
    db.close()


def _bare(path: Path) -> None:
    db = sqlite3.connect(path)
    people = db.execute("SELECT * FROM people").fetchall()
    reads = db.execute("SELECT tag, point, time_us FROM reads").fetchall()
    db.close()
    number = {row[0]: i for i, row in enumerate(people)}
    runner = np.fromiter((number[read[0]] for read in reads), np.int64, len(reads))
    point = np.fromiter((read[1] for read in reads), np.int64, len(reads))
    at = np.fromiter((read[2] for read in reads), np.int64, len(reads))
    first = np.full(len(people) * POINTS, np.iinfo(np.int64).max)
    np.minimum.at(first, runner * POINTS + point, at)
    net = first.reshape(-1, POINTS)[:, -1] - first.reshape(-1, POINTS)[:, 0]
    for group in ({row[2] for row in people}, {row[3] for row in people}):
        codes = {name: code for code, name in enumerate(sorted(group))}
        column = 2 if len(group) == 2 else 3
        np.lexsort((net, np.fromiter((codes[row[column]] for row in people), np.int64, len(people))))
    assert len(np.unique(net[np.argsort(net)])) > RUNNERS // 2
