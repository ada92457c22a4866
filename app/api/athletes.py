"""Athletes of a meet."""

from typing import Annotated, Final

from fastapi import Query
from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Meet, Who, needs, public_meet
from app.api.conditional import IfMatch
from app.api.done import created, done, gone, require
from app.api.meets import standing
from app.api.page import Page
from app.api.positions import of_athlete
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.athletes import (
    AthleteFound,
    AthleteIn,
    AthleteOut,
    AthletePatch,
    AthletePublic,
    AthletePublicFound,
)
from app.api.schemas.base import Listed
from app.api.schemas.chips import bibs_of
from app.api.search import Typed, answered, found
from app.api.services import OnDesk, OnLive
from app.domain.ids import AthleteId, MeetId
from app.domain.refusals import ExternalIdTaken, Invalid, MeetIsClosed, SexDoesNotFit
from app.live import View
from app.operations import athletes
from app.operations.access import Audience
from app.operations.desk import OpenSheet
from app.operations.find import athlete_of
from app.operations.people import Identity
from app.views.athletes import athlete_item
from app.views.audience import Item
from app.views.names import NOBODY, is_young, name_for, origin_for

router: Final = Router("/v1", tag="athletes")


@router.post(
    "/meets/{meet_id}/athletes",
    status_code=201,
    response_model=AthleteOut,
    responses=refuses(Invalid, ExternalIdTaken, MeetIsClosed),
)
@needs("entries:write")
def create_athlete(meet_id: MeetId, body: AthleteIn, who: Who, desk: OnDesk) -> Response:
    """Somebody without an entry yet: a runner of a relay, an entry to come."""
    with desk.open(meet_id, who.id) as sheet:
        id = athletes.create(sheet, Identity(**body.changes()))
        return created(_whole(sheet, id), of_athlete(sheet.state, id), f"/v1/athletes/{id}")


@router.get("/meets/{meet_id}/athletes", response_model=Listed[AthleteFound] | Listed[AthletePublicFound])
@public_meet()
def list_athletes(
    meet_id: MeetId,
    page: Page,
    live: OnLive,
    reply: Replying,
    q: Typed = None,
    club: Annotated[str | None, Query(description="Only athletes of this club.")] = None,
    nation: Annotated[str | None, Query(description="Only athletes of this nation.")] = None,
) -> Response:
    """By id; with `q` best first: a bib, then names as they may be seen."""
    with live.view(meet_id) as view:
        state, people = standing(meet_id, view.projection.state), view.people

        def wanted(id: AthleteId) -> bool:
            if nation is None and club is None:
                return True
            origin = origin_for(reply.audience, people.get(id, NOBODY))
            return nation in (None, origin[0]) and club in (None, origin[1])

        def name(id: AthleteId) -> str:
            return name_for(reply.audience, people.get(id, NOBODY), is_young(state, id), None)

        rows = found(state.athletes, q, page, wanted, lambda one: bibs_of(state, one), name)
        return answered(reply, page, state.head, rows, lambda one: _item(reply.audience, view, AthleteId(one)))


@router.get("/athletes/{athlete_id}", response_model=AthleteOut | AthletePublic)
@public_meet()
def get_athlete(athlete_id: AthleteId, meet: Meet, live: OnLive, reply: Replying) -> Response:
    """What the public sees of a name is the athlete's own choice; under 16 initials, unless that was recorded."""
    with live.view(meet.id) as view:
        state = standing(meet.id, view.projection.state)
        athlete_of(state, athlete_id)
        return reply.at(of_athlete(state, athlete_id), lambda: _item(reply.audience, view, athlete_id))


@router.patch(
    "/athletes/{athlete_id}",
    response_model=AthleteOut,
    responses=refuses(Invalid, ExternalIdTaken, SexDoesNotFit, MeetIsClosed),
)
@needs("entries:write")
def change_athlete(
    athlete_id: AthleteId, body: AthletePatch, meet: Meet, who: Who, match: IfMatch, desk: OnDesk
) -> Response:
    """Correct the identity, in all events at once. Ages in the log follow the birth date."""
    with desk.open(meet.id, who.id) as sheet:
        athlete_of(standing(meet.id, sheet.state), athlete_id)
        require(match, of_athlete(sheet.state, athlete_id))
        athletes.change(sheet, athlete_id, body.changes())
        return done(_whole(sheet, athlete_id), of_athlete(sheet.state, athlete_id))


@router.delete("/athletes/{athlete_id}", status_code=204)
@needs("entries:write")
def erase_athlete(athlete_id: AthleteId, meet: Meet, who: Who, match: IfMatch, desk: OnDesk) -> Response:
    """Names, birth date and all other identity go for good, and the reasons of rulings on the athlete; bibs, places and
    times stay. In a closed meet too, and in a withdrawn one: there `If-Match: *`, as nothing shows an ETag."""
    with desk.open(meet.id, who.id) as sheet:
        athlete_of(sheet.state, athlete_id)
        require(match, of_athlete(sheet.state, athlete_id))
        athletes.erase(sheet, athlete_id)
    return gone()


def _item(audience: Audience, view: View | OpenSheet, id: AthleteId) -> Item:
    state = view.projection.state
    return athlete_item(audience, state, view.people, id) | {"seq": of_athlete(state, id)}


def _whole(sheet: OpenSheet, id: AthleteId) -> Item:
    """As it is after what the sheet has recorded."""
    sheet.warm.look_up_people(sheet.tx, sheet.meet_id)
    return _item("organizer", sheet, id)
