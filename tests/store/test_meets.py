"""Meets are listed, locked, and never dropped, unless the whole of one was a rehearsal."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa

from app.domain.facts import MeetDescribed, MeetWithdrawn
from app.domain.ids import AthleteId, MeetId, OrganizationId, TextId
from app.domain.meet import MeetSpec, Person
from app.domain.refusals import Contradicts, NotFound
from app.store import Database, OrganizationRow, Writer, schema
from tests.store.ground import HOME, MAT, MEET, NOON, append, entry, gun, log, offer, open_meet, read


def fill(db: Database, meet: MeetId = MEET) -> None:
    append(db, entry("1", "7"), gun(), meet=meet)
    offer(db, read(1), read(1, "C2"), meet=meet)
    with db.write() as tx:
        tx.people.put(meet, AthleteId("ath_1"), Person(family_name="Å"))
        tx.texts.put(meet, TextId("txt_1"), "why")


def test_a_new_meet_is_private_open_and_at_the_beginning(database: Database) -> None:
    open_meet(database)
    with database.read() as tx:
        row = tx.meets.get(MEET)
        assert row is not None
        assert (row.id, row.organization, row.name, row.visibility) == (MEET, HOME, "Spring", "private")
        assert (row.closed, row.rehearsal, row.withdrawn, row.created_at) == (False, False, False, NOON)
        assert (tx.meets.head(MEET), tx.meets.head(MeetId("meet_none"))) == (1, 0)
        assert tx.meets.get(MeetId("meet_none")) is None


def test_a_meet_needs_an_organization_that_is_there(database: Database) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"), database.write() as tx:
        tx.meets.open(MEET, OrganizationId("org_none"), NOON)


def test_meets_are_listed_by_organization_and_visibility_page_by_page(database: Database) -> None:
    for n in range(4):
        open_meet(database, MeetId(f"meet_{n}"))
    spec = MeetSpec(name="P", timezone="UTC", starts_on="2026-06-01", ends_on="2026-06-01", visibility="public")
    append(database, MeetDescribed(spec=spec), meet=MeetId("meet_2"))
    append(database, MeetWithdrawn(), meet=MeetId("meet_1"))
    with database.write() as tx:
        tx.access.put_organization(OrganizationRow(id=OrganizationId("org_2"), name="Other", created_at=NOON))
        tx.meets.open(MeetId("meet_9"), OrganizationId("org_2"), NOON)
    with database.read() as tx:
        assert [row.id for row, _ in tx.meets.list(HOME, False, None, 10)] == ["meet_0", "meet_2", "meet_3"]
        assert [row.id for row, _ in tx.meets.list(HOME, False, "meet_0", 1)] == ["meet_2"]
        assert [row.id for row, _ in tx.meets.list(None, True, None, 10)] == ["meet_2"]
        assert [row.id for row, _ in tx.meets.list(None, False, "meet_2", 10)] == ["meet_3", "meet_9"]


def test_a_locked_meet_waits_for_nobody_twice_and_keeps_others_out(database: Database) -> None:
    open_meet(database)
    waiting = threading.Thread(target=append, args=(database, gun()))
    with database.write() as tx:
        tx.meets.lock(MEET)
        assert tx.meets.head(MEET) == 1
        waiting.start()
        waiting.join(0.2)
        assert waiting.is_alive()
        tx.meets.lock(MEET)
        assert tx.meets.head(MEET) == 1
    waiting.join(20)
    assert log(database) == [1, 2]


def test_a_meet_that_is_not_there_cannot_be_locked(database: Database) -> None:
    with pytest.raises(NotFound), database.write() as tx:
        tx.meets.lock(MEET)


def test_a_rehearsal_is_dropped_whole_and_nothing_else_is(database: Database) -> None:
    rehearsal = MeetId("meet_try")
    open_meet(database, rehearsal, rehearsal=True)
    fill(database, rehearsal)
    open_meet(database)
    append(database, gun())
    with database.write() as tx:
        tx.meets.drop(rehearsal)
    tables = set(schema.metadata.sorted_tables) - {schema.organizations, schema.meets, schema.facts}
    with database.read() as tx:
        assert tx.meets.get(rehearsal) is None
        assert {tx.session.value(f"SELECT count(*) FROM {table.name}") for table in tables} == {0}
    assert log(database) == [1, 2]


def test_the_number_of_a_dropped_meet_is_never_given_again(database: Database) -> None:
    numbers = []
    for _ in range(2):
        open_meet(database, rehearsal=True)
        with database.write() as tx:
            numbers.append(tx.meets.lock(MEET).no)
            tx.meets.drop(MEET)
    assert numbers[0] != numbers[1]


def test_a_meet_that_counts_is_not_dropped(database: Database) -> None:
    open_meet(database)
    fill(database)
    with pytest.raises(Contradicts, match="only a rehearsal"), database.write() as tx:
        tx.meets.drop(MEET)
    with pytest.raises(Exception, match="only a rehearsal"), database.write() as tx:
        tx.session.run("INSERT INTO dropping (meet_no) VALUES (1)")
    with pytest.raises(sa.exc.DBAPIError, match=r"never deleted|foreign key"), database.write() as tx:
        tx.session.execute(sa.delete(schema.meets))
    assert log(database) == [1, 2, 3, 4, 5]


def test_identities_are_corrected_and_looked_up(database: Database) -> None:
    open_meet(database)
    anna, bea = AthleteId("ath_1"), AthleteId("ath_2")
    person = Person(
        family_name="Åberg",
        given_name="Anna",
        sex="W",
        birth_date="1996-02-03",
        nation="SWE",
        club="IK",
        publish_name="initials",
        external_id="x1",
    )
    with database.write() as tx:
        tx.people.put_many(MEET, {anna: person, bea: Person()})
        tx.people.put(MEET, bea, Person(given_name="Bea"))
        tx.people.put_many(MEET, {})
    with database.read() as tx:
        assert tx.people.get(MEET, anna) == person
        assert tx.people.get(MEET, AthleteId("ath_none")) is None
        both = {anna: person, bea: Person(given_name="Bea")}
        assert tx.people.of_meet(MEET) == tx.people.many(MEET, [anna, bea]) == both


def test_an_erased_person_leaves_sex_and_id_only(database: Database) -> None:
    open_meet(database)
    anna = AthleteId("ath_1")
    person = Person(
        family_name="Åberg", sex="W", birth_date="1996-02-03", club="IK", external_id="x", publish_name="bib"
    )
    with database.write() as tx:
        tx.people.put(MEET, anna, replace(person, given_name="Anna", nation="SWE"))
        tx.people.erase(MEET, anna)
    with database.read() as tx:
        assert tx.people.get(MEET, anna) == Person(sex="W", erased=True)


def test_texts_are_kept_and_erased(database: Database) -> None:
    open_meet(database)
    one, two = TextId("txt_1"), TextId("txt_2")
    with database.write() as tx:
        tx.texts.put(MEET, one, "left his lane")
        tx.texts.put(MEET, two, "fell")
        tx.texts.erase(MEET, [two])
    with database.read() as tx:
        assert tx.texts.many(MEET, [one, two, TextId("txt_none")]) == {one: "left his lane", two: ""}
        assert tx.meets.of(MAT) is None


def test_a_meet_neither_sees_nor_touches_what_stands_beside_another_ones_log(database: Database) -> None:
    open_meet(database)
    other, anna, why = MeetId("meet_2"), AthleteId("ath_1"), TextId("txt_1")
    person = Person(family_name="Åberg", sex="W")
    with database.write() as tx:
        tx.meets.open(other, HOME, NOON)
        tx.people.put(MEET, anna, person)
        tx.texts.put(MEET, why, "left her lane")
        tx.texts.erase(other, [why])
    touches: tuple[Callable[[Writer], None], ...] = (
        lambda tx: tx.people.put(other, anna, Person(family_name="Pwned")),
        lambda tx: tx.people.put_many(other, {AthleteId("ath_2"): Person(), anna: Person(family_name="Pwned")}),
        lambda tx: tx.people.erase(other, anna),
    )
    for touch in touches:
        with pytest.raises(NotFound, match="ath_1"), database.write() as tx:
            touch(tx)
    with pytest.raises(Exception, match=r"(?i)unique"), database.write() as tx:
        tx.texts.put(other, why, "Pwned")
    with database.read() as now:
        assert (now.people.get(MEET, anna), now.texts.many(MEET, [why])) == (person, {why: "left her lane"})
        assert (now.people.get(other, anna), now.texts.many(other, [why])) == (None, {})
        assert now.people.of_meet(other) == {}
