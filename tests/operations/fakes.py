"""A sheet in memory: dictionaries for tables, counters for ids, a clock that stands still."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.facts import Fact, Recorded, Status
from app.domain.fold import fold
from app.domain.ids import PREFIXES, ActorId, AthleteId, Bib, EventId, HeatId, MeetId, RegistrationId, SourceId, TextId
from app.domain.meet import Person
from app.domain.reads import ReadRows
from app.domain.state import MeetState
from app.domain.units import Duration, Instant, parse_instant
from app.rules.qualification import Tie
from app.timing.projection import Projection

GUN = parse_instant("2026-05-03T10:00:00+00:00")
MEET, OFFICIAL, HEAT = MeetId("meet_1"), ActorId("tok_official"), HeatId("heat_1")


@dataclass
class FakePeople:
    rows: dict[AthleteId, Person] = field(default_factory=dict)

    def put_many(self, meet: MeetId, people: Mapping[AthleteId, Person], /) -> None:
        self.rows.update(people)

    def erase(self, meet: MeetId, athlete: AthleteId, /) -> None:
        self.rows[athlete] = Person(erased=True)


@dataclass
class FakeTexts:
    rows: dict[TextId, str] = field(default_factory=dict)

    def many(self, meet: MeetId, ids: Iterable[TextId], /) -> dict[TextId, str]:
        return {id: self.rows[id] for id in ids if id in self.rows}

    def erase(self, meet: MeetId, ids: Iterable[TextId], /) -> None:
        self.rows |= dict.fromkeys(ids, "")


@dataclass
class FakeAnswers:
    forgotten: list[str] = field(default_factory=list)

    def forget(self, ids: Iterable[str], /) -> None:
        self.forgotten += ids


@dataclass(frozen=True)
class FakeRead:
    at_us: int
    chip: str | None = None
    bib: str | None = None


@dataclass
class FakeReads:
    rows: dict[int, FakeRead] = field(default_factory=dict)

    def detail(self, meet: MeetId, seqs: Iterable[int], /) -> dict[int, FakeRead]:
        return {seq: self.rows[seq] for seq in seqs if seq in self.rows}


@dataclass
class FakeBooks:
    people: FakePeople = field(default_factory=FakePeople)
    texts: FakeTexts = field(default_factory=FakeTexts)
    reads: FakeReads = field(default_factory=FakeReads)
    idempotency: FakeAnswers = field(default_factory=FakeAnswers)


@dataclass(frozen=True)
class Line:
    """One line of results, as a test wants it to be."""

    registration: RegistrationId
    bib: Bib
    heat: HeatId = HEAT
    place: int | None = None
    status: Status | None = "OK"
    elapsed_us: Duration | None = None
    qualification: str | None = None
    state: str = "finished"


@dataclass
class FakeResults:
    rounds: dict[str, list[Line]] = field(default_factory=dict)
    head: int = 0

    def heat_results(self, heat: HeatId, /) -> Sequence[Line]:
        return [line for lines in self.rounds.values() for line in lines if line.heat == heat]

    def round_results(self, event: EventId, round: str, /) -> Sequence[Line]:
        return self.rounds.get(round, [])

    def as_it_stands(self, event: EventId, round: str, /) -> tuple[dict[RegistrationId, str | None], tuple[Tie, ...]]:
        return {line.registration: line.qualification for line in self.round_results(event, round)}, ()


@dataclass
class InMemory:
    """What both sheets are."""

    meet_id: MeetId = MEET
    tx: FakeBooks = field(default_factory=FakeBooks)
    state: MeetState = field(default_factory=MeetState)
    now: Instant = GUN
    actor: ActorId = OFFICIAL
    ids: Counter[str] = field(default_factory=Counter)

    @property
    def people(self) -> Mapping[AthleteId, Person]:
        return self.tx.people.rows

    @property
    def texts(self) -> dict[TextId, str]:
        return self.tx.texts.rows

    @property
    def facts(self) -> list[Fact]:
        return [recorded.fact for recorded in self.state.log]

    def new_id(self, noun: str, /) -> str:
        self.ids[noun] += 1
        return f"{PREFIXES[noun]}_{self.ids[noun]}"

    def record(self, *facts: Fact) -> int:
        first = self.state.head + 1
        fold(self.state, [Recorded(seq, self.now, self.actor, fact) for seq, fact in enumerate(facts, first)])
        return self.state.head

    def text(self, words: str | None, /) -> TextId | None:
        if not words:
            return None
        id = TextId(self.new_id("text"))
        self.texts[id] = words
        return id


@dataclass
class FakeSheet(InMemory):
    """With results as a test wants them to be."""

    projection: FakeResults = field(default_factory=FakeResults)


@dataclass
class TimedSheet(InMemory):
    """With real results behind it."""

    projection: Projection = field(default_factory=Projection)

    def __post_init__(self) -> None:
        self.state = self.projection.state

    def record(self, *facts: Fact) -> int:
        first = self.projection.head + 1
        numbered = [Recorded(seq, self.now, self.actor, fact) for seq, fact in enumerate(facts, first)]
        self.projection.apply(numbered, (), first + len(facts) - 1)
        return self.projection.head

    def seen(self, source: SourceId, chip: str, at: Instant) -> int:
        """One read more."""
        seq = self.projection.head + 1
        self.projection.apply((), [ReadRows([(seq, 1, chip, None, at, None)], {1: source})], seq)
        return seq
