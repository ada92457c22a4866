"""Heats: who starts in them, and the runners of relay teams. Their guns and times have routers of their own."""

from functools import partial
from typing import Annotated, Final

from fastapi import Query
from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Meet, Who, needs, public_meet
from app.api.conditional import IfMatch
from app.api.done import done, gone, require
from app.api.meets import standing
from app.api.page import Page
from app.api.problems import refuses
from app.api.rounds import Open
from app.api.route import Router
from app.api.schemas.base import Listed
from app.api.schemas.heats import HeatOut
from app.api.schemas.starters import LegOut, LegsIn, LegsOut, StarterOut, StarterWhole, TeamOut
from app.api.services import OnDesk, OnLive
from app.domain.ids import EventId, HeatId, RegistrationId
from app.domain.refusals import (
    AmbiguousBib,
    Contradicts,
    Invalid,
    MeetIsClosed,
    NotInHeat,
    NotRegistered,
    OutOfMeet,
    ResultsDepend,
    RunnerTwice,
    SexDoesNotFit,
)
from app.domain.state import Event, Heat
from app.operations import legs, rounds
from app.operations.access import Audience
from app.operations.entrants import Field, not_qualified
from app.operations.find import bib_of, event_of, heat_of, round_of
from app.views.legs import leg_items
from app.views.starters import in_order, place_of, starter_items

router: Final = Router("/v1", tag="rounds and heats")


@router.get("/events/{event_id}/heats", response_model=Listed[HeatOut])
@public_meet()
def list_heats(
    event_id: EventId,
    meet: Meet,
    page: Page,
    live: OnLive,
    reply: Replying,
    round: Annotated[str | None, Query(description="Only heats of this round.")] = None,
) -> Response:
    """By round in running order, then by number."""
    with live.view(meet.id) as view:
        state = standing(meet.id, view.projection.state)
        event = event_of(state, event_id)
        shown, more = page.cut(_in_order(event, round, page.key(int, int)), partial(_place, event))
        return reply.at(
            state.touched[event_id],
            lambda: Listed(items=[HeatOut.of(state, heat) for heat in shown], next_cursor=more),
        )


@router.get("/heats/{heat_id}", response_model=HeatOut)
@public_meet()
def get_heat(heat_id: HeatId, meet: Meet, live: OnLive, reply: Replying) -> Response:
    with live.view(meet.id) as view:
        state = standing(meet.id, view.projection.state)
        heat = heat_of(state, heat_id)
        return reply.at(state.touched[heat_id], lambda: HeatOut.of(state, heat))


@router.delete("/heats/{heat_id}", status_code=204, responses=refuses(ResultsDepend, MeetIsClosed))
@needs("timing:write")
def withdraw_heat(heat_id: HeatId, meet: Meet, who: Who, match: IfMatch, desk: OnDesk) -> Response:
    """Only while no result depends on it."""
    with desk.open(meet.id, who.id) as sheet:
        heat_of(standing(meet.id, sheet.state), heat_id)
        require(match, sheet.state.touched[heat_id])
        rounds.withdraw_heat(sheet, heat_id)
    return gone()


@router.get("/heats/{heat_id}/starters", response_model=Listed[StarterWhole] | Listed[StarterOut])
@public_meet()
def list_starters(heat_id: HeatId, meet: Meet, page: Page, live: OnLive, reply: Replying) -> Response:
    """By lane, else by position on the line, else by bib. Late entries of an open heat are in it at once."""
    with live.view(meet.id) as view:
        state = standing(meet.id, view.projection.state)
        heat = heat_of(state, heat_id)
        flagged = flagged_in(view, heat)
        rest = in_order(state, heat, page.key(int, int, str))
        shown, more = page.cut(rest, partial(place_of, state))

        def made() -> dict[str, object]:
            items = starter_items(reply.audience, state, view.people, heat, shown)
            for item in items:
                item["flags"] += ["not_qualified"] if item["registration_id"] in flagged else []
            return {
                "items": items,
                "next_cursor": more,
            }

        return reply.at(state.touched[heat.event], made, " ".join(("json", *sorted(flagged))))


@router.get("/heats/{heat_id}/legs", response_model=LegsOut)
@public_meet()
def get_legs(heat_id: HeatId, meet: Meet, live: OnLive, reply: Replying) -> Response:
    """The runners of relay teams."""
    with live.view(meet.id) as view:
        state = standing(meet.id, view.projection.state)
        heat = heat_of(state, heat_id)
        return reply.at(state.touched[heat.event], lambda: _teams(reply.audience, view, heat))


@router.put(
    "/heats/{heat_id}/legs",
    response_model=LegsOut,
    responses=refuses(
        Invalid,
        Contradicts,
        NotInHeat,
        NotRegistered,
        AmbiguousBib,
        OutOfMeet,
        RunnerTwice,
        SexDoesNotFit,
        MeetIsClosed,
    ),
)
@needs("timing:write")
def put_legs(heat_id: HeatId, body: LegsIn, meet: Meet, who: Who, match: IfMatch, desk: OnDesk) -> Response:
    """The runners of relay teams in running order; a change before the race is the same call again."""
    teams = body.teams()
    with desk.open(meet.id, who.id) as sheet:
        heat = heat_of(standing(meet.id, sheet.state), heat_id)
        asked = {fact.registration: fact for fact in legs.decide(sheet.state, heat, teams)}
        if any(id in heat.legs and heat.legs[id] != fact for id, fact in asked.items()):
            require(match, sheet.state.touched[heat.event])
        legs.name_legs(sheet, heat_id, teams)
        shown = _teams("organizer", sheet, heat_of(sheet.state, heat_id))
        return done(shown, shown.seq)


def _in_order(event: Event, round: str | None, after: tuple[int, int] | None) -> list[Heat]:
    """Those of a round, or of all, behind a place."""
    names = [spec.name for spec in event.spec.rounds if round in (None, spec.name)]
    heats = (heat for name in names for heat in event.rounds.get(name, {}).values())
    return sorted((one for one in heats if after is None or _place(event, one) > after), key=partial(_place, event))


def _place(event: Event, heat: Heat) -> tuple[int, int]:
    """The number of its round, and its own."""
    index, _ = round_of(event, heat.round)
    return index, heat.drawn.number


def flagged_in(meet: Open, heat: Heat) -> frozenset[RegistrationId]:
    """Those who start without having qualified."""
    state = meet.projection.state
    event = state.events[heat.event]
    index, _ = round_of(event, heat.round)
    ids = (one.registration for one in heat.drawn.starters)
    return not_qualified(Field(state, event, meet.projection, meet.people), index, ids)


def _teams(audience: Audience, meet: Open, heat: Heat) -> LegsOut:
    state = meet.projection.state
    teams = [
        TeamOut(
            registration_id=id,
            bib=bib_of(state, id),
            legs=[LegOut(**leg) for leg in leg_items(audience, state, meet.people, heat.legs, id)],
        )
        for id in heat.legs
    ]
    return LegsOut(teams=teams, seq=state.touched[heat.event])
