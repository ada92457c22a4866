"""What a verb needs of the open sheet of one meet. `desk.py` makes the real one, tests a simpler one.

Each verb reads the state, decides with a pure function and records what was decided.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from app.domain.facts import Fact, Status
from app.domain.ids import ActorId, AthleteId, Bib, EventId, HeatId, MeetId, RegistrationId, TextId
from app.domain.meet import Person
from app.domain.refusals import MeetIsClosed, NotFound
from app.domain.state import MeetState
from app.domain.units import Instant
from app.rules.qualification import Tie
from app.timing.projection import Projection

Given = Mapping[str, Any]
"""The fields that a change names, already parsed to their types; a field set to None is cleared."""


class People(Protocol):
    def put_many(self, meet: MeetId, people: Mapping[AthleteId, Person], /) -> None: ...
    def erase(self, meet: MeetId, athlete: AthleteId, /) -> None: ...


class Texts(Protocol):
    def many(self, meet: MeetId, ids: Iterable[TextId], /) -> Mapping[TextId, str]: ...
    def erase(self, meet: MeetId, ids: Iterable[TextId], /) -> None: ...


class Answers(Protocol):
    def forget(self, ids: Iterable[str], /) -> None: ...


class SeenRead(Protocol):
    """What is asked of one stored read."""

    @property
    def chip(self) -> str | None: ...
    @property
    def bib(self) -> str | None: ...
    @property
    def at_us(self) -> int: ...


class Reads(Protocol):
    def detail(self, meet: MeetId, seqs: Iterable[int], /) -> Mapping[int, SeenRead]: ...


class Books(Protocol):
    """The tables beside the log, in the sheet's transaction."""

    @property
    def people(self) -> People: ...
    @property
    def texts(self) -> Texts: ...
    @property
    def reads(self) -> Reads: ...
    @property
    def idempotency(self) -> Answers: ...


class HeatLine(Protocol):
    """What deciding needs of one line of a heat's results."""

    @property
    def heat(self) -> HeatId: ...
    @property
    def registration(self) -> RegistrationId: ...
    @property
    def bib(self) -> Bib: ...
    @property
    def place(self) -> int | None: ...
    @property
    def status(self) -> Status | None: ...
    @property
    def state(self) -> str: ...
    @property
    def elapsed_us(self) -> int | None: ...
    @property
    def qualification(self) -> str | None: ...


class Results(Protocol):
    @property
    def head(self) -> int:
        """The last position of the log, reads included."""

    def heat_results(self, heat: HeatId, /) -> Sequence[HeatLine]: ...
    def round_results(self, event: EventId, round: str, /) -> Sequence[HeatLine]: ...
    def as_it_stands(
        self, event: EventId, round: str, /
    ) -> tuple[Mapping[RegistrationId, str | None], Sequence[Tie]]: ...


class Sheet(Protocol):
    @property
    def meet_id(self) -> MeetId: ...
    @property
    def tx(self) -> Books: ...
    @property
    def state(self) -> MeetState: ...
    @property
    def projection(self) -> Results: ...
    @property
    def people(self) -> Mapping[AthleteId, Person]: ...
    @property
    def now(self) -> Instant: ...
    @property
    def actor(self) -> ActorId: ...

    def new_id(self, noun: str, /) -> str: ...
    def record(self, *facts: Fact) -> int: ...
    def text(self, words: str | None, /) -> TextId | None: ...


class TimedSheet(Sheet, Protocol):
    """Where the whole of the results is needed."""

    @property
    def projection(self) -> Projection: ...


def standing(state: MeetState) -> MeetState:
    """The state, unless its meet was withdrawn. All that is asked of what cannot wait until a meet is reopened."""
    if state.withdrawn:
        raise NotFound("meet", "", because="it was withdrawn")
    return state


def writable(state: MeetState) -> MeetState:
    """The state, unless its meet takes no more facts. The guard that nearly every verb passes first."""
    if standing(state).closed:
        raise MeetIsClosed()
    return state
