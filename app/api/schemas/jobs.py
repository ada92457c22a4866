"""A job as it is shown."""

from app.api.schemas.base import Moment, Out, example
from app.domain.units import format_instant
from app.store.jobs import JobRow, JobState

_SHEET = "/v1/meets/meet_0197430a2c4e7d5fa3f09a64d1c3b2e7/sheets/book.pdf?language=en&paper=A4"


class WhyOut(Out):
    """Why it failed. `code` is for programs, `detail` for people."""

    code: str
    detail: str


class JobOut(Out):
    """A long document on its way. `sheet` is the address that was asked for; `document` the one of the finished bytes,
    null until it is done. `percent` counts the rows drawn; `seq` is the position in the log that it is made at."""

    model_config = example(
        {
            "id": "job_0197430a2c4e7d5fa3f09a64d1c3b2e2",
            "state": "running",
            "percent": 42,
            "sheet": _SHEET,
            "document": None,
            "problem": None,
            "created_at": "2026-06-12T18:20:00.000000Z",
            "seq": 4210,
        }
    )

    id: str
    state: JobState
    percent: int
    sheet: str
    document: str | None
    problem: WhyOut | None
    created_at: Moment
    seq: int

    @classmethod
    def of(cls, row: JobRow) -> "JobOut":
        return cls(
            id=row.id,
            state=row.state,
            percent=row.percent,
            sheet=row.document.sheet,
            document=f"/v1/jobs/{row.id}/document" if row.state == "done" else None,
            problem=WhyOut(code=row.code, detail=row.detail or "") if row.code else None,
            created_at=format_instant(row.created_at),
            seq=row.document.seq,
        )
