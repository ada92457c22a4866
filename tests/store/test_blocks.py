"""Rows go in by blocks: all of them, in order, whatever their number, or none."""

import pytest

from app.store import Database
from app.store.blocks import ROWS
from tests.store.ground import MEET, log, offer, open_meet, read


@pytest.fixture
def db(database: Database) -> Database:
    open_meet(database)
    return database


@pytest.mark.parametrize("count", [1, ROWS - 1, ROWS, ROWS + 1, 3 * ROWS, 3 * ROWS + 7])
def test_every_row_is_written_whole(db: Database, count: int) -> None:
    offered = offer(db, *(read(n, f"C{n}", at=1_000 + n) for n in range(count)))
    with db.read() as tx:
        (rows,) = tx.reads.after(MEET, 0)
        kept = tx.reads.detail(MEET, range(count + 2))
    assert list(rows.rows) == list(offered.rows.rows)
    assert [(seq, one.source_seq, one.chip, one.at_us, one.rssi) for seq, one in sorted(kept.items())] == [
        (n + 2, n, f"C{n}", 1_000 + n, -61) for n in range(count)
    ]


@pytest.mark.parametrize("broken", [0, ROWS, 2 * ROWS + 3])
def test_one_row_that_cannot_be_takes_all_with_it(db: Database, broken: int) -> None:
    rows = [read(n, None if n == broken else "C1") for n in range(2 * ROWS + 5)]
    with pytest.raises(Exception, match="chip_or_bib"):
        offer(db, *rows)
    assert log(db) == [1]
