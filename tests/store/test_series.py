"""Series: rows that are kept, changed, listed and dropped."""

from dataclasses import replace

from app.domain.ids import EventId, MeetId, OrganizationId, SeriesId
from app.rules.series import SeriesRules
from app.store import Database, OrganizationRow
from app.store.series import SeriesRow
from tests.store.ground import HOME, NOON

RULES = SeriesRules(points=(60, 54, 48), beyond=1, best=2, tie_breaks=("last_race",))
CUP = SeriesRow(
    id=SeriesId("ser_1"),
    organization=HOME,
    name="Winter cup",
    races=((MeetId("meet_1"), EventId("evt_1")), (MeetId("meet_2"), EventId("evt_2"))),
    rules=RULES,
    created_at=NOON,
)


def home(database: Database, *others: OrganizationId) -> None:
    with database.write() as tx:
        for id in (HOME, *others):
            tx.access.put_organization(OrganizationRow(id=id, name="x", created_at=NOON))


def test_a_series_is_kept_as_it_was_made(database: Database) -> None:
    home(database)
    with database.write() as tx:
        tx.series.put(CUP)
    with database.read() as tx:
        assert tx.series.get(CUP.id) == CUP
        assert tx.series.get(SeriesId("ser_2")) is None


def test_it_is_overwritten_and_dropped(database: Database) -> None:
    home(database)
    changed = replace(CUP, name="Spring cup", races=())
    with database.write() as tx:
        tx.series.put(CUP)
        tx.series.put(changed)
    with database.write() as tx:
        assert tx.series.get(CUP.id) == changed
        tx.series.drop(CUP.id)
        assert tx.series.get(CUP.id) is None


def test_they_are_listed_by_id_for_one_organization_or_all(database: Database) -> None:
    theirs = OrganizationId("org_theirs")
    home(database, theirs)
    rows = [replace(CUP, id=SeriesId(f"ser_{n}")) for n in (3, 1, 2)]
    other = replace(CUP, id=SeriesId("ser_4"), organization=theirs)
    with database.write() as tx:
        for row in (*rows, other):
            tx.series.put(row)
    with database.read() as tx:
        assert [row.id for row in tx.series.all(HOME, "", 10)] == ["ser_1", "ser_2", "ser_3"]
        assert [row.id for row in tx.series.all(None, "ser_2", 10)] == ["ser_3", "ser_4"]
        assert [row.id for row in tx.series.all(None, "", 2)] == ["ser_1", "ser_2"]
