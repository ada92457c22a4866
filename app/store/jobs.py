"""Jobs: documents that are drawn beside the requests that asked for them, and how far each of them is.

What is drawn lies in the memory of the process that draws it, and is not written down: it is full of names.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from app.domain.ids import JobId
from app.domain.units import SECOND, Duration, Instant
from app.store import schema
from app.store.session import Session

JobState = Literal["waiting", "running", "done", "failed"]
Audience = Literal["public", "organizer"]

KEPT: Final = Duration(3_600 * SECOND)
"""After it was touched last; then nobody asks any more."""

_COLUMNS: Final = tuple(column.name for column in schema.jobs.columns)


class Document(NamedTuple):
    """What is drawn: `sheet` is the address that was asked for, `tag` its ETag there, `seq` where in the log it was."""

    meet_no: int
    audience: Audience
    sheet: str
    tag: str
    media: str
    seq: int


@dataclass(frozen=True, slots=True)
class JobRow:
    """`code` and `detail` say why it failed. Who draws it touches it all the while."""

    id: JobId
    document: Document
    created_at: Instant
    touched_at: Instant
    state: JobState = "waiting"
    percent: int = 0
    code: str | None = None
    detail: str | None = None

    @property
    def ended(self) -> bool:
        return self.state in ("done", "failed")


class Jobs:
    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, id: JobId) -> JobRow | None:
        row = self._session.one(f"SELECT {', '.join(_COLUMNS)} FROM jobs WHERE id = ?", id)
        if row is None:
            return None
        key, *document, state, percent, code, detail, created_at, touched_at = row
        return JobRow(key, Document(*document), created_at, touched_at, state, percent, code, detail)


class JobsWriter(Jobs):
    def add(self, row: JobRow) -> None:
        """A new one; what nobody asks for any more goes."""
        self._session.run("DELETE FROM jobs WHERE touched_at_us < ?", row.created_at - KEPT)
        values = row.id, *row.document, row.state, row.percent, row.code, row.detail, row.created_at, row.touched_at
        self._session.put(schema.jobs, dict(zip(_COLUMNS, values, strict=True)))

    def move(self, row: JobRow) -> None:
        """How far it is, or how it ended. Nothing where it was dropped with its meet."""
        self._session.run(
            "UPDATE jobs SET state = ?, percent = ?, code = ?, detail = ?, touched_at_us = ? WHERE id = ?",
            *(row.state, row.percent, row.code, row.detail, row.touched_at, row.id),
        )

    def touch(self, ids: Collection[JobId], at: Instant) -> None:
        """Their process is alive."""
        for id in ids:
            self._session.run("UPDATE jobs SET touched_at_us = ? WHERE id = ?", at, id)
