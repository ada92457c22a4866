"""Reads, as the hardware posts them."""

from typing import Final, Literal

import msgspec
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from app.api import reads_body
from app.api.auth import bearer, decides_while_storing
from app.api.faults import MalformedBody, TooLarge
from app.api.models import Out
from app.api.problems import refuses
from app.api.route import READS, Router
from app.api.services import Services, services
from app.domain.ids import MeetId
from app.domain.refusals import Invalid, MeetIsClosed, NotFound
from app.domain.units import Instant
from app.operations.access import Admitting, BadToken, NotThisSource, ScopeMissing, Unidentified
from app.operations.ingest import Post, Receipt
from app.store.errors import StorageFull

router = Router("/v1", tag="reads")

EARLIEST: Final = Instant(946_684_800_000_000)
"""2000-01-01. A reader whose clock was never set reports times before; they are kept and flagged."""
AHEAD_US: Final = 86_400_000_000
"""A day: no clock that is set is further ahead of this one."""

HEADERS: Final = {"Cache-Control": "no-store"}

EXAMPLE: Final = {
    "source": "mat-finish",
    "epoch": "1",
    "reads": [
        {"seq": 1, "chip": "C1042", "at": "2026-05-03T15:38:50.010000+02:00", "antenna": 2, "rssi": -47},
        {"seq": 2, "bib": "873", "at": 1777815531200000},
    ],
}


class ReadException(Out):
    """A read that was not simply stored."""

    seq: int
    outcome: Literal["duplicate", "conflict", "stored"]
    code: Literal["already_have", "other_content", "implausible_time"]


class ReadsOut(Out):
    """What became of a post. When this arrives, what it says is on disk."""

    stored: int
    duplicates: int = Field(description="The same reads were stored before: nothing to do.")
    conflicts: int = Field(description="Another read has that identity: both are kept, the first counts.")
    rejected: int = Field(description="Always 0: a post with a read that cannot be understood is refused whole.")
    unknown_chips: int = Field(description="Stored, but the chip or bib names nobody yet.")
    not_on_course: int = Field(description="Stored, but no event has a point at the place of the reader.")
    high_water: int = Field(description="The highest sequence number stored of this source and epoch.")
    exceptions: list[ReadException]


_BODY: Final = {
    "required": True,
    "content": {"application/json": {"schema": reads_body.SCHEMA, "example": EXAMPLE}},
}


@router.post(
    "/meets/{meet_id}/reads",
    response_model=ReadsOut,
    max_body_size=READS,
    openapi_extra={"requestBody": _BODY},
    responses=refuses(
        MalformedBody, Invalid, TooLarge, NotFound, MeetIsClosed, Unidentified, BadToken, ScopeMissing, NotThisSource,
        StorageFull,
    ),
)  # fmt: skip
@decides_while_storing("reads:write")
async def post_reads(meet_id: MeetId, request: Request) -> Response:
    """Up to 10,000 reads or 4 MiB. No read is refused because its chip is unknown, its runner has not started, or it is
    late. 200 means that all of them are on disk."""
    receipt = await store(services(request), meet_id, bearer(request), await request.body())
    return Response(receipt, media_type="application/json", headers=HEADERS)


async def store(known: Services, meet: MeetId, token: str | None, body: bytes) -> bytes:
    """The receipt, when all that the body says is on disk. A `Refusal` where nothing of it is; after a `StoreError` the
    same is to be sent again, whether or not it arrived."""
    source, epoch, reads = reads_body.decode(body)
    post = Post(meet, source, epoch, reads, known.now(), Admitting(token, "reads:write", known.now))
    return _receipt(post, await known.ingest.offer(post))


def _receipt(post: Post, receipt: Receipt) -> bytes:
    exceptions = [
        *({"seq": seq, "outcome": "duplicate", "code": "already_have"} for seq in receipt.duplicates),
        *({"seq": seq, "outcome": "conflict", "code": "other_content"} for seq in receipt.conflicts),
    ]
    if receipt.stored:
        known, latest = {*receipt.duplicates, *receipt.conflicts}, post.received + AHEAD_US
        exceptions += (
            {"seq": read[0], "outcome": "stored", "code": "implausible_time"}
            for read in post.reads
            if not EARLIEST <= read[3] <= latest and read[0] not in known
        )
    return msgspec.json.encode(
        {
            "stored": receipt.stored,
            "duplicates": len(receipt.duplicates),
            "conflicts": len(receipt.conflicts),
            "rejected": 0,
            "unknown_chips": len(receipt.unknown),
            "not_on_course": receipt.not_on_course,
            "high_water": receipt.high_water,
            "exceptions": exceptions,
        }
    )
