"""A meet leaves one database as lines and is the same meet in another, or is not there at all."""

from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from app.domain.facts import MeetDescribed, Recorded
from app.domain.ids import AthleteId, RegistrationId
from app.domain.refusals import Contradicts, Invalid, NotFound
from app.store import Database, OrganizationRow, archive, schema
from app.store.unarchive import PutBack
from tests.domain.log import DASH, GUN, MAT, SETUP, entered
from tests.domain.log import MEET as MEET_SPEC
from tests.store.archives import DESK, HOME, MEET, PEOPLE, READS, offered, taken, written

INDEXES = (
    schema.events,
    schema.registrations,
    schema.heats,
    schema.sources,
    schema.chip_assignments,
    schema.times,
    schema.rulings,
    schema.publications,
)
OWN_NUMBERS = ("no", "meet_no", "position", "epoch_no", "organization_id")


def log(db: Database) -> list[Recorded]:
    with db.read() as tx:
        return list(tx.facts.after(MEET, 0))


def rows(db: Database, table: sa.Table) -> list[tuple[Any, ...]]:
    """Without the numbers that each database gives for itself."""
    with db.read() as tx:
        kept = [column for column in table.columns if column.name not in OWN_NUMBERS]
        return sorted((tuple(row) for row in tx.session.execute(sa.select(*kept))), key=repr)


def test_a_meet_is_the_same_meet_elsewhere(full: Database, other: Database) -> None:
    facts = log(full)
    assert taken(other, written(full)) == PutBack(MEET, len(facts) + READS, len(facts), READS)
    assert log(other) == facts
    for table in (*INDEXES, schema.reads, schema.people, schema.texts, schema.meets, schema.read_conflicts):
        assert rows(other, table) == rows(full, table), table.name
    with other.read() as tx, full.read() as before:
        assert tx.reads.gaps(MAT) == before.reads.gaps(MAT)
        assert [set(part.sources.values()) for part in tx.reads.after(MEET, 0)] == [{MAT}]


def test_its_log_goes_on_where_it_ended(full: Database, other: Database) -> None:
    head = taken(other, written(full)).head
    with other.write() as tx:
        assert (
            tx.facts.append(MEET, [entered(RegistrationId("reg_9"), DASH, AthleteId("ath_9"), "9")], DESK, GUN)
            == head + 1
        )
        assert tx.reads.offer(MEET, MAT, "2", offered(4, 2), GUN, DESK).duplicates == [4]


def test_it_stays_with_its_organization_unless_another_takes_it(full: Database, other: Database) -> None:
    with other.write() as tx:
        tx.access.put_organization(OrganizationRow(id=HOME, name="Home", created_at=GUN))
    taken(other, written(full), organization=None)
    with other.read() as tx:
        meet = tx.meets.get(MEET)
        assert meet is not None
        assert meet.organization == HOME


def test_a_rehearsal_stays_one_and_can_be_dropped(database: Database, other: Database) -> None:
    with database.write() as tx:
        tx.access.put_organization(OrganizationRow(id=HOME, name="Home", created_at=GUN))
        tx.meets.open(MEET, HOME, GUN)
        tx.people.put_many(MEET, PEOPLE)
        tx.facts.append(MEET, [MeetDescribed(spec=replace(MEET_SPEC, rehearsal=True)), *SETUP[1:]], DESK, GUN)
    taken(other, written(database))
    with other.write() as tx:
        tx.meets.drop(MEET)
        assert tx.meets.get(MEET) is None


def test_a_meet_that_is_here_already_is_never_overwritten(full: Database) -> None:
    lines = written(full)
    with pytest.raises(Contradicts, match="is here already"):
        taken(full, lines, HOME)


def test_a_meet_that_is_not_here_cannot_be_written(database: Database) -> None:
    with pytest.raises(NotFound):
        written(database)


def test_a_file_that_was_cut_off_stores_nothing(full: Database, other: Database) -> None:
    lines = written(full)
    for cut in range(len(lines)):
        with pytest.raises(Invalid, match="not a whole archive"):
            taken(other, lines[:cut])
    with other.read() as tx:
        assert archive.meets(tx) == []


def test_a_line_that_was_altered_or_left_out_stores_nothing(full: Database, other: Database) -> None:
    lines = written(full)
    altered = [line.replace(b"left her lane", b"left his lane") for line in lines]
    for wrong in (altered, lines[:-2] + lines[-1:], [lines[0], *lines]):
        with pytest.raises(Invalid, match="not a whole archive"):
            taken(other, wrong)
