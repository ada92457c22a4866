"""A meet to write into, and the smallest things to write."""

from app.domain.facts import Fact, MeetDescribed, Registered, StartSignal
from app.domain.ids import ActorId, AthleteId, Bib, EventId, HeatId, MeetId, OrganizationId, RegistrationId, SourceId
from app.domain.meet import MeetSpec
from app.domain.units import Instant
from app.store import Database, Offered, OfferedRead, OrganizationRow

HOME = OrganizationId("org_1")
MEET = MeetId("meet_1")
MAT = SourceId("src_mat")
DESK = ActorId("tok_desk")
NOON = Instant(1_777_809_600_000_000)


def open_meet(db: Database, meet: MeetId = MEET, *, rehearsal: bool = False) -> None:
    """Its log holds one fact."""
    spec = MeetSpec(
        name="Spring", timezone="Europe/Oslo", starts_on="2026-05-03", ends_on="2026-05-03", rehearsal=rehearsal
    )
    with db.write() as tx:
        tx.access.put_organization(OrganizationRow(id=HOME, name="Home", created_at=NOON))
        tx.meets.open(meet, HOME, NOON)
        tx.facts.append(meet, [MeetDescribed(spec=spec)], DESK, NOON)


def gun(n: int = 0) -> StartSignal:
    return StartSignal(heat=HeatId("heat_1"), at=Instant(NOON + n))


def entry(registration: str, bib: str, athlete: str | None = None) -> Registered:
    return Registered(
        registration=RegistrationId(f"reg_{registration}"),
        event=EventId("evt_1"),
        athlete=AthleteId(f"ath_{athlete or registration}"),
        bib=Bib(bib),
    )


def append(db: Database, *facts: Fact, meet: MeetId = MEET) -> int:
    with db.write() as tx:
        return tx.facts.append(meet, facts, DESK, NOON)


def read(number: int, chip: str | None = "C1", at: int = NOON, bib: str | None = None) -> OfferedRead:
    return (number, chip, bib, at, None, 2, -61, None, None)


def offer(db: Database, *reads: OfferedRead, epoch: str = "1", meet: MeetId = MEET) -> Offered:
    with db.write() as tx:
        return tx.reads.offer(meet, MAT, epoch, reads, NOON, DESK)


def log(db: Database, meet: MeetId = MEET) -> list[int]:
    """Every position that holds something."""
    with db.read() as tx:
        reads = [row[0] for rows in tx.reads.after(meet, 0) for row in rows.rows]
        return sorted(reads + [recorded.seq for recorded in tx.facts.after(meet, 0)])
