"""Fixing who goes on from a round, and who that is."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

import msgspec
from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Meet, Who, needs, public_meet
from app.api.done import done
from app.api.looking import Look, Seen
from app.api.meets import standing
from app.api.page import Page, PageAsked
from app.api.problems import refuses
from app.api.rounds import RoundName
from app.api.route import Router
from app.api.schemas.base import Derived
from app.api.schemas.qualifiers import AdvancedOut, FixedOut, QualifierOut
from app.api.schemas.starts import NothingIn
from app.api.services import OnDesk
from app.api.touches import of_round
from app.domain.facts import Qualifier
from app.domain.ids import AthleteId, EventId
from app.domain.meet import Person
from app.domain.refusals import Contradicts, MeetIsClosed, ResultsDepend, Undecided
from app.domain.state import MeetState
from app.live import NotThereYet
from app.operations import advance
from app.operations.access import Audience
from app.timing.projection import Projection
from app.views.names import NOBODY, is_young, name_for, origin_for

router: Final = Router("/v1/events/{event_id}/rounds/{round}", tag="rounds and heats")


@router.post(
    "/advance",
    response_model=AdvancedOut,
    responses=refuses(Undecided, Contradicts, ResultsDepend, MeetIsClosed),
)
@needs("results:write")
def advance_round(
    event_id: EventId, round: RoundName, meet: Meet, who: Who, desk: OnDesk, body: NothingIn | None = None
) -> Response:
    """Fix the qualifiers as the results stand now. Refused while somebody is `undecided` or without a result."""
    with desk.open(meet.id, who.id) as sheet:
        standing(meet.id, sheet.state)
        fixed = advance.fix_qualifiers(sheet, event_id, round)
        seq = sheet.state.touched[event_id]
        qualifiers = [FixedOut.of(sheet.state, one) for one in fixed.qualifiers]
    return done(AdvancedOut(event_id=event_id, round=round, qualifiers=qualifiers, seq=seq), seq)


@router.get("/qualifiers", response_model=Derived[QualifierOut], responses=refuses(NotThereYet))
@public_meet()
def list_qualifiers(
    event_id: EventId, round: RoundName, meet: Meet, look: Look, page: Page, reply: Replying
) -> Response:
    """As they were fixed; empty until then. `qualification` in the results says who would go on now."""
    mark = partial(of_round, event=event_id, round=round)
    with look.at(meet.id, mark, partial(_fixed, event=event_id, round=round), page) as seen:
        return reply.at(seen.mark, lambda: _page(reply.audience, seen, page))


def _fixed(now: Projection, event: EventId, round: str) -> Sequence[Qualifier]:
    fixed = now.state.events[event].qualifiers.get(round)
    return fixed.qualifiers if fixed else ()


def _page(audience: Audience, seen: Seen[Sequence[Qualifier]], page: PageAsked) -> bytes:
    start, stop, more = page.slice(len(seen.value), seen.seq)
    items = [_item(audience, seen.state, seen.people, one) for one in seen.value[start:stop]]
    return msgspec.json.encode({"items": items, "next_cursor": more, "seq": seen.seq})


def _item(audience: Audience, state: MeetState, people: Mapping[AthleteId, Person], one: Qualifier) -> dict[str, Any]:
    entry = state.registrations[one.registration].entry
    person = people.get(entry.athlete, NOBODY)
    nation, club = origin_for(audience, person)
    name = name_for(audience, person, is_young(state, entry.athlete), entry.bib)
    return {
        "bib": entry.bib,
        "name": name,
        "nation": nation,
        "club": club,
        "how": one.how,
        "registration_id": one.registration,
    }
