"""Where and when the batons of a heat were handed on."""

from functools import partial
from typing import Any, Final

import msgspec
from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Meet, Who, needs
from app.api.done import created
from app.api.looking import Look, Seen
from app.api.page import Page, PageAsked
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.base import Derived
from app.api.schemas.takeovers import TakeoverOut, TakeoversIn, TakeoversOut
from app.api.services import OnDesk
from app.api.touches import of_heat
from app.domain.ids import HeatId, RegistrationId
from app.domain.refusals import Contradicts, Invalid, MeetIsClosed, NotInHeat
from app.live import NotThereYet
from app.operations import takeovers
from app.operations.find import bib_of, heat_of
from app.rules.relays import zone_bounds
from app.rules.rulesets import rules_of
from app.timing.projection import Projection
from app.timing.relays import Handover

router: Final = Router("/v1/heats/{heat_id}/takeovers", tag="timing")

Items = list[dict[str, Any]]


@router.post(
    "",
    status_code=201,
    response_model=TakeoversOut,
    responses=refuses(Invalid, NotInHeat, Contradicts, MeetIsClosed),
)
@needs("timing:write")
def read_takeovers(heat_id: HeatId, body: TakeoversIn, meet: Meet, who: Who, desk: OnDesk) -> Response:
    """Takeovers of a relay by photo or by watch, in any order. They go before what mats at the zones saw."""
    with desk.open(meet.id, who.id) as sheet:
        seq = takeovers.read_takeovers(sheet, heat_id, body.method, body.listed())
    shown = TakeoversOut(heat_id=heat_id, takeovers=len(body.takeovers), seq=seq)
    return created(shown, seq, f"/v1/heats/{heat_id}/takeovers")


@router.get("", response_model=Derived[TakeoverOut], responses=refuses(NotThereYet))
@needs("meets:read")
def list_takeovers(heat_id: HeatId, meet: Meet, look: Look, page: Page, reply: Replying) -> Response:
    """Those that count, team by team in order of the results, with the zone that the ruleset gives each (R78)."""
    with look.at(meet.id, partial(of_heat, id=heat_id), partial(_of_heat, id=heat_id), page) as seen:
        return reply.at(seen.mark, lambda: _page(seen, page))


def _of_heat(now: Projection, id: HeatId) -> Items:
    heat = heat_of(now.state, id)
    runs = now.team_runs(heat.event, heat.round)
    found = ((row.registration, runs.get((id, row.registration))) for row in now.heat_results(id))
    return [_item(now, id, team, one) for team, run in found if run for one in run.handovers]


def _item(now: Projection, heat: HeatId, team: RegistrationId, one: Handover) -> dict[str, Any]:
    state = now.state
    spec = state.events[state.heats[heat].event].spec
    zones = rules_of(state.spec, spec).relays.zones
    begins, ends = zone_bounds(spec.legs, one.leg, zones)
    return {
        "bib": bib_of(state, team),
        "registration_id": team,
        "leg": one.leg,
        "elapsed_us": one.elapsed_us,
        "method": one.method,
        "zone_begins_m": begins,
        "zone_ends_m": ends,
        "because": list(one.because),
    }


def _page(seen: Seen[Items], page: PageAsked) -> bytes:
    start, stop, more = page.slice(len(seen.value), seen.seq)
    return msgspec.json.encode({"items": seen.value[start:stop], "next_cursor": more, "seq": seen.seq})
