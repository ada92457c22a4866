"""What became of the file of a photo-finish camera."""

from pydantic import Field

from app.api.schemas.base import Out, example
from app.api.schemas.registrations import RowErrorOut
from app.operations.camera import CameraReport


class CameraOut(Out):
    """What a file says of a heat. With an error nothing is stored, unless `on_error=skip`."""

    model_config = example(
        {
            "stored": True,
            "finishes": 8,
            "wind_mps": "-0.4",
            "started_at": "2026-08-22T08:00:00.000000Z",
            "errors": [],
            "seq": 512,
        }
    )

    stored: bool = Field(description="Whether the readings are on disk: not after a dry run, nor with an error.")
    finishes: int
    wind_mps: str | None
    started_at: str | None = Field(description="The start taken over from the file; null where one was recorded.")
    errors: list[RowErrorOut]
    seq: int | None

    @classmethod
    def of(cls, report: CameraReport) -> "CameraOut":
        return cls(
            stored=report.stored,
            finishes=report.finishes,
            wind_mps=report.wind_mps,
            started_at=report.started_at,
            errors=[RowErrorOut.of(one) for one in report.errors],
            seq=report.seq,
        )
