"""Meets written straight into a database, for tests of what follows its log."""

import asyncio
from dataclasses import dataclass, field

from app.domain.facts import Fact, MeetDescribed, SourceDescribed
from app.domain.ids import ActorId, MeetId, OrganizationId, SourceId
from app.domain.meet import MeetSpec
from app.domain.units import Instant
from app.live import Live
from app.operations.ingest import Ingest, Post, Receipt
from app.store import Database, OfferedRead, OrganizationRow, Reader

NOW = Instant(1_790_000_000_000_000)
CLUB = OrganizationId("org_club")
ACTOR = ActorId("tok_official")
SPEC = MeetSpec(name="Meet", timezone="UTC", starts_on="2026-09-21", ends_on="2026-09-21")


@dataclass
class Logs:
    """A database with one organization, and what a process keeps warm of it."""

    db: Database
    live: Live = field(init=False)

    def __post_init__(self) -> None:
        self.live = Live(self.db)
        with self.db.write() as tx:
            tx.access.put_organization(OrganizationRow(id=CLUB, name="Club", created_at=NOW))

    def new_meet(self, id: str) -> MeetId:
        meet = MeetId(id)
        with self.db.write() as tx:
            tx.meets.open(meet, CLUB, NOW)
        mat = SourceDescribed(source=mat_of(meet), name=f"mat of {id}", place="finish")
        self.write(meet, MeetDescribed(spec=SPEC), mat)
        return meet

    def write(self, meet: MeetId, *facts: Fact) -> int:
        """As another process would: nobody here is told."""
        with self.db.write() as tx:
            return tx.facts.append(meet, facts, ACTOR, NOW)

    def stored(self, meet: MeetId) -> list[int]:
        """The sequence numbers of all reads on disk, in log order."""
        with self.db.read() as tx:
            seqs = [row[0] for run in tx.reads.after(meet, 0) for row in run.rows]
            details = tx.reads.detail(meet, seqs)
        return [details[seq].source_seq for seq in seqs]


def mat_of(meet: MeetId) -> SourceId:
    return SourceId(f"src_of_{meet}")


def reads(first: int, count: int, chip: str = "C7") -> list[OfferedRead]:
    return [(n, chip, None, NOW + n * 1_000, None, 1, -40, None, None) for n in range(first, first + count)]


def admit_all(tx: Reader, meet: MeetId, source: str) -> ActorId:
    return ACTOR


def post(meet: MeetId, first: int = 1, count: int = 3, source: str = "mat", epoch: str = "1") -> Post:
    return Post(meet, source, epoch, reads(first, count), NOW, admit_all)


def offer(logs: Logs, *posts: Post) -> list[Receipt | BaseException]:
    """All at once, to an ingest that starts when all of them are waiting."""

    async def all_of_them() -> list[Receipt | BaseException]:
        ingest = Ingest(logs.db, logs.live)
        waiting = [asyncio.ensure_future(ingest.offer(one)) for one in posts]
        await asyncio.sleep(0)
        ingest.start()
        try:
            return await asyncio.gather(*waiting, return_exceptions=True)
        finally:
            ingest.stop()

    return asyncio.run(all_of_them())
