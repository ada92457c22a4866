"""Rulesets: the tables of the rule books, and those that hold for an event."""

from typing import Annotated, Final

from fastapi import Path, Query
from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Meet, anyone, public_meet
from app.api.conditional import etag_of
from app.api.meets import standing
from app.api.page import Page
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.base import Listed
from app.api.schemas.rulesets import RulesetItem, RulesetOut, RulesOut
from app.api.services import OnLive
from app.domain.ids import EventId
from app.domain.refusals import NotFound
from app.operations.find import event_of, spec_of
from app.rules.rulesets import NAMES, RULESETS, newest

router: Final = Router("/v1", tag="rules")


@router.get("/rulesets", response_model=Listed[RulesetItem])
@anyone()
def list_rulesets(page: Page, reply: Replying) -> Response:
    """By name, each in its newest version."""
    shown, more = page.cut([name for name in NAMES if name > (page.id or "")], str)
    items = [RulesetItem.of(newest(name)) for name in shown]
    return reply.tagged(etag_of(*shown, more), lambda: Listed(items=items, next_cursor=more))


@router.get("/rulesets/{name}", response_model=RulesetOut, responses=refuses(NotFound))
@anyone()
def get_ruleset(
    name: Annotated[str, Path(examples=["road"])],
    reply: Replying,
    version: Annotated[str | None, Query(description="Default: the newest one.", examples=["2026.1"])] = None,
) -> Response:
    """All of its tables, and which of them could not be checked against the rule book."""
    if name not in NAMES:
        raise NotFound("ruleset", name, known=NAMES)
    one = newest(name) if version is None else RULESETS.get((name, version))
    if one is None:
        raise NotFound("version", version or "", known=tuple(v for held, v in RULESETS if held == name))
    return reply.tagged(etag_of(name, one.ruleset.version), lambda: RulesetOut.of(one))


@router.get("/events/{event_id}/rules", response_model=RulesOut)
@public_meet()
def get_event_rules(event_id: EventId, meet: Meet, live: OnLive, reply: Replying) -> Response:
    """The tables that hold for the event, and whose word each one is that its ruleset does not say."""
    with live.view(meet.id) as view:
        state = standing(meet.id, view.projection.state)
        spec, seq = event_of(state, event_id).spec, state.touched[event_id]
        return reply.at(seq, lambda: RulesOut.of(event_id, spec_of(state), spec, seq), representation="rules")
