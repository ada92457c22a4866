"""What a source has counted and nobody has seen."""

from app.api.schemas.base import Out, example
from app.store import Gap


class GapOut(Out):
    """Sequence numbers `first` to `last`, both included, that have not arrived. Numbers begin at 1."""

    model_config = example({"epoch": "1", "first": 4031, "last": 4044, "count": 14})

    epoch: str
    first: int
    last: int
    count: int

    @classmethod
    def of(cls, gap: Gap) -> "GapOut":
        return cls(epoch=gap.epoch, first=gap.first, last=gap.last, count=gap.last - gap.first + 1)
