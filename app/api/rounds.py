"""Rounds of an event: their draw, and start lists made elsewhere."""

from collections.abc import Mapping
from typing import Annotated, Final, Protocol

from fastapi import Path
from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Meet, Who, needs, public_meet
from app.api.conditional import IfMatch
from app.api.done import done, require
from app.api.meets import standing
from app.api.page import Page
from app.api.problems import refuses
from app.api.route import IMPORT, Router
from app.api.schemas.base import Listed
from app.api.schemas.heats import DrawIn, DrawOut, HeatOut, HeatsIn, HeatsOut, RoundOut
from app.api.services import OnDesk, OnLive
from app.domain.ids import AthleteId, EventId, RegistrationId
from app.domain.meet import Person
from app.domain.refusals import (
    Contradicts,
    Invalid,
    LaneTwice,
    MeetIsClosed,
    NotRegistered,
    OutOfMeet,
    ResultsDepend,
    RunnerTwice,
)
from app.operations import identity, rounds, start_lists
from app.operations.access import Audience
from app.operations.entrants import Field, not_qualified
from app.operations.find import bib_of, event_of, round_of
from app.timing.projection import Projection

router: Final = Router("/v1/events/{event_id}/rounds", tag="rounds and heats")

RoundName = Annotated[str, Path(min_length=1, max_length=100, examples=["final"])]


@router.get("", response_model=Listed[RoundOut])
@public_meet()
def list_rounds(event_id: EventId, meet: Meet, page: Page, live: OnLive, reply: Replying) -> Response:
    """In running order."""
    with live.view(meet.id) as view:
        event = event_of(standing(meet.id, view.projection.state), event_id)
        seq = view.projection.state.touched[event_id]
        shown, more = page.cut(range(page.offset, len(event.spec.rounds)), lambda index: index + 1)
        items = [RoundOut.of(event, index, seq) for index in shown]
        return reply.at(seq, lambda: Listed(items=items, next_cursor=more))


@router.get("/{round}", response_model=RoundOut)
@public_meet()
def get_round(event_id: EventId, round: RoundName, meet: Meet, live: OnLive, reply: Replying) -> Response:
    with live.view(meet.id) as view:
        event = event_of(standing(meet.id, view.projection.state), event_id)
        index, _ = round_of(event, round)
        seq = view.projection.state.touched[event_id]
        return reply.at(seq, lambda: RoundOut.of(event, index, seq))


@router.post(
    "/{round}/draw", response_model=HeatsOut, responses=refuses(Invalid, Contradicts, ResultsDepend, MeetIsClosed)
)
@needs("timing:write")
def draw_round(
    event_id: EventId, round: RoundName, meet: Meet, who: Who, desk: OnDesk, body: DrawIn | None = None
) -> Response:
    """The first round from its registrations, a later one from its source. On the road one heat a wave, also after the
    gun; on the track by the rules, in lanes or not. The same seed draws the same lots."""
    seed = body.draw_seed if body and body.draw_seed is not None else identity.draw_seed()
    with desk.open(meet.id, who.id) as sheet:
        standing(meet.id, sheet.state)
        rounds.draw(sheet, event_id, round, seed, body.lanes_out if body else ())
        return _done(_heats(sheet, event_id, round))


@router.get("/{round}/heats", response_model=HeatsOut)
@public_meet()
def get_round_heats(event_id: EventId, round: RoundName, meet: Meet, live: OnLive, reply: Replying) -> Response:
    """All heats of the round at once, as a start list is put."""
    with live.view(meet.id) as view:
        state = standing(meet.id, view.projection.state)
        event = event_of(state, event_id)
        round_of(event, round)
        shown = _heats(view, event.id, round, audience=reply.audience)
        return reply.at(shown.seq, lambda: shown, _representation(shown))


@router.put(
    "/{round}/heats",
    response_model=HeatsOut,
    max_body_size=IMPORT,
    responses=refuses(Invalid, NotRegistered, OutOfMeet, LaneTwice, RunnerTwice, ResultsDepend, MeetIsClosed),
)
@needs("timing:write")
def put_heats(
    event_id: EventId, round: RoundName, body: HeatsIn, meet: Meet, who: Who, match: IfMatch, desk: OnDesk
) -> Response:
    """A start list made elsewhere. Any registered bib is accepted; one that did not qualify is flagged."""
    lists = [heat.listed() for heat in body.heats]
    with desk.open(meet.id, who.id) as sheet:
        event = event_of(standing(meet.id, sheet.state), event_id)
        there = tuple(heat.drawn for heat in event.rounds.get(round, {}).values())
        if there and start_lists.decide(sheet.state, event, round, lists, sheet.new_id).heats != there:
            seen = _heats(sheet, event_id, round)
            require(match, seen.seq, _representation(seen))
        put = start_lists.put_heats(sheet, event_id, round, lists)
        return _done(_heats(sheet, event_id, round, put.not_qualified))


class Open(Protocol):
    """A view or a sheet."""

    @property
    def projection(self) -> Projection: ...
    @property
    def people(self) -> Mapping[AthleteId, Person]: ...


def _heats(
    meet: Open,
    id: EventId,
    round: str,
    flagged: frozenset[RegistrationId] | None = None,
    audience: Audience = "organizer",
) -> HeatsOut:
    """`flagged` are those who have not qualified, where that is known already."""
    state = meet.projection.state
    event = event_of(state, id)
    index, _ = round_of(event, round)
    heats = sorted(event.rounds.get(round, {}).values(), key=lambda heat: heat.drawn.number)
    if flagged is None:
        starting = [starter.registration for heat in heats for starter in heat.drawn.starters]
        flagged = not_qualified(Field(state, event, meet.projection, meet.people), index, starting)
    return HeatsOut(
        heats=[HeatOut.of(state, heat) for heat in heats],
        draw_seed=event.draw_seeds.get(round),
        draw=DrawOut.of(state, event, round, audience),
        not_qualified=sorted(bib_of(state, id) for id in flagged),
        seq=state.touched[id],
    )


def _representation(shown: HeatsOut) -> str:
    """Who has qualified can change with a read, which does not touch the start list."""
    return " ".join(("json", *shown.not_qualified))


def _done(shown: HeatsOut) -> Response:
    return done(shown, shown.seq, _representation(shown))
