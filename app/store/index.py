"""Which meet an id belongs to, and a few columns for search and for the eye: one table a noun, written with the facts.

Each kind of fact that describes a thing says its row; each kind that ends one says its id. Rows are never removed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import sqlalchemy as sa

from app.domain import newcomers
from app.domain.codec import KINDS, decode
from app.domain.facts import (
    ChipAssigned,
    ChipReleased,
    EventDescribed,
    EventWithdrawn,
    Fact,
    HeatWithdrawn,
    LineTimeDropped,
    LineTimeTaken,
    MeetClosed,
    MeetDescribed,
    MeetReopened,
    MeetWithdrawn,
    Published,
    ReadConflict,
    Recorded,
    Registered,
    RegistrationWithdrawn,
    RosterImported,
    RoundDrawn,
    Ruling,
    SourceDescribed,
    Undone,
)
from app.domain.fold import undone
from app.domain.ids import ActorId
from app.domain.refusals import Contradicts
from app.domain.units import Instant
from app.store import schema
from app.store.session import Row, Session

Numbered = tuple[int, Fact]
Described = Callable[[Any], Sequence[Row]]
"""A fact → rows of (id, the table's own columns …)."""

DESCRIBES: Final[Mapping[type, tuple[sa.Table, Described]]] = {
    EventDescribed: (schema.events, lambda f: [(f.event, f.spec.name)]),
    Registered: (schema.registrations, lambda f: [(f.registration, f.event, f.athlete, f.bib)]),
    RoundDrawn: (schema.heats, lambda f: [(h.heat, f.event, f.round, h.number) for h in f.heats]),
    SourceDescribed: (schema.sources, lambda f: [(f.source, f.name, f.place)]),
    ChipAssigned: (schema.chip_assignments, lambda f: [(f.assignment, f.chip, f.athlete)]),
    LineTimeTaken: (schema.times, lambda f: [(f.time, f.heat)]),
    Ruling: (schema.rulings, lambda f: [(f.ruling, f.heat, f.registration, f.kind)]),
    Published: (schema.publications, lambda f: [(f.publication, f.event, f.version, f.status, f.digest)]),
}
ENDS: Final[Mapping[type, tuple[sa.Table, Callable[[Any], str]]]] = {
    EventWithdrawn: (schema.events, lambda f: f.event),
    RegistrationWithdrawn: (schema.registrations, lambda f: f.registration),
    HeatWithdrawn: (schema.heats, lambda f: f.heat),
    ChipReleased: (schema.chip_assignments, lambda f: f.assignment),
    LineTimeDropped: (schema.times, lambda f: f.time),
}


@dataclass(slots=True)
class _Changes:
    """What one append does to one table. The last word on an id counts."""

    rows: dict[str, Row] = field(default_factory=dict)
    ended: dict[str, int] = field(default_factory=dict)

    def describe(self, no: int, seq: int, row: Row) -> None:
        id, *columns = row
        self.rows[id] = (id, no, seq, False, *columns)
        self.ended.pop(id, None)

    def end(self, seq: int, id: str) -> None:
        """One that was described in the same go never stood: its bib may be another runner's by now."""
        if id in self.rows:
            _, no, _, _, *columns = self.rows[id]
            self.rows[id] = (id, no, seq, True, *columns)
        else:
            self.ended[id] = seq


class Indexes:
    def __init__(self, session: Session) -> None:
        self._session = session

    def write(self, no: int, facts: Sequence[Numbered]) -> None:
        """Bring the tables in line with facts that are being appended to the meet of that number."""
        changes: dict[sa.Table, _Changes] = {}
        for seq, fact in facts:
            kind = type(fact)
            if kind in DESCRIBES:
                table, described = DESCRIBES[kind]
                for row in described(fact):
                    changes.setdefault(table, _Changes()).describe(no, seq, row)
            elif kind in ENDS:
                table, ended = ENDS[kind]
                changes.setdefault(table, _Changes()).end(seq, ended(fact))
            elif kind in _OTHERS:
                _OTHERS[kind](self, no, seq, fact)
        for table, change in changes.items():
            self._settle(no, table, change)

    def _settle(self, no: int, table: sa.Table, change: _Changes) -> None:
        """`Contradicts` where one of the ids is another meet's."""
        end = f"UPDATE {table.name} SET withdrawn = TRUE, seq = ? WHERE id = ? AND meet_no = ?"
        for id, seq in change.ended.items():
            self._session.run(end, seq, id, no)
        if change.rows:
            if table is schema.registrations and len(change.rows) > 1:
                self._release(no, list(change.rows))
            if self._session.insert(table, list(change.rows.values()), _OVERWRITE[table]) < len(change.rows):
                raise Contradicts("id_taken", f"one of these {table.name} is another meet's: {', '.join(change.rows)}")

    def _release(self, no: int, ids: Sequence[str]) -> None:
        """Two runners may change bibs in one go: free all bibs before any is given again."""
        sql = f"UPDATE registrations SET withdrawn = TRUE WHERE {self._session.among('id')} AND meet_no = ?"
        self._session.run(sql, self._session.listed(ids), no)

    def _meet(self, no: int, seq: int, fact: MeetDescribed) -> None:
        """Whether a meet is a rehearsal is said once, by the first fact of its log."""
        self._session.run(
            "UPDATE meets SET name = ?, visibility = ?, rehearsal = CASE WHEN ? THEN ? ELSE rehearsal END WHERE no = ?",
            fact.spec.name,
            fact.spec.visibility,
            seq == 1,
            fact.spec.rehearsal,
            no,
        )

    def _closed(self, no: int, seq: int, fact: MeetClosed | MeetReopened) -> None:
        self._session.run("UPDATE meets SET closed = ? WHERE no = ?", isinstance(fact, MeetClosed), no)

    def _withdrawn(self, no: int, seq: int, fact: MeetWithdrawn) -> None:
        self._session.run("UPDATE meets SET withdrawn = TRUE WHERE no = ?", no)

    def _conflict(self, no: int, seq: int, fact: ReadConflict) -> None:
        row = (no, seq, fact.source, fact.epoch, fact.source_seq, fact.chip, fact.bib, fact.at, fact.place)
        self._session.insert(schema.read_conflicts, [row])

    def write_void(self, no: int, facts: Sequence[Numbered]) -> None:
        """Facts that were undone, after those that stand: an id keeps naming its meet, a conflict stays known."""
        for seq, fact in facts:
            if type(fact) in DESCRIBES:
                table, described = DESCRIBES[type(fact)]
                rows = [(id, no, seq, True, *columns) for id, *columns in described(fact)]
                self._session.insert(table, rows, " ON CONFLICT (id) DO NOTHING")
            elif isinstance(fact, ReadConflict):
                self._conflict(no, seq, fact)

    def undo(self, no: int, facts: Sequence[Numbered]) -> None:
        """Make anew the tables that undone facts had a part in. The log holds the undoings already."""
        targets = {self._target(no, fact.target_seq) for _, fact in facts if isinstance(fact, Undone)}
        if RosterImported in targets:
            targets |= newcomers.KINDS
        for start, kinds in _ANEW:
            if targets & kinds:
                self._session.run(start, no)
                self.write(no, self._standing(no, kinds))

    def _target(self, no: int, seq: int) -> type[Fact] | None:
        """The kind of what is undone in the end, or brought back by undoing an undoing."""
        row = self._session.one("SELECT kind, version, body FROM facts WHERE meet_no = ? AND seq = ?", no, seq)
        if row is None:
            return None
        fact = decode(*row)
        return self._target(no, fact.target_seq) if isinstance(fact, Undone) else type(fact)

    def _standing(self, no: int, kinds: frozenset[type[Fact]]) -> list[Numbered]:
        names = [name for name, kind in KINDS.items() if kind in kinds or kind in (Undone, RosterImported)]
        sql = (
            "SELECT seq, kind, version, body FROM facts "
            f"WHERE meet_no = ? AND {self._session.among('kind')} ORDER BY seq"
        )
        rows = self._session.rows(sql, no, self._session.listed(names))
        log = [Recorded(seq, Instant(0), ActorId(""), decode(*body)) for seq, *body in rows]
        voided = undone(log)
        return [(r.seq, r.fact) for r in log if r.seq not in voided and type(r.fact) in kinds]


_OTHERS: Final[Mapping[type, Callable[[Indexes, int, int, Any], None]]] = {
    MeetDescribed: Indexes._meet,
    MeetClosed: Indexes._closed,
    MeetReopened: Indexes._closed,
    MeetWithdrawn: Indexes._withdrawn,
    ReadConflict: Indexes._conflict,
}


def _overwrite(table: sa.Table) -> str:
    columns = (column.name for column in table.columns if column.name not in ("id", "meet_no"))
    change = ", ".join(f"{name} = excluded.{name}" for name in columns)
    return f" ON CONFLICT (id) DO UPDATE SET {change} WHERE {table.name}.meet_no = excluded.meet_no"


def _kinds_of(table: sa.Table) -> frozenset[type[Fact]]:
    return frozenset(kind for kind, (of, _) in (*DESCRIBES.items(), *ENDS.items()) if of is table)


_TABLES: Final = [table for table, _ in DESCRIBES.values()]
_OVERWRITE: Final = {table: _overwrite(table) for table in _TABLES}
_MEET: Final[frozenset[type[Fact]]] = frozenset({MeetDescribed, MeetClosed, MeetReopened, MeetWithdrawn})
_ANEW: Final = [
    ("UPDATE meets SET closed = FALSE, withdrawn = FALSE WHERE no = ?", _MEET),
    *((f"UPDATE {table.name} SET withdrawn = TRUE WHERE meet_no = ?", _kinds_of(table)) for table in _TABLES),
]
"""How each table starts over, and the kinds of fact that fill it."""
