"""One line of the standings of an event."""

from dataclasses import dataclass

from app.domain.facts import Status
from app.domain.ids import AthleteId, Bib, HeatId, RegistrationId
from app.domain.meet import Role, Sex
from app.timing.grade import Grade


@dataclass(frozen=True, slots=True)
class Split:
    """Elapsed at a point, on the clock that ranks; at the finish the official time. `place`: among all read there.

    A `mark` with a question mark is of a crossing that no reader saw and that is only proposed (R102).
    """

    point: str
    elapsed_us: int
    mark: str
    place: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """One registration. Everything that is not known yet, or does not apply, is None."""

    registration: RegistrationId
    athlete: AthleteId
    bib: Bib
    role: Role
    sex: Sex
    category: str | None
    wave: str | None
    round: str | None
    """The last one that it was drawn into: who was in a later one is ahead of all who were not."""
    heat: HeatId | None
    place: int | None
    place_sex: int | None
    place_category: int | None
    status: Status | None
    rule: str | None
    state: str
    elapsed_us: int | None
    mark: str | None
    gun_us: int | None
    net_us: int | None
    splits: tuple[Split, ...]
    flags: tuple[str, ...]
    start_us: int | None = None
    """From the gun to the read at the start; 0 before the gun, None without a read."""
    gap_us: int | None = None
    """Behind the first, by official times (R51); None without a place, and over several rounds."""
    timed_by: Grade | None = None
    resolution_us: int | None = None
