"""Registrations: who runs in an event, with which bib."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Meet, Who, admitted, needs, public_meet
from app.api.conditional import IfMatch
from app.api.done import created, done, gone, require
from app.api.meets import standing
from app.api.page import Page
from app.api.positions import of_registration
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.athletes import EntryState
from app.api.schemas.base import Listed
from app.api.schemas.registrations import (
    RegistrationDone,
    RegistrationFound,
    RegistrationIn,
    RegistrationOut,
    RegistrationPatch,
    RegistrationPublic,
    RegistrationPublicFound,
)
from app.api.search import Typed, answered, found
from app.api.services import OnDesk, OnLive, services
from app.domain.ids import AthleteId, EventId, RegistrationId
from app.domain.meet import Person, Role, Sex
from app.domain.refusals import (
    AlreadyRegistered,
    BibTaken,
    ChipTaken,
    Contradicts,
    ExternalIdTaken,
    IdentityDiffers,
    Invalid,
    MeetIsClosed,
    OutOfMeet,
    ResultsDepend,
    SexDoesNotFit,
)
from app.domain.state import MeetState
from app.live import View
from app.operations import athletes, registrations, waves
from app.operations.access import Audience
from app.operations.desk import OpenSheet
from app.operations.find import event_of, registration_of
from app.views.audience import Item
from app.views.names import NOBODY, is_young, name_for, origin_for
from app.views.registrations import category as category_of
from app.views.registrations import registration_item

router: Final = Router("/v1", tag="registrations")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; None lets everything through."""

    wave: str | None
    category: str | None
    club: str | None
    sex: Sex | None
    role: Role | None
    state: EntryState | None

    def takes(
        self, audience: Audience, state: MeetState, people: Mapping[AthleteId, Person], id: RegistrationId
    ) -> bool:
        if self == EVERYBODY:
            return True
        entry = state.registrations[id].entry
        return (
            self.wave in (None, entry.wave)
            and self.role in (None, entry.role)
            and self.state in (None, _state(state, id))
            and self.sex in (None, state.athletes[entry.athlete].sex)
            and (self.club is None or self.club == origin_for(audience, people.get(entry.athlete, NOBODY))[1])
            and (self.category is None or self.category == category_of(state, id))
        )


EVERYBODY: Final = Filters(None, None, None, None, None, None)


async def _filters(
    wave: Annotated[str | None, Query(description="Only this wave.")] = None,
    category: Annotated[str | None, Query(description="Only this category.")] = None,
    club: Annotated[str | None, Query(description="Only runners of this club.")] = None,
    sex: Annotated[Sex | None, Query(description="Only runners of this sex.")] = None,
    role: Annotated[Role | None, Query(description="Only this role.")] = None,
    state: Annotated[EntryState | None, Query(description="Only those still entered, or those withdrawn.")] = None,
) -> Filters:
    return Filters(wave, category, club, sex, role, state)


Narrow = Annotated[Filters, Depends(_filters)]


@router.post(
    "/events/{event_id}/registrations",
    status_code=201,
    response_model=RegistrationDone,
    responses=refuses(
        Invalid,
        BibTaken,
        AlreadyRegistered,
        IdentityDiffers,
        ExternalIdTaken,
        SexDoesNotFit,
        ChipTaken,
        OutOfMeet,
        MeetIsClosed,
    ),
)
@needs("entries:write")
def register(event_id: EventId, body: RegistrationIn, request: Request) -> Response:
    """Finds or makes the athlete. On the road it is in its wave's heat at once, also after the gun."""
    meet, who = admitted(request)
    with services(request).desk.open(meet.id, who.id) as sheet:
        before = waves.numbers(event_of(standing(meet.id, sheet.state), event_id))
        id = registrations.register(sheet, event_id, body.entry())
        shown = _whole(sheet, id, before)
    return created(shown, shown["seq"], f"/v1/registrations/{id}", _representation(shown["category"]))


@router.get(
    "/events/{event_id}/registrations", response_model=Listed[RegistrationFound] | Listed[RegistrationPublicFound]
)
@public_meet()
def list_registrations(
    event_id: EventId,
    meet: Meet,
    page: Page,
    live: OnLive,
    reply: Replying,
    narrow: Narrow,
    q: Typed = None,
) -> Response:
    """By id; with `q` best first: a bib, then names as they may be seen."""
    with live.view(meet.id) as view:
        state, people = standing(meet.id, view.projection.state), view.people
        event = event_of(state, event_id)

        def name(of: RegistrationId) -> str:
            athlete = state.registrations[of].entry.athlete
            return name_for(reply.audience, people.get(athlete, NOBODY), is_young(state, athlete), None)

        def takes(of: RegistrationId) -> bool:
            return narrow.takes(reply.audience, state, people, of)

        rows = found(event.registrations, q, page, takes, lambda one: (state.registrations[one].entry.bib,), name)
        seq = state.touched[event_id]
        return answered(reply, page, seq, rows, lambda one: _item(reply.audience, view, RegistrationId(one)))


@router.get("/registrations/{registration_id}", response_model=RegistrationOut | RegistrationPublic)
@public_meet()
def get_registration(registration_id: RegistrationId, meet: Meet, live: OnLive, reply: Replying) -> Response:
    with live.view(meet.id) as view:
        state = standing(meet.id, view.projection.state)
        registration_of(state, registration_id)
        return reply.at(
            of_registration(state, registration_id),
            lambda: _item(reply.audience, view, registration_id),
            _representation(category_of(state, registration_id)),
        )


@router.patch(
    "/registrations/{registration_id}",
    response_model=RegistrationDone,
    responses=refuses(Invalid, BibTaken, ExternalIdTaken, SexDoesNotFit, MeetIsClosed),
)
@needs("entries:write")
def change_registration(
    registration_id: RegistrationId, body: RegistrationPatch, meet: Meet, who: Who, match: IfMatch, desk: OnDesk
) -> Response:
    """The entry and its athlete's identity in one go. Chips have assignments of their own."""
    with desk.open(meet.id, who.id) as sheet:
        state = standing(meet.id, sheet.state)
        _require(match, state, registration_id)
        before = waves.numbers(state.events[state.registrations[registration_id].entry.event])
        if of_entry := body.of_entry():
            registrations.change(sheet, registration_id, of_entry)
        if of_athlete := body.of_athlete():
            athletes.change(sheet, sheet.state.registrations[registration_id].entry.athlete, of_athlete)
        shown = _whole(sheet, registration_id, before)
    return done(shown, shown["seq"], _representation(shown["category"]))


@router.delete(
    "/registrations/{registration_id}", status_code=204, responses=refuses(Contradicts, ResultsDepend, MeetIsClosed)
)
@needs("entries:write")
def withdraw_registration(
    registration_id: RegistrationId, meet: Meet, who: Who, match: IfMatch, desk: OnDesk
) -> Response:
    """Before the race. Once there is a time or a ruling, a ruling of kind `withdrawn` says it."""
    with desk.open(meet.id, who.id) as sheet:
        _require(match, standing(meet.id, sheet.state), registration_id)
        registrations.withdraw(sheet, registration_id)
    return gone()


def _require(match: IfMatch, state: MeetState, id: RegistrationId) -> None:
    registration_of(state, id)
    require(match, of_registration(state, id), _representation(category_of(state, id)))


def _representation(category: str | None) -> str:
    """The category may follow from the event's rules, which no fact about the entry changes."""
    return f"json {category}"


def _state(state: MeetState, id: RegistrationId) -> EntryState:
    return "withdrawn" if state.registrations[id].withdrawn else "entered"


def _item(audience: Audience, view: View | OpenSheet, id: RegistrationId) -> Item:
    state = view.projection.state
    return registration_item(audience, state, view.people, id) | {"seq": of_registration(state, id)}


def _whole(sheet: OpenSheet, id: RegistrationId, before: Mapping[str | None, int]) -> Item:
    """As it is after what the sheet has recorded, and whether its wave is one more than `before`."""
    sheet.warm.look_up_people(sheet.tx, sheet.meet_id)
    event = sheet.state.events[sheet.state.registrations[id].entry.event]
    return _item("organizer", sheet, id) | {"hint": waves.hint(event, before)}
