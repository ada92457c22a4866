"""Jobs: how far a long document is, and its bytes once it is done."""

import re
from itertools import takewhile
from typing import Annotated, Final

from fastapi import Depends, Header
from starlette.responses import Response

from app.api.answers import JSON, Replying, encode
from app.api.auth import Asked, Meet, public_meet
from app.api.looking import LookNow
from app.api.problems import refuses
from app.api.route import Router
from app.api.schemas.jobs import JobOut
from app.api.schemas.sheets import EXAMPLES
from app.api.services import OnPress
from app.domain.facts import AthleteDescribed, AthleteErased, DesignChosen, RecordsListed, Undone
from app.domain.ids import JobId
from app.domain.refusals import NotFound
from app.live import View
from app.operations.access import Audience
from app.operations.press import DocumentTooLarge, NotDrawnNow, Press
from app.store.jobs import JobRow

router: Final = Router("/v1", tag="sheets")

LONGEST_S: Final = 30
"""How long a client may wait for a document."""
POLL_S: Final = 1
"""When to ask for the job again."""
_WAIT: Final = re.compile(r"(?:^|,)\s*wait\s*=\s*\"?(\d{1,9})\"?\s*(?:[,;]|$)", re.I | re.ASCII)


def wait_of(prefer: str) -> int:
    """Seconds of `wait=` among the preferences (RFC 7240, 4.3), at most `LONGEST_S`; 0 without it.

    >>> wait_of("respond-async, wait=10"), wait_of("handling=lenient"), wait_of("Wait=600")
    (10, 0, 30)
    """
    found = _WAIT.search(prefer)
    return min(int(found[1]), LONGEST_S) if found else 0


async def _waiting(
    prefer: Annotated[
        str,
        Header(
            description=f"`wait=N`: how many seconds to wait for a long document, {LONGEST_S} at most (RFC 7240).",
            examples=["wait=10"],
        ),
    ] = "",
) -> int:
    return wait_of(prefer)


Waiting = Annotated[int, Depends(_waiting)]


def accepted(row: JobRow) -> Response:
    """It is drawn beside the request: where to ask how far it is."""
    headers = {"Location": f"/v1/jobs/{row.id}", "Retry-After": str(POLL_S)}
    return Response(encode(JobOut.of(row)), 202, headers, JSON)


ACCEPTED: Final = {
    202: {
        "model": JobOut,
        "description": "A long document, which is being drawn",
        "headers": {"Location": {"description": "The job.", "schema": {"type": "string"}}},
    },
    **refuses(NotDrawnNow, DocumentTooLarge),
}


@router.get("/jobs/{job_id}", response_model=JobOut)
@public_meet()
def get_job(job_id: JobId, meet: Meet, asked: Asked, press: OnPress) -> Response:
    """How far it is. Once it is done, `document` and the header `Location` lead to it. Jobs are kept for an hour."""
    job = JobOut.of(_seen(press, job_id, asked.audience))
    return Response(encode(job), 200, {"Location": job.document} if job.document else None, JSON)


@router.get("/jobs/{job_id}/document", response_class=Response, responses={200: {"content": EXAMPLES}, 303: {}})
@public_meet()
def get_job_document(
    job_id: JobId, meet: Meet, asked: Asked, press: OnPress, look: LookNow, reply: Replying
) -> Response:
    """The document as it was drawn, whatever was timed since. Where it is not at hand any more, or somebody is called
    otherwise now, on to the address of the sheet."""
    document = _seen(press, job_id, asked.audience).document
    with look.now(meet.id) as view:
        renamed = _renamed(view, document.seq)
    made = None if renamed else reply.under(document.sheet).ready(document.tag, document.media)
    return made or Response(status_code=303, headers={"Location": document.sheet})


def _seen(press: Press, id: JobId, audience: Audience) -> JobRow:
    """What an organizer's sheet says, its name too, is not for the public."""
    row = press.job(id)
    if row is None or (row.document.audience == "organizer" and audience == "public"):
        raise NotFound("job", id)
    return row


def _renamed(view: View, since: int) -> bool:
    """Whether anybody may have been corrected or erased: what was drawn before must not be given out.

    Runners, the officials who sign, and whose the records are.
    """
    kinds = AthleteDescribed, AthleteErased, DesignChosen, RecordsListed, Undone
    later = takewhile(lambda one: one.seq > since, reversed(view.projection.state.log))
    return any(isinstance(one.fact, kinds) for one in later)
