"""What the sheets of a meet look like."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from fastapi import Depends
from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Who, needs, public_meet
from app.api.conditional import IfMatch
from app.api.done import done, gone, require
from app.api.faults import TooLarge, UnsupportedMediaType
from app.api.looking import Mark
from app.api.meets import standing
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.design import DesignIn, DesignOut
from app.api.services import Db, OnDesk, OnLive
from app.api.uploads import Upload, described, upload
from app.domain.design import Paper
from app.domain.fold import DESIGN
from app.domain.ids import MeetId, TextId
from app.domain.refusals import Invalid, MeetIsClosed, NotFound
from app.domain.state import MeetState
from app.operations import designs
from app.operations.desk import OpenSheet
from app.sheets.pdf.logo import EXAMPLE, MOST_BYTES, PNG, SVG, media_of
from app.sheets.sheet import Look
from app.store import Database

router: Final = Router("/v1", tag="sheets")

_IMAGES: Final[dict[str, Any]] = {
    PNG: {"schema": {"type": "string", "format": "binary"}},
    SVG: {"schema": {"type": "string"}, "example": EXAMPLE},
}
_SHOWN: Final[dict[int | str, dict[str, Any]]] = {200: {"description": "The logo as it was given", "content": _IMAGES}}
_INERT: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""Of an SVG that is opened by itself."""


@router.get("/meets/{meet_id}/design", response_model=DesignOut)
@public_meet()
def get_design(meet_id: MeetId, live: OnLive, db: Db, reply: Replying) -> Response:
    """Colours, paper, logo and addresses of the sheets, and who signs them; as they come where nobody chose any."""
    with live.view(meet_id) as view:
        state = standing(meet_id, view.projection.state)
        seq = _seq(state)
        return reply.at(seq, lambda: DesignOut.of(state.design, _texts(db, meet_id, state), seq), "design")


@router.put("/meets/{meet_id}/design", response_model=DesignOut, responses=refuses(Invalid, MeetIsClosed))
@needs("meets:write")
def put_design(meet_id: MeetId, body: DesignIn, who: Who, match: IfMatch, desk: OnDesk) -> Response:
    """All but the logo, anew. Every sheet of the meet is written so from now on."""
    with desk.open(meet_id, who.id) as sheet:
        if standing(meet_id, sheet.state).design is not None:
            require(match, _seq(sheet.state), "design")
        designs.choose(sheet, body.design(), body.signing())
        return _done(sheet)


@router.delete("/meets/{meet_id}/design", status_code=204, responses=refuses(MeetIsClosed))
@needs("meets:write")
def drop_design(meet_id: MeetId, who: Who, match: IfMatch, desk: OnDesk) -> Response:
    """Sheets look as they come, without a logo and names of officials."""
    with desk.open(meet_id, who.id) as sheet:
        if standing(meet_id, sheet.state).design is not None:
            require(match, _seq(sheet.state), "design")
        designs.drop(sheet)
    return gone()


@router.get("/meets/{meet_id}/design/logo", response_class=Response, responses=_SHOWN | refuses(NotFound))
@public_meet()
def get_logo(meet_id: MeetId, live: OnLive, db: Db, reply: Replying) -> Response:
    with live.view(meet_id) as view:
        state = standing(meet_id, view.projection.state)
        data = _logo(db, meet_id, state)
        if data is None:
            raise NotFound("logo of meet", meet_id)
        answer = reply.at(_seq(state), lambda: data, "logo", media=media_of(data))
    answer.headers["Content-Security-Policy"] = _INERT
    return answer


@router.put(
    "/meets/{meet_id}/design/logo",
    response_model=DesignOut,
    max_body_size=MOST_BYTES,
    openapi_extra=described({PNG: None, SVG: EXAMPLE}),
    responses=refuses(Invalid, MeetIsClosed, TooLarge, UnsupportedMediaType),
)
@needs("meets:write")
def put_logo(
    meet_id: MeetId,
    file: Annotated[Upload, Depends(upload(PNG, SVG))],
    who: Who,
    match: IfMatch,
    desk: OnDesk,
) -> Response:
    """A PNG, or an SVG of shapes in plain colours. Sheets have it in their heads; the design is otherwise as it was."""
    with desk.open(meet_id, who.id) as sheet:
        state = standing(meet_id, sheet.state)
        if state.design is not None and state.design.logo is not None:
            require(match, _seq(state), "logo")
        if media_of(file.data) != file.media:
            raise Invalid("/logo", "not_a_logo", f"the body says that it is {file.media}, and is none")
        designs.choose_logo(sheet, file.data)
        return _done(sheet)


@router.delete("/meets/{meet_id}/design/logo", status_code=204, responses=refuses(NotFound, MeetIsClosed))
@needs("meets:write")
def drop_logo(meet_id: MeetId, who: Who, match: IfMatch, desk: OnDesk) -> Response:
    with desk.open(meet_id, who.id) as sheet:
        state = standing(meet_id, sheet.state)
        if state.design is not None and state.design.logo is not None:
            require(match, _seq(state), "logo")
        designs.drop_logo(sheet)
    return gone()


def with_design(mark: Mark) -> Mark:
    """A sheet is another one when its meet looks otherwise."""
    return lambda now: max(mark(now), _seq(now.state))


def designed(meet: MeetId, state: MeetState, texts: Mapping[TextId, str], paper: Paper | None) -> dict[str, Any]:
    """What `Printed` has to know of it. `paper`: asked for with this one sheet."""
    chosen = state.design or designs.AS_IT_COMES
    logo = designs.logo_of(texts.get(chosen.logo, "")) if chosen.logo else None
    return {
        "look": Look(chosen.colour, chosen.accent, logo, paper or chosen.paper),
        "site": designs.address_of(chosen.meet_address, meet),
        "event_site": designs.address_of(chosen.event_address, meet),
        "officials": designs.officials_of(chosen, texts),
    }


def _done(sheet: OpenSheet) -> Response:
    seq, design = _seq(sheet.state), sheet.state.design
    texts = sheet.tx.texts.many(sheet.meet_id, designs.texts_of(design))
    return done(DesignOut.of(design, texts, seq), seq, "design")


def _seq(state: MeetState) -> int:
    return state.touched.get(DESIGN, 0)


def _logo(db: Database, meet: MeetId, state: MeetState) -> bytes | None:
    id = state.design.logo if state.design else None
    return None if id is None else designs.logo_of(_texts(db, meet, state).get(id, ""))


def _texts(db: Database, meet: MeetId, state: MeetState) -> Mapping[TextId, str]:
    with db.read() as tx:
        return tx.texts.many(meet, designs.texts_of(state.design))
