"""Where in the log of its meet a derived answer looks: at the head, at `as_of`, or where its first page was.

    with look.at(meet.id, of_event(event_id), lambda now: now.table(event_id), page) as seen:
        return reply.at(seen.mark, lambda: shown(seen.value, seen.people))

An answer says the last position that touched what it shows, and its ETag is made of that. Names are today's wherever it
looks, so its ETag follows what has happened to them since.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Final, Generic, TypeVar, cast

from fastapi import Depends, Query
from starlette.requests import Request

from app.api.auth import Asked
from app.api.models import EXACT
from app.api.page import PageAsked
from app.api.pins import Pin, Pins, Rows
from app.api.services import services
from app.domain.ids import AthleteId, MeetId
from app.domain.meet import BY_LINK, Person
from app.domain.refusals import NotFound
from app.domain.state import MeetState
from app.live import Live, NotThereYet, View
from app.operations.access import Access, Unidentified
from app.timing.projection import Projection

T = TypeVar("T")
Mark = Callable[[Projection], int]
"""The last position that touched what is shown; `NotFound` where there is no such thing."""
SEEN: Final = "seen"
"""In the request's state: (meet, head) that its answer was made at."""


class Seen(Generic[T]):
    """What was asked for, made when it is first needed. `mark` goes into the ETag, `seq` into the answer.

    `people` are as they are called today. `state` is the one that the value comes from, or today's where the rest of a
    list was kept: of that it says only what never goes, which a heat is not.
    """

    def __init__(
        self, state: MeetState, people: Mapping[AthleteId, Person], seq: int, mark: int, make: Callable[[], T]
    ) -> None:
        self.state = state
        self.people = people
        self.seq = seq
        self.mark = mark
        self._make = make

    @property
    def value(self) -> T:
        return self._make()

    def kept(self, keep: Callable[[T], None]) -> "Seen[T]":
        """The same, handed to `keep` when it is made."""

        def make() -> T:
            made = self._make()
            keep(made)
            return made

        return Seen(self.state, self.people, self.seq, self.mark, make)


class Looking:
    def __init__(
        self, request: Request, live: Live, pins: Pins, access: Access, as_of: int | None, min_seq: int | None
    ) -> None:
        self._request = request
        self._live = live
        self._pins = pins
        self._access = access
        self._as_of = as_of
        self._min_seq = min_seq

    @contextmanager
    def now(self, meet: MeetId) -> Iterator[View]:
        """The meet at its head. Visibility is asked here again: it may have ended since the request was let in.

        `NotFound` for one that was withdrawn, whoever asks.
        """
        with self._live.view(meet, min_seq=self._min_seq) as view:
            spec = view.projection.state.spec
            if view.projection.state.withdrawn:
                raise NotFound("meet", meet)
            if self._access.audience == "public" and (spec is None or spec.visibility not in BY_LINK):
                raise Unidentified
            setattr(self._request.state, SEEN, (meet, view.head))
            yield view

    @contextmanager
    def at(
        self, meet: MeetId, mark: Mark, make: Callable[[Projection], T], page: PageAsked | None = None
    ) -> Iterator[Seen[T]]:
        """What `make` takes from the projection. Of a list that goes on, every page is taken from the same."""
        pin = None if page is None or page.seq is None else self._pins.get(page.list_key, page.seq)
        if pin is None:
            with self.page_at(meet, mark, make, page) as seen:
                yield seen.kept(lambda made: self._keep(seen.seq, made, page))
        else:
            with self.now(meet) as view:
                names = _mark_of_names(view, mark)
                yield Seen(view.projection.state, view.people, pin.seq, names, lambda: cast("T", pin.rows))

    @contextmanager
    def page_at(
        self, meet: MeetId, mark: Mark, make: Callable[[Projection], T], page: PageAsked | None
    ) -> Iterator[Seen[T]]:
        """The same where `make` takes this page alone: the next one is made anew, as of the same position."""
        pinned = None if page is None else page.seq
        asked = pinned if self._as_of is None else self._as_of
        with self.now(meet) as view:
            if asked is None or asked == view.head:
                seq = mark(view.projection)
                yield Seen(view.projection.state, view.people, seq, seq, lambda: make(view.projection))
                return
            if asked > view.head:
                raise NotThereYet(asked, view.head)
        past = self._past(meet, asked, mark, make)
        with self.now(meet) as view:
            yield Seen(past.state, view.people, past.seq, _mark_of_names(view, mark), lambda: past.made)

    def _past(self, meet: MeetId, as_of: int, mark: Mark, make: Callable[[Projection], T]) -> "_Past[T]":
        """What a projection behind the head gave stays as it is; the one at the head moves on."""
        with self._live.view(meet, as_of=as_of) as past:
            return _Past(past.projection.state, mark(past.projection), make(past.projection))

    def _keep(self, seq: int, made: T, page: PageAsked | None) -> None:
        if page is not None and len(cast("Rows", made)) > page.limit:
            self._pins.keep(page.list_key, Pin(seq, made))


@dataclass(frozen=True, slots=True)
class _Past(Generic[T]):
    state: MeetState
    seq: int
    made: T


def _mark_of_names(view: View, mark: Mark) -> int:
    """What was withdrawn or drawn anew since is there no more, and its runners may be called otherwise at any time."""
    try:
        return mark(view.projection)
    except NotFound:
        return view.head


async def _looking(
    request: Request,
    asked: Asked,
    as_of: Annotated[
        int | None,
        Query(ge=0, le=EXACT, description="As it was at this position of the log; names are today's.", examples=[None]),
    ] = None,
    min_seq: Annotated[
        int | None, Query(ge=0, le=EXACT, description="Wait until this position is reached.", examples=[None])
    ] = None,
) -> Looking:
    app = services(request)
    return Looking(request, app.live, app.pins, asked, as_of, min_seq)


Look = Annotated[Looking, Depends(_looking)]


async def _watching(request: Request, asked: Asked) -> Looking:
    app = services(request)
    return Looking(request, app.live, app.pins, asked, None, None)


LookNow = Annotated[Looking, Depends(_watching)]
"""For what stands in the log itself and is not computed: there is only now."""
