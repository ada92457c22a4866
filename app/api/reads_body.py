"""The native body of posted reads: JSON bytes to rows, checked, in one pass of msgspec.

Times are RFC 3339 with an offset or integers of microseconds since 1970 UTC. Ten thousand reads decode in some 6 ms,
where a model per read would take 40: this is the one request body that Pydantic does not see.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final

import msgspec

from app.api import meanings
from app.api.faults import MalformedBody, TooLarge, escaped
from app.api.instants import AN_INSTANT
from app.api.models import say_one_line
from app.domain.refusals import Invalid
from app.domain.units import LATEST, instant
from app.store import OfferedRead

MOST_READS: Final = 10_000
_LARGEST: Final = 2**53 - 1
_PATH: Final = re.compile(r"^(?P<problem>.*?)(?: - at `\$(?P<path>[^`]*)`)?$", re.S)
_PERHAPS_TOO_FINE: Final = re.compile(rb"\.[0-9]{7}")
_TOO_FINE: Final = re.compile(rb'"[-0-9Tt: ]+\.[0-9]{7}')
_STEP: Final = re.compile(r"\.([^.\[]+)|\[(\d+)\]")

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Micros = Annotated[int, msgspec.Meta(ge=0, le=LATEST)]
Number = Annotated[int, msgspec.Meta(ge=-(2**31), le=2**31 - 1)]


class ReadIn(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    seq: Annotated[int, msgspec.Meta(ge=0, le=_LARGEST)]
    at: Micros | Annotated[datetime, msgspec.Meta(tz=True)]
    chip: Text | None = None
    bib: Text | None = None
    place: Text | None = None
    antenna: Number | None = None
    rssi: Number | None = None
    kind: Text | None = None


class ReadsIn(msgspec.Struct, forbid_unknown_fields=True):
    source: Text
    epoch: Text
    reads: list[ReadIn]


FORMS: Final[Mapping[str, str]] = {
    "source": "a source is text of 1 to 200 characters, in quotes",
    "epoch": "an epoch is text of 1 to 200 characters, in quotes",
    "reads": "reads is a list of reads, in brackets",
    "seq": f"a seq is a whole number from 0 to {_LARGEST:,}, without quotes",
    "at": f"a time is text with an offset, like {AN_INSTANT}, or a whole number of microseconds since 1970",
    "chip": "a chip is text of 1 to 200 characters: put it in quotes",
    "bib": "a bib is text of 1 to 200 characters: put it in quotes",
    "place": "a place is text of 1 to 200 characters, in quotes",
    "antenna": "an antenna is a whole number of 32 bits, without quotes",
    "rssi": "an rssi is a whole number of 32 bits, without quotes",
    "kind": "a kind is text of 1 to 200 characters, in quotes",
}
"""How each field is written."""
A_POST: Final = "a post has source, epoch, reads"
A_READ: Final = "a read has seq, at, chip or bib, place, antenna, rssi, kind"

_decoder: Final = msgspec.json.Decoder(ReadsIn)


def _schema() -> dict[str, Any]:
    """The JSON Schema of the body, for the API document."""
    _, parts = msgspec.json.schema_components([ReadsIn], ref_template="#/{name}")
    read: dict[str, Any] = parts["ReadIn"]
    body: dict[str, Any] = parts["ReadsIn"]
    read["oneOf"] = [_names("chip", "bib"), _names("bib", "chip")]
    for field in (*read["properties"].values(), *body["properties"].values()):
        say_one_line(field)
    for schema in (body, read):
        meanings.give(schema, meanings.POSTED)
    body["properties"]["reads"] |= {"items": read, "maxItems": MOST_READS}
    return body


def _names(one: str, other: str) -> dict[str, Any]:
    return {"required": [one], "properties": {one: {"type": "string"}, other: {"type": "null"}}}


SCHEMA: Final = _schema()


def decode(body: bytes) -> tuple[str, str, list[OfferedRead]]:
    """(source, epoch, rows); `Invalid` names the field at fault by its JSON pointer. All reads are good or none is."""
    try:
        posted = _decoder.decode(body)
    except msgspec.ValidationError as error:
        raise _invalid(str(error)) from None
    except msgspec.DecodeError as error:
        raise MalformedBody(str(error)) from None
    if "/" in posted.source:
        raise Invalid("/source", "slash", "a source is named in paths: write its name without a slash, as mat-finish")
    if len(posted.reads) > MOST_READS:
        raise TooLarge(f"{MOST_READS:,} reads or 4 MiB")
    if b"\\" in body:
        _check_texts(posted)
    if _PERHAPS_TOO_FINE.search(body):
        _refuse_too_fine(body)
    return posted.source, posted.epoch, [_row(index, read) for index, read in enumerate(posted.reads)]


def _check_texts(posted: ReadsIn) -> None:
    """JSON can only write a control character with a backslash, so most bodies need not be looked through."""
    texts = [("/source", posted.source), ("/epoch", posted.epoch)]
    for index, read in enumerate(posted.reads):
        texts += [(f"/reads/{index}/{name}", getattr(read, name) or "") for name in ("chip", "bib", "place", "kind")]
    for pointer, text in texts:
        if any(char < " " or char == "\x7f" for char in text):
            raise Invalid(pointer, "control_character", "text is one line without control characters")


def _refuse_too_fine(body: bytes) -> None:
    """The decoder would round the seventh digit, perhaps into the next microsecond."""
    for index, read in enumerate(msgspec.json.decode(body)["reads"]):
        if isinstance(read["at"], str) and _TOO_FINE.search(b'"%b' % read["at"].encode()):
            raise Invalid(f"/reads/{index}/at", "too_precise", "an instant has at most six decimals")


def _row(index: int, read: ReadIn) -> OfferedRead:
    if (read.chip is None) == (read.bib is None):
        raise Invalid(f"/reads/{index}", "chip_or_bib", "a read names a chip or a bib, and not both")
    at = read.at if isinstance(read.at, int) else _micros(index, read.at)
    return (read.seq, read.chip, read.bib, at, read.place, read.antenna, read.rssi, read.kind, None)


def _micros(index: int, at: datetime) -> int:
    micros = instant(at)
    if micros < 0:
        raise Invalid(f"/reads/{index}/at", "before_1970", "a time before 1970 cannot have come from a reader")
    return micros


def _invalid(message: str) -> Invalid:
    found = _PATH.match(message)
    problem, path = (found["problem"], found["path"] or "") if found else (message, "")
    steps = [name or number for name, number in _STEP.findall(path)]
    whole = A_READ if steps else A_POST
    pointer = "".join(f"/{step}" for step in steps)
    if "unknown field" in problem:
        name = _named(problem)
        return Invalid(f"{pointer}/{escaped(name)}", "unknown_field", f"there is no field {name!r} here: {whole}")
    if "missing required" in problem:
        name = _named(problem)
        return Invalid(f"{pointer}/{name}", "missing", f"the field {name!r} is missing: {FORMS[name]}")
    return Invalid(pointer, "invalid", FORMS.get(steps[-1], A_READ) if steps else A_POST)


def _named(problem: str) -> str:
    return problem.split("`")[1]
