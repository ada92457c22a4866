"""Series: which events of which meets count together. They belong to an organization and stand in no meet's log."""

from dataclasses import dataclass
from typing import Any, Final

import msgspec

from app.domain.ids import EventId, MeetId, OrganizationId, SeriesId
from app.domain.units import Instant
from app.rules.series import SeriesRules
from app.store import schema
from app.store.session import Row, Session

Race = tuple[MeetId, EventId]

_COLUMNS: Final = ", ".join(column.name for column in schema.series.columns)
_races: Final = msgspec.json.Decoder(tuple[Race, ...])
_rules: Final = msgspec.json.Decoder(SeriesRules)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRow:
    """`races` in the order in which they are run."""

    id: SeriesId
    organization: OrganizationId
    name: str
    races: tuple[Race, ...]
    rules: SeriesRules
    created_at: Instant


class Series:
    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, id: SeriesId) -> SeriesRow | None:
        row = self._session.one(f"SELECT {_COLUMNS} FROM series WHERE id = ?", id)
        return _series(row) if row else None

    def all(self, organization: OrganizationId | None, after: str, limit: int) -> list[SeriesRow]:
        """In order of id, behind `after`; None means of every organization."""
        sql = f"SELECT {_COLUMNS} FROM series WHERE id > ?"
        values: tuple[Any, ...] = (after,)
        if organization is not None:
            sql, values = f"{sql} AND organization_id = ?", (after, organization)
        return [_series(row) for row in self._session.rows(f"{sql} ORDER BY id LIMIT ?", *values, limit)]


class SeriesWriter(Series):
    def put(self, row: SeriesRow) -> None:
        """Made, or overwritten."""
        races, rules = (msgspec.json.encode(part).decode() for part in (row.races, row.rules))
        values = row.id, row.organization, row.name, races, rules, row.created_at
        self._session.put(schema.series, dict(zip((c.name for c in schema.series.columns), values, strict=True)))

    def drop(self, id: SeriesId) -> None:
        self._session.run("DELETE FROM series WHERE id = ?", id)


def _series(row: Row) -> SeriesRow:
    id, organization, name, races, rules, created_at = row
    return SeriesRow(
        id=SeriesId(id),
        organization=OrganizationId(organization),
        name=name,
        races=_races.decode(races),
        rules=_rules.decode(rules),
        created_at=Instant(created_at),
    )
