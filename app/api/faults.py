"""What the edge itself refuses, before or beside anything that the sport knows about."""

from dataclasses import dataclass, field
from typing import ClassVar

from app.domain.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a request. `pointer` is a JSON pointer into the body; `parameter` names anything else."""

    code: str
    message: str
    pointer: str | None = None
    parameter: str | None = None


def escaped(step: str) -> str:
    """One step of a JSON pointer (RFC 6901)."""
    return step.replace("~", "~0").replace("/", "~1")


@dataclass(eq=False)
class MalformedBody(Refusal):
    title: ClassVar[str] = "The body is not JSON"
    reason: str

    @property
    def detail(self) -> str:
        return f"the body cannot be read as JSON: {self.reason}"


@dataclass(eq=False)
class InvalidRequest(Refusal):
    """Fields or parameters of the wrong shape, all of them at once."""

    title: ClassVar[str] = "The request is not valid"
    faults: tuple[Fault, ...]

    @property
    def detail(self) -> str:
        first, more = self.faults[0], len(self.faults) - 1
        where = first.pointer or first.parameter or "the body"
        return f"{where}: {first.message}" + (f" (and {more} more)" if more else "")


@dataclass(eq=False)
class UnknownParameter(Refusal):
    """A misspelled filter must not answer with everything."""

    title: ClassVar[str] = "Unknown query parameter"
    names: tuple[str, ...]
    known: tuple[str, ...] = field(default=())

    @property
    def detail(self) -> str:
        known = f"it knows {', '.join(self.known)}" if self.known else "it takes none"
        return f"this address does not take {', '.join(map(repr, self.names))}: {known}"


@dataclass(eq=False)
class RepeatedParameter(Refusal):
    title: ClassVar[str] = "A query parameter was given twice"
    names: tuple[str, ...]

    @property
    def detail(self) -> str:
        return f"given more than once: {', '.join(self.names)}; send each of them once"


@dataclass(eq=False)
class BadCursor(Refusal):
    title: ClassVar[str] = "The cursor does not belong to this list"

    @property
    def detail(self) -> str:
        return "send next_cursor of the page before, unchanged and with the same filters, or start without a cursor"


@dataclass(eq=False)
class UnsupportedMediaType(Refusal):
    title: ClassVar[str] = "The body is of a type that is not read here"
    given: str
    wanted: str

    @property
    def detail(self) -> str:
        return f"the body has to be {self.wanted}, and its Content-Type says {self.given or 'nothing'}"


@dataclass(eq=False)
class NotAcceptable(Refusal):
    """A format or a language that nothing is written in."""

    title: ClassVar[str] = "It is not made in that form"
    what: str
    given: str
    offered: tuple[str, ...]

    @property
    def detail(self) -> str:
        return f"there is no {self.what} {self.given!r}: the {self.what}s are {', '.join(map(repr, self.offered))}"


@dataclass(eq=False)
class OfAnother(NotAcceptable):
    """A file for other programs that is made of another noun: LIF of a heat, asked of an event."""

    homes: tuple[str, ...]

    @property
    def code(self) -> str:
        return "not_acceptable"

    @property
    def detail(self) -> str:
        return (
            f"{self.what} {self.given!r} is found at {' and '.join(self.homes)}: "
            f"the {self.what}s here are {', '.join(map(repr, self.offered))}"
        )


@dataclass(eq=False)
class EncodedBody(UnsupportedMediaType):
    """A reader's box that compresses is told so, not that its JSON is broken."""

    @property
    def detail(self) -> str:
        return f"the body is compressed (Content-Encoding: {self.given}): send it as it is, {self.wanted}"


@dataclass(eq=False)
class MatchRequired(Refusal):
    """Two officials must not overwrite each other unseen."""

    title: ClassVar[str] = "If-Match is required"

    @property
    def detail(self) -> str:
        return (
            "changing something that exists needs If-Match with the ETag of what you saw: fetch it first "
            "(`If-Match: *` accepts whatever is there)"
        )


@dataclass(eq=False)
class Stale(Refusal):
    title: ClassVar[str] = "It has changed since you fetched it"
    now: str

    @property
    def detail(self) -> str:
        return f"the ETag is {self.now} now: fetch it again, look at what changed, and send it with that one"


@dataclass(eq=False)
class KeyReused(Refusal):
    title: ClassVar[str] = "The Idempotency-Key was used for another request"

    @property
    def detail(self) -> str:
        return "that key came before with another address or body: use a new key for a new request"


@dataclass(eq=False)
class KeyInUse(Refusal):
    title: ClassVar[str] = "The first request with this Idempotency-Key is still running"

    @property
    def detail(self) -> str:
        return "wait for its answer, or send this again a little later"


@dataclass(eq=False)
class AnswerLost(Refusal):
    title: ClassVar[str] = "Done before, but the answer was lost"

    @property
    def detail(self) -> str:
        return (
            "the first request with this Idempotency-Key was carried out and its answer was not kept: list what exists"
        )


@dataclass(eq=False)
class InvalidKey(Refusal):
    title: ClassVar[str] = "The Idempotency-Key cannot be used"

    @property
    def detail(self) -> str:
        return "an Idempotency-Key is 1 to 200 visible ASCII characters"


@dataclass(eq=False)
class NoSuchAddress(Refusal):
    title: ClassVar[str] = "No such address"
    path: str

    @property
    def detail(self) -> str:
        return f"nothing is served at {self.path}: /docs lists every address"


@dataclass(eq=False)
class MethodNotAllowed(Refusal):
    title: ClassVar[str] = "The method is not allowed here"
    method: str
    allowed: str

    @property
    def detail(self) -> str:
        return f"{self.method} is not possible here, {self.allowed} is"


@dataclass(eq=False)
class TooLarge(Refusal):
    title: ClassVar[str] = "The body is too large"
    most: str

    @property
    def detail(self) -> str:
        return f"at most {self.most} are taken at once, and nothing of this was stored: send it in smaller parts"


@dataclass(eq=False)
class TooSlow(Refusal):
    title: ClassVar[str] = "The request came too slowly"

    @property
    def detail(self) -> str:
        return "the request did not arrive in time; nothing of it was stored: send it again"


@dataclass(eq=False)
class HeadersTooLarge(Refusal):
    title: ClassVar[str] = "The headers are too large"

    @property
    def detail(self) -> str:
        return "the headers of a request have to stay below 64 KiB"


@dataclass(eq=False)
class BadRequest(Refusal):
    title: ClassVar[str] = "The request cannot be understood"
    reason: str

    @property
    def detail(self) -> str:
        return self.reason


@dataclass(eq=False)
class Unexpected(Refusal):
    """A mistake of ours."""

    title: ClassVar[str] = "Something went wrong on the server"
    request_id: str

    @property
    def detail(self) -> str:
        return f"this is a mistake of the server's; its log says more under request {self.request_id}"
