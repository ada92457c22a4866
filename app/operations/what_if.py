"""What would change: the verbs themselves, with all that they refuse, on a copy of the meet that nobody stores."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from app.domain.facts import Fact, Recorded, Status
from app.domain.ids import PREFIXES, ActorId, AthleteId, Bib, Chip, EventId, HeatId, MeetId, RegistrationId, TextId
from app.domain.meet import Person
from app.domain.refusals import Case, Contradicts, Invalid, NotFound
from app.domain.state import MeetState
from app.domain.units import Instant
from app.operations import chips, events, false_starts, read_rulings, rulings, starts, undo
from app.operations.false_starts import Accused
from app.operations.rulings import Decision
from app.operations.sheet import Given, SeenRead
from app.timing.projection import Projection
from app.timing.standing import Standing
from app.timing.standings import StandingsTable

NOBODY: Final = ActorId("what-if")


@dataclass(frozen=True, slots=True)
class Start:
    heat: HeatId
    at: Instant


@dataclass(frozen=True, slots=True)
class Rule:
    heat: HeatId
    decision: Decision


@dataclass(frozen=True, slots=True)
class FalselyStart:
    """One false start more, by these runners; whom it puts out is the policy's to say."""

    heat: HeatId
    accused: tuple[Accused, ...]


@dataclass(frozen=True, slots=True)
class Assign:
    chip: Chip
    bib: Bib
    since: Instant | None = None
    until: Instant | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Other fields of the event: its ranking, shortest lap, cut-off, …"""

    given: Given


@dataclass(frozen=True, slots=True)
class Undo:
    seq: int


@dataclass(frozen=True, slots=True)
class RuleOut:
    """A read that counts no longer."""

    read_seq: int


Supposed = Start | Rule | FalselyStart | Assign | Change | Undo | RuleOut

PLACES: Final[Mapping[type, tuple[str, str]]] = {
    Start: ("", "/heat_id"),
    Rule: ("/ruling", "/heat_id"),
    FalselyStart: ("", "/heat_id"),
    Assign: ("", ""),
    Change: ("/event", "/event"),
    Undo: ("", "/seq"),
    RuleOut: ("", "/seq"),
}
"""In a fact of the request: where the fields of the verb stand, and what is at fault where the verb names no field."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One runner before and after."""

    registration: RegistrationId
    bib: Bib
    place_before: int | None
    place_after: int | None
    mark_before: str | None
    mark_after: str | None
    status_before: Status | None
    status_after: Status | None


def imagine(meet: MeetId, projection: Projection, people: Mapping[AthleteId, Person], now: Instant) -> "Imagined":
    """A copy of the meet to try things on. A closed one may be asked too, as nothing is stored."""
    copy = projection.fork()
    copy.state.closed = False
    return Imagined(meet, copy, people, now)


def what_if(sheet: "Imagined", event: EventId, supposed: Sequence[Supposed], before: StandingsTable) -> list[Moved]:
    """Runners of the event whose place, mark or status would change, in the order of the new standings.

    `before` is the table that the copy was made beside. Refused as the verbs refuse.
    """
    for number, one in enumerate(supposed):
        with _pointing_at(number, one):
            suppose(sheet, event, one)
    moved = sheet.projection.table(event).moved_since(before)
    return [_moved(then, line) for then, line in moved if _seen(then) != _seen(line)]


def suppose(sheet: "Imagined", event: EventId, one: Supposed) -> None:
    match one:
        case Start(heat, at):
            starts.start(sheet, heat, at)
        case Rule(heat, decision):
            rulings.rule(sheet, heat, decision)
        case FalselyStart(heat, accused):
            false_starts.charge(sheet, heat, accused)
        case Assign(chip, bib, since, until):
            chips.assign(sheet, chip, bib, since, until)
        case Change(given):
            events.change(sheet, event, given)
        case Undo(seq):
            undo.undo(sheet, seq)
        case RuleOut(seq):
            read_rulings.rule_out(sheet, seq)


@contextmanager
def _pointing_at(number: int, one: Supposed) -> Iterator[None]:
    """A verb points into a request of its own; here it is one of several."""
    inside, subject = PLACES[type(one)]
    try:
        yield
    except (NotFound, Invalid, Contradicts, Case) as refused:
        refused.at = f"/facts/{number}" + (subject if refused.at is None else inside + refused.at)
        raise


class Nowhere:
    """Tables that keep nothing."""

    @property
    def people(self) -> "Nowhere":
        return self

    @property
    def texts(self) -> "Nowhere":
        return self

    @property
    def reads(self) -> "Nowhere":
        return self

    @property
    def idempotency(self) -> "Nowhere":
        return self

    def put_many(self, meet: MeetId, people: Mapping[AthleteId, Person], /) -> None:
        pass

    def erase(self, meet: MeetId, gone: object, /) -> None:
        pass

    def detail(self, meet: MeetId, seqs: Iterable[int], /) -> Mapping[int, SeenRead]:
        return {}

    def many(self, meet: MeetId, ids: object, /) -> dict[TextId, str]:
        return {}

    def forget(self, ids: object, /) -> None:
        pass


@dataclass(slots=True)
class Imagined:
    """A sheet whose facts are folded in and go nowhere."""

    meet_id: MeetId
    projection: Projection
    people: Mapping[AthleteId, Person]
    now: Instant
    actor: ActorId = NOBODY
    tx: Nowhere = field(default_factory=Nowhere)
    made: int = 0

    @property
    def state(self) -> MeetState:
        return self.projection.state

    def new_id(self, noun: str, /) -> str:
        self.made += 1
        return f"{PREFIXES[noun]}_imagined_{self.made}"

    def record(self, *facts: Fact) -> int:
        first = self.projection.head + 1
        numbered = [Recorded(seq, self.now, self.actor, fact) for seq, fact in enumerate(facts, first)]
        self.projection.apply(numbered, (), first + len(facts) - 1)
        return self.projection.head

    def text(self, words: str | None, /) -> TextId | None:
        return TextId(self.new_id("text")) if words else None


def _seen(line: Standing) -> tuple[int | None, str | None, str | None]:
    return line.place, line.mark, line.status


def _moved(before: Standing, after: Standing) -> Moved:
    return Moved(
        registration=after.registration,
        bib=after.bib,
        place_before=before.place,
        place_after=after.place,
        mark_before=before.mark,
        mark_after=after.mark,
        status_before=before.status,
        status_after=after.status,
    )
