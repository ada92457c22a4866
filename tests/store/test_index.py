"""The tables beside the log say which meet an id belongs to, and guard what must be there once."""

from collections.abc import Sequence
from typing import Any

import pytest

from app.domain.facts import (
    ChipAssigned,
    ChipReleased,
    EventDescribed,
    EventWithdrawn,
    Fact,
    HeatDrawn,
    HeatWithdrawn,
    LineTimeDropped,
    LineTimeTaken,
    MeetClosed,
    MeetDescribed,
    MeetReopened,
    MeetWithdrawn,
    Published,
    RegistrationWithdrawn,
    RoundDrawn,
    Ruling,
    SourceDescribed,
    Undone,
)
from app.domain.ids import (
    AssignmentId,
    AthleteId,
    Chip,
    EventId,
    HeatId,
    MeetId,
    PublicationId,
    RegistrationId,
    RulingId,
    TextId,
    TimeId,
)
from app.domain.meet import EventSpec, MeetSpec, Person
from app.domain.refusals import Contradicts
from app.store import Database, MeetRow
from tests.store.ground import MAT, MEET, NOON, append, entry, gun, open_meet

OTHER = MeetId("meet_2")
EVENT, HEAT, REGISTRATION = EventId("evt_1"), HeatId("heat_1"), RegistrationId("reg_1")
DASH = EventSpec(name="100 m", distance_m=100, surface="track", sex="X", start="lanes", timing="hand")
ONE_OF_EACH: Sequence[Fact] = (
    EventDescribed(event=EVENT, spec=DASH),
    entry("1", "7"),
    RoundDrawn(event=EVENT, round="final", heats=(HeatDrawn(heat=HEAT, number=1),)),
    SourceDescribed(source=MAT, name="mat", place="finish"),
    ChipAssigned(assignment=AssignmentId("chip_1"), chip=Chip("C1"), athlete=AthleteId("ath_1")),
    LineTimeTaken(time=TimeId("time_1"), heat=HEAT, at=NOON),
    Ruling(ruling=RulingId("rul_1"), heat=HEAT, registration=REGISTRATION, kind="dq"),
    Published(
        publication=PublicationId("pub_1"),
        event=EVENT,
        version=1,
        status="official",
        at_seq=1,
        content="{}",
        digest="",
        engine="",
    ),
)


@pytest.fixture
def db(database: Database) -> Database:
    open_meet(database)
    return database


def row(db: Database) -> MeetRow:
    with db.read() as tx:
        found = tx.meets.get(MEET)
    assert found is not None
    return found


def standing(db: Database) -> dict[str, str]:
    """Bib → registration of those that have not withdrawn."""
    with db.read() as tx:
        return dict(tx.session.rows("SELECT bib, id FROM registrations WHERE NOT withdrawn"))


def test_every_id_leads_to_its_meet(db: Database) -> None:
    append(db, *ONE_OF_EACH)
    with db.write() as tx:
        tx.people.put(MEET, AthleteId("ath_1"), Person(family_name="Å"))
        tx.texts.put(MEET, TextId("txt_1"), "why")
    ids = ["evt_1", "reg_1", "heat_1", "src_mat", "chip_1", "time_1", "rul_1", "pub_1", "ath_1", "txt_1", "meet_1"]
    with db.read() as tx:
        assert {id: tx.meets.of(id) for id in ids} == dict.fromkeys(ids, MEET)


@pytest.mark.parametrize("id", ["evt_none", "meet_none", "zzz_1", "evt", "", "evt_1' OR '1'='1"])
def test_an_id_that_nobody_made_leads_nowhere(db: Database, id: str) -> None:
    with db.read() as tx:
        assert tx.meets.of(id) is None


def test_what_was_withdrawn_still_leads_to_its_meet(db: Database) -> None:
    append(db, *ONE_OF_EACH)
    append(db, EventWithdrawn(event=EVENT), RegistrationWithdrawn(registration=REGISTRATION))
    with db.read() as tx:
        assert (tx.meets.of("evt_1"), tx.meets.of("reg_1")) == (MEET, MEET)


def test_what_was_undone_still_leads_to_its_meet(db: Database) -> None:
    last = append(db, *ONE_OF_EACH)
    append(db, *(Undone(target_seq=seq) for seq in range(2, last + 1)))
    with db.read() as tx:
        assert {tx.meets.of(id) for id in ("evt_1", "reg_1", "heat_1", "chip_1", "rul_1", "pub_1")} == {MEET}


@pytest.mark.parametrize("second", [entry("2", "7"), entry("2", "8", athlete="1")])
def test_a_bib_and_an_athlete_are_in_an_event_once(db: Database, second: Fact) -> None:
    append(db, entry("1", "7"))
    with pytest.raises(Exception, match=r"(?i)unique"):
        append(db, second)
    assert standing(db) == {"7": "reg_1"}


def test_a_bib_is_free_again_when_its_runner_withdrew(db: Database) -> None:
    append(db, entry("1", "7"))
    append(db, RegistrationWithdrawn(registration=REGISTRATION), entry("2", "7"))
    assert standing(db) == {"7": "reg_2"}


def test_two_runners_may_change_bibs_at_once(db: Database) -> None:
    append(db, entry("1", "7"), entry("2", "8"))
    append(db, entry("1", "8"), entry("2", "7"))
    assert standing(db) == {"8": "reg_1", "7": "reg_2"}


def test_a_bib_is_free_again_when_its_registration_was_undone_and_back_when_that_was(db: Database) -> None:
    first = append(db, entry("1", "7"))
    undoing = append(db, Undone(target_seq=first))
    assert standing(db) == {}
    append(db, Undone(target_seq=undoing))
    assert standing(db) == {"7": "reg_1"}


def test_undoing_a_withdrawal_puts_the_runner_back(db: Database) -> None:
    append(db, entry("1", "7"))
    withdrawal = append(db, RegistrationWithdrawn(registration=REGISTRATION))
    append(db, Undone(target_seq=withdrawal))
    assert standing(db) == {"7": "reg_1"}


def test_undoing_a_start_leaves_the_tables_alone(db: Database) -> None:
    append(db, entry("1", "7"))
    append(db, Undone(target_seq=append(db, gun())))
    append(db, Undone(target_seq=999))
    assert standing(db) == {"7": "reg_1"}


def described(**changes: Any) -> MeetDescribed:
    spec = {"name": "Summer", "timezone": "UTC", "starts_on": "2026-06-01", "ends_on": "2026-06-01"}
    return MeetDescribed(spec=MeetSpec(**spec | changes))


def test_a_meets_row_says_what_its_log_says(db: Database) -> None:
    append(db, described(visibility="public"))
    assert (row(db).name, row(db).visibility, row(db).closed) == ("Summer", "public", False)
    append(db, MeetClosed())
    assert row(db).closed
    append(db, MeetReopened())
    assert not row(db).closed
    append(db, MeetWithdrawn())
    assert row(db).withdrawn


def test_undoing_reaches_the_meets_row(db: Database) -> None:
    closing = append(db, MeetClosed())
    naming = append(db, described())
    append(db, Undone(target_seq=closing))
    assert (row(db).name, row(db).closed) == ("Summer", False)
    append(db, Undone(target_seq=naming))
    assert row(db).name == "Spring"
    append(db, Undone(target_seq=append(db, MeetWithdrawn())))
    assert not row(db).withdrawn


def test_a_meet_does_not_become_a_rehearsal_later(db: Database) -> None:
    append(db, described(rehearsal=True))
    assert not row(db).rehearsal
    with pytest.raises(Exception, match="does not become a rehearsal"), db.write() as tx:
        tx.session.run("UPDATE meets SET rehearsal = TRUE")


FOREIGN: Sequence[Fact] = (*ONE_OF_EACH, entry("1", "8"))
ENDINGS: Sequence[Fact] = (
    EventWithdrawn(event=EVENT),
    RegistrationWithdrawn(registration=REGISTRATION),
    HeatWithdrawn(heat=HEAT),
    ChipReleased(assignment=AssignmentId("chip_1")),
    LineTimeDropped(time=TimeId("time_1")),
)


def index_rows(db: Database) -> list[tuple[Any, ...]]:
    tables = ("events", "registrations", "heats", "sources", "chip_assignments", "times", "rulings", "publications")
    with db.read() as tx:
        return [row for table in tables for row in tx.session.rows(f"SELECT * FROM {table} ORDER BY id")]


@pytest.mark.parametrize("fact", FOREIGN, ids=lambda fact: type(fact).__name__)
def test_a_fact_about_what_is_another_meets_is_refused(db: Database, fact: Fact) -> None:
    append(db, *ONE_OF_EACH)
    open_meet(db, OTHER)
    before = index_rows(db)
    with pytest.raises(Contradicts, match="another meet's"):
        append(db, fact, meet=OTHER)
    assert index_rows(db) == before


@pytest.mark.parametrize("fact", ENDINGS, ids=lambda fact: type(fact).__name__)
def test_a_fact_ends_nothing_of_another_meet(db: Database, fact: Fact) -> None:
    append(db, *ONE_OF_EACH)
    open_meet(db, OTHER)
    before = index_rows(db)
    append(db, fact, meet=OTHER)
    assert index_rows(db) == before
