"""Meets: one row each, with the head of their log."""

import re
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from app.domain.ids import PREFIXES, MeetId, OrganizationId
from app.domain.meet import BY_LINK, Visibility
from app.domain.refusals import Contradicts, NotFound
from app.domain.units import Instant
from app.store import schema
from app.store.session import Session

_COLUMNS: Final = "id, no, organization_id, name, visibility, closed, rehearsal, withdrawn, created_at_us"
_OF_MEET: Final = ", ".join(f"m.{name}" for name in _COLUMNS.split(", "))
_ONE: Final = f"SELECT {_COLUMNS} FROM meets WHERE id = ?"
_LOCKED: Final = f"SELECT head, {_COLUMNS} FROM meets WHERE id = ?"
HEAD: Final = "SELECT head FROM meets WHERE id = ?"
_OF: Final = {
    PREFIXES[noun]: f"SELECT {_OF_MEET} FROM {table} t JOIN meets m ON m.no = t.meet_no WHERE t.id = ?"
    for noun, table in {
        "event": "events",
        "heat": "heats",
        "athlete": "people",
        "registration": "registrations",
        "source": "sources",
        "assignment": "chip_assignments",
        "time": "times",
        "ruling": "rulings",
        "publication": "publications",
        "text": "texts",
        "job": "jobs",
    }.items()
}
_BY_DIGEST: Final = (
    f"SELECT {_OF_MEET} FROM publications t JOIN meets m ON m.no = t.meet_no WHERE t.digest = ? ORDER BY t.id LIMIT 1"
)
_DIGEST: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_BY_MEET: Final = (
    schema.facts,
    schema.epochs,
    schema.read_conflicts,
    schema.people,
    schema.texts,
    schema.events,
    schema.registrations,
    schema.heats,
    schema.sources,
    schema.chip_assignments,
    schema.times,
    schema.rulings,
    schema.publications,
    schema.jobs,
)


class MeetRow(NamedTuple):
    """What is known of a meet beside its log, which moves on its own."""

    id: MeetId
    no: int
    """The store's own number, never given twice."""
    organization: OrganizationId
    name: str
    visibility: Visibility
    closed: bool
    rehearsal: bool
    withdrawn: bool
    created_at: Instant

    @property
    def is_open(self) -> bool:
        """Whether anybody may read it who knows its id."""
        return self.visibility in BY_LINK and not self.withdrawn


def _meet(row: Sequence[Any]) -> MeetRow:
    id, no, organization, name, visibility, closed, rehearsal, withdrawn, at = row
    flags = bool(closed), bool(rehearsal), bool(withdrawn)
    return MeetRow(id, no, organization, name, visibility, *flags, at)


class Meets:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._numbers: dict[MeetId, int] = {}

    def get(self, meet: MeetId) -> MeetRow | None:
        row = self._session.one(_ONE, meet)
        return _meet(row) if row else None

    def no(self, meet: MeetId) -> int:
        """The store's number for it; `NotFound`."""
        no = self._numbers.get(meet)
        if no is None:
            row = self.get(meet)
            if row is None:
                raise NotFound("meet", meet)
            no = self._numbers[meet] = row.no
        return no

    def head(self, meet: MeetId) -> int:
        """The last position of its log, reads included; 0 if there is none."""
        row = self._session.one(HEAD, meet)
        return row[0] if row else 0

    def list(
        self, organization: OrganizationId | None, public_only: bool, after: str | None, limit: int
    ) -> list[tuple[MeetRow, int]]:
        """Each with the head of its log, in order of id, which is the order they were made in; not the withdrawn. None
        means every organization."""
        columns = (schema.meets.c[name] for name in ("head", *_COLUMNS.split(", ")))
        statement = sa.select(*columns).order_by(schema.meets.c.id).limit(limit)
        statement = statement.where(~schema.meets.c.withdrawn)
        if organization is not None:
            statement = statement.where(schema.meets.c.organization_id == organization)
        if public_only:
            statement = statement.where(schema.meets.c.visibility == "public")
        if after is not None:
            statement = statement.where(schema.meets.c.id > after)
        return [(_meet(row[1:]), row[0]) for row in self._session.execute(statement)]

    def of(self, noun_id: str) -> MeetId | None:
        """The meet that an id belongs to, whatever its noun; None for an id that nobody made."""
        row = self.around(noun_id)
        return row and row.id

    def around(self, noun_id: str) -> MeetRow | None:
        """That meet itself, also by a digest that it announced. One look-up, at the door of requests with an id."""
        if _DIGEST.fullmatch(noun_id):
            row = self._session.one(_BY_DIGEST, noun_id)
            return _meet(row) if row else None
        prefix = noun_id.partition("_")[0]
        if prefix == PREFIXES["meet"]:
            return self.get(MeetId(noun_id))
        row = self._session.one(_OF[prefix], noun_id) if prefix in _OF else None
        return _meet(row) if row else None


class MeetsWriter(Meets):
    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._locked: set[MeetId] = set()
        self._heads: dict[int, int] = {}
        """Of the locked meets, by number: nobody else moves them."""

    def open(self, meet: MeetId, organization: OrganizationId, at: Instant) -> int:
        """A meet with an empty log. The organization must exist. Its first fact says whether it is a rehearsal."""
        sql = "INSERT INTO meets (id, organization_id, name, created_at_us) VALUES (?, ?, '', ?) RETURNING no"
        no: int = self._session.value(sql, meet, organization, at)
        self._locked.add(meet)
        self._numbers[meet], self._heads[no] = no, 0
        return no

    def lock(self, meet: MeetId) -> MeetRow:
        """Until this transaction ends nobody else appends to the meet; `NotFound`."""
        exclusive = "" if self._session.dialect == "sqlite" else " FOR UPDATE"
        row = self._session.one(_LOCKED + exclusive, meet)
        if row is None:
            raise NotFound("meet", meet)
        found = _meet(row[1:])
        self._locked.add(meet)
        self._numbers[meet], self._heads[found.no] = found.no, row[0]
        return found

    def head(self, meet: MeetId) -> int:
        """The last position of its log; 0 if there is no such meet."""
        if meet in self._locked:
            return self._heads[self._numbers[meet]]
        return super().head(meet)

    def hold(self, meet: MeetId) -> int:
        """Its number, locked now if it was not before."""
        return self._numbers[meet] if meet in self._locked else self.lock(meet).no

    def advance(self, no: int, count: int) -> int:
        """The head after `count` new positions; they are this transaction's, without a gap."""
        head: int = self._session.value("UPDATE meets SET head = head + ? WHERE no = ? RETURNING head", count, no)
        self._heads[no] = head
        return head

    def drop(self, meet: MeetId) -> None:
        """A rehearsal and everything in it. `Contradicts` for any other meet: a log is never deleted."""
        row = self.lock(meet)
        if not row.rehearsal:
            raise Contradicts("not_a_rehearsal", f"meet {meet!r} is not a rehearsal: only a rehearsal can be dropped")
        self._session.run("INSERT INTO dropping (meet_no) VALUES (?)", row.no)
        self._session.run("DELETE FROM reads WHERE position > ? AND position <= ?", *schema.span(row.no))
        for table in _BY_MEET:
            self._session.execute(sa.delete(table).where(table.c.meet_no == row.no))
        self._session.run("DELETE FROM meets WHERE no = ?", row.no)
        self._session.run("DELETE FROM dropping WHERE meet_no = ?", row.no)
        self._numbers.pop(meet)
        self._locked.remove(meet)
