"""A meet leaves one database as lines and is the same meet in another, or is not there at all."""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa

from app.domain.facts import (
    AthleteDescribed,
    Fact,
    FinishesRead,
    LegsNamed,
    MeetDescribed,
    Reading,
    Recorded,
    RegistrationWithdrawn,
    RoundDrawn,
    Ruling,
    StartSignal,
    Undone,
)
from app.domain.ids import (
    PREFIXES,
    ActorId,
    AthleteId,
    EventId,
    HeatId,
    MeetId,
    OrganizationId,
    RegistrationId,
    RulingId,
    TextId,
)
from app.domain.meet import Person
from app.domain.refusals import Contradicts, Invalid, NotFound
from app.domain.units import Instant
from app.store import Database, OrganizationRow, archive, open_database, schema
from app.store.references import named
from app.store.unarchive import PutBack, put_back
from tests.domain.log import ANNA, ANNA_DASH, BEA, DASH, EVERY_KIND, GUN, HEAT_1, MAT, RACE, SETUP, drawn, entered
from tests.domain.log import MEET as MEET_SPEC

MEET, HOME, OTHER = MeetId("meet_1"), OrganizationId("org_1"), OrganizationId("org_2")
DESK, NINE = ActorId("tok_desk"), RegistrationId("reg_9")
CARLA = AthleteId("ath_c")
PEOPLE = {
    ANNA: Person(family_name="Åberg", given_name="Anna", sex="W", birth_date="1996-02-03", nation="SWE"),
    BEA: Person(sex="W", erased=True),
    CARLA: Person(given_name="Carla", sex="W"),
}
READS = 8
PREFIX = re.compile(f"({'|'.join(PREFIXES.values())})_")
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


def offered(first: int, number: int) -> list[tuple[Any, ...]]:
    return [(n, "C7", None, GUN + n, None, 1, -50, None, b"\x00raw") for n in range(first, first + number)]


def fill(db: Database) -> None:
    """A race with reads between its facts, a bib given again, a corrected draw and an undone ruling."""
    with db.write() as tx:
        tx.access.put_organization(OrganizationRow(id=HOME, name="Home", created_at=GUN))
        tx.meets.open(MEET, HOME, GUN)
        tx.people.put_many(MEET, PEOPLE)
        tx.texts.put(MEET, TextId("txt_1"), "left her lane")
        tx.facts.append(MEET, SETUP, DESK, GUN)
        tx.reads.offer(MEET, MAT, "1", offered(1, 3), GUN, DESK)
    with db.write() as tx:
        tx.facts.append(MEET, RACE, DESK, Instant(GUN + 1))
        tx.reads.offer(MEET, MAT, "2", offered(0, 5), GUN + 2, DESK)
        tx.reads.offer(MEET, MAT, "1", [(2, "C9", None, GUN, None, None, None, None, None)], GUN + 3, DESK)
    with db.write() as tx:
        tx.facts.append(MEET, [RegistrationWithdrawn(registration=RegistrationId("reg_b"))], DESK, GUN)
        entry = entered(RegistrationId("reg_c"), DASH, CARLA, "8")
        tx.facts.append(MEET, [AthleteDescribed(athlete=CARLA, sex="W"), entry], DESK, GUN)
        redrawn = next(fact for fact in SETUP if isinstance(fact, RoundDrawn))
        ruling = len(SETUP) + 3 + 4
        tx.facts.append(MEET, [redrawn, Undone(target_seq=ruling)], DESK, GUN)


@pytest.fixture
def full(database: Database) -> Database:
    fill(database)
    return database


@pytest.fixture
def other(new_url: Callable[[], str]) -> Iterator[Database]:
    db = open_database(new_url())
    with db.write() as tx:
        tx.access.put_organization(OrganizationRow(id=OTHER, name="Other", created_at=GUN))
    yield db
    db.close()


def written(db: Database) -> list[bytes]:
    with db.read() as tx:
        return list(archive.lines(tx, MEET))


def taken(db: Database, lines: Sequence[bytes], organization: OrganizationId | None = OTHER) -> PutBack:
    with db.write() as tx:
        return put_back(tx, lines, organization)


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
        assert tx.facts.append(MEET, [entered(NINE, DASH, AthleteId("ath_9"), "9")], DESK, GUN) == head + 1
        assert tx.reads.offer(MEET, MAT, "2", offered(4, 2), GUN, DESK).duplicates == [4]


def test_it_stays_with_its_organization_unless_another_takes_it(full: Database, other: Database) -> None:
    with other.write() as tx:
        tx.access.put_organization(OrganizationRow(id=HOME, name="Home", created_at=GUN))
    taken(other, written(full), organization=None)
    with other.read() as tx:
        assert tx.meets.get(MEET).organization == HOME


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


def signed(*lines: bytes) -> list[bytes]:
    """Lines with an end that fits them."""
    content = b"".join(lines)
    end = {"end": {"lines": len(lines), "digest": hashlib.sha256(content).hexdigest()}}
    return [*lines, msgspec.json.encode(end)]


FIRST = b'{"meet":{"id":"meet_1","organization":"org_1","head":%d,"created_at_us":0}}\n'
FACT = b'{"facts":[{"seq":%d,"kind":"meet_closed","version":1,"at_us":0,"actor":"a","body":{}}]}\n'
EPOCH = b'{"epoch":{"no":1,"source":"src_1","epoch":"1"}}\n'
READ = b'{"reads":[[%d,%d,%d,"C7",null,0,null,null,null,null,0,null]]}\n'


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([b"{}\n"], "does not begin with a meet"),
        ([b"not json\n"], "cannot be read"),
        ([b'{"meet":{"id":"meet_1","organization":"o","head":0,"created_at_us":0,"format":99}}\n'], "newer"),
        ([FIRST % 10**12], "no log has"),
        ([FIRST % 2, FACT % 1], "gap"),
        ([FIRST % 2, FACT % 1, FACT % 1], "twice"),
        ([FIRST % 1, FACT % 2], "beyond"),
        ([FIRST % 2, FACT % 1, EPOCH, READ % (1, 1, 1)], "twice"),
        ([FIRST % 1, READ % (1, 1, 1)], "epoch 1, which it does not name"),
        ([FIRST % 2, EPOCH, READ % (1, 1, 1), READ % (2, 1, 1)], "contradicts itself"),
        ([FIRST % 1, (FACT % 1).replace(b'"body":{}', b'"body":7')], "fact 1 cannot be read"),
        ([FIRST % 0, b'{"people":[{"id":"ath_1","family_name":"A","given_name":"B","sex":"Q"}]}\n'], "contradicts"),
        ([FIRST % 0, b'{"people":[{"family_name":"A","given_name":"B","sex":"W"}]}\n'], "without an id"),
        ([FIRST % 0, b'{"people":[{"id":"ath_1","family_name":{},"given_name":"B","sex":"W"}]}\n'], "cannot be"),
        ([FIRST % 1, EPOCH, (READ % (1, 1, 1)).replace(b",null,0,", b",null,%d," % 10**30, 1)], "cannot be"),
        ([FIRST % 1, EPOCH, READ % (1, 1, 1)], "names? source 'src_1'"),
    ],
)
def test_lines_that_make_no_log_are_refused_with_the_reason(other: Database, lines: list[bytes], why: str) -> None:
    with pytest.raises(Invalid, match=why):
        taken(other, signed(*lines))
    with other.read() as tx:
        assert archive.meets(tx) == []


def test_a_fact_that_only_a_newer_version_knows_is_refused(other: Database) -> None:
    with pytest.raises(Invalid, match="install the newer Backstraight"):
        taken(other, signed(FIRST % 1, (FACT % 1).replace(b"meet_closed", b"meet_sold")))


def rewritten(lines: Sequence[bytes], *names: tuple[str, str], without: str = "") -> list[bytes]:
    """The same meet under other names, signed anew, without the lines of one kind."""
    text = b"".join(line for line in lines[:-1] if not without or not line.startswith(f'{{"{without}"'.encode()))
    for old, new in names:
        text = text.replace(f'"{old}"'.encode(), f'"{new}"'.encode())
    return signed(*text.splitlines(keepends=True))


OTHER_MEET = ("meet_1", "meet_2")
EVERY_ID = (
    *("evt_dash", "evt_road", "ath_anna", "ath_bea", "ath_c", "reg_a", "reg_b", "reg_ar", "reg_c"),
    *("heat_1", "heat_2", "heat_field", "src_mat", "chip_a", "time_1", "rul_1", "txt_1"),
)


@pytest.mark.parametrize("kept", EVERY_ID)
def test_what_another_meet_holds_already_is_never_taken_over(full: Database, kept: str) -> None:
    """All ids are new but one, which is in the file and in a meet that is here."""
    lines = written(full)
    others = [(id, f"{id}_new") for id in EVERY_ID if id != kept]
    with pytest.raises(Invalid, match=f"'{kept}' belongs to a meet that is here|already exists|UNIQUE"):
        taken(full, rewritten(lines, OTHER_MEET, *others), HOME)
    assert written(full) == lines
    taken(full, rewritten(lines, OTHER_MEET, *others, (kept, f"{kept}_new")), HOME)
    assert written(full) == lines


@pytest.mark.parametrize(("without", "id"), [("people", "athlete 'ath_anna'"), ("texts", "text 'txt_1'")])
def test_people_and_texts_that_facts_name_must_be_in_the_file(
    full: Database, other: Database, without: str, id: str
) -> None:
    with pytest.raises(Invalid, match=f"names {id}, which it does not hold"):
        taken(other, rewritten(written(full), without=without))


STRANGE = AthleteId("ath_x"), RegistrationId("reg_x"), HeatId("heat_x")
NAMING_STRANGERS: list[Fact] = [
    entered(RegistrationId("reg_d"), DASH, STRANGE[0], "9"),
    entered(RegistrationId("reg_d"), EventId("evt_x"), ANNA, "9"),
    LegsNamed(heat=HEAT_1, registration=ANNA_DASH, athletes=(ANNA, STRANGE[0])),
    RoundDrawn(event=DASH, round="final", heats=(drawn(HEAT_1, 1, ANNA_DASH, STRANGE[1]),)),
    FinishesRead(heat=HEAT_1, method="hand", readings=(Reading(registration=STRANGE[1]),)),
    StartSignal(heat=STRANGE[2], at=GUN),
    Ruling(ruling=RulingId("rul_9"), heat=HEAT_1, registration=ANNA_DASH, kind="note", reason=TextId("txt_x")),
    AthleteDescribed(athlete=STRANGE[0], sex="W"),
]


@pytest.mark.parametrize("fact", NAMING_STRANGERS, ids=lambda fact: type(fact).__name__)
def test_every_id_that_a_fact_names_must_be_in_the_file(full: Database, other: Database, fact: Fact) -> None:
    with full.write() as tx:
        tx.facts.append(MEET, [fact], DESK, GUN)
    with pytest.raises(Invalid, match=r"names \w+ '\w+_x', which it does not hold"):
        taken(other, written(full))


@pytest.mark.parametrize("target", [1, 2, 4, 6, 10, 99])
def test_an_undoing_of_what_is_never_undone_is_refused(full: Database, other: Database, target: int) -> None:
    with full.write() as tx:
        tx.facts.append(MEET, [Undone(target_seq=target)], DESK, GUN)
    with pytest.raises(Invalid, match=f"undoes number {target}, which is none that can be undone"):
        taken(other, written(full))


def test_every_kind_of_fact_says_which_ids_it_names() -> None:
    for fact in EVERY_KIND.values():
        texts = {text for text in flat(asdict(fact)) if PREFIX.match(text)}
        assert {id for _, id in named(fact)} == texts, fact


def flat(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | tuple | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from flat(one)
