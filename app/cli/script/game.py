"""Where scripts are played: one scratch database for a whole run of them, one meet a script, the script's own clock."""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from app.domain.ids import ActorId, Bib, EventId, HeatId, MeetId, RegistrationId
from app.domain.meet import EventSpec, MeetSpec, RoundSpec, TimingPoint
from app.domain.refusals import NotFound
from app.domain.state import Attempt, Event, Heat, MeetState
from app.domain.units import SECOND, Duration, Instant, instant
from app.live import Live, View
from app.operations import events, meets, rounds, start_lists
from app.operations.access import HOME
from app.operations.accounts import ensure_home
from app.operations.desk import Desk, OpenSheet
from app.operations.find import event_of, round_of
from app.operations.ingest import Ingest, Post, Receipt
from app.rules.laps import race_m
from app.store import Database, OfferedRead, open_database

OFFICIAL: Final = ActorId("official")
MEET: Final = MeetSpec(name="Script", timezone="UTC", starts_on="2026-05-03", ends_on="2026-05-03")
SPRINT: Final = EventSpec(name="100 m", distance_m=100, surface="track", sex="X", start="lanes", timing="photo_finish")
"""What is run where a script does not say what."""


class Ground:
    """The real store, desk and ingest on a database that nobody keeps. Not for several threads."""

    def __init__(self, db: Database) -> None:
        self.now = Instant(0)
        self.live = Live(db)
        self.desk = Desk(db, self.live, lambda: self.now)
        self.ingest = Ingest(db, self.live)
        with db.write() as tx:
            ensure_home(tx, self.now)

    def offer(self, post: Post) -> Receipt:
        """As the server does it, with its writing thread and its shared commit."""
        return self._loop.run(self.ingest.offer(post))

    @contextmanager
    def running(self) -> Iterator["Ground"]:
        with asyncio.Runner() as self._loop:
            self.ingest.start()
            try:
                yield self
            finally:
                self.ingest.stop()


@contextmanager
def scratch() -> Iterator[Ground]:
    """A ground in a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="backstraight-script-") as folder:
        db = open_database(f"sqlite:///{Path(folder) / 'scratch.db'}", synchronous="NORMAL")
        try:
            with Ground(db).running() as ground:
                yield ground
        finally:
            db.close()


@dataclass(slots=True)
class Game:
    """One script while it is played: the meet, the event and heat that are spoken of, and what they were set up as."""

    ground: Ground
    meet_spec: MeetSpec = MEET
    meet_id: MeetId | None = None
    draft: EventSpec = SPRINT
    own_points: tuple[TimingPoint, ...] = ()
    no_start: bool = False
    event_id: EventId | None = None
    described: bool = False
    """Whether the event is recorded as it was drafted."""
    round: str | None = None
    number: int | None = None
    lists: dict[Bib, tuple[int, int | None]] = field(default_factory=dict)
    """Heat and lane of runners, as their lines say."""
    wind: str | None = None
    """Read before the first time of the heat."""
    posts: dict[tuple[str, str], int] = field(default_factory=dict)
    """The last number that a source gave in an epoch."""
    last_post: Post | None = None
    receipt: Receipt | None = None
    positions: dict[str, int] = field(default_factory=dict)
    """Statements that recorded something, and the position of the last fact that each of them made."""
    noted: int = 0

    # ── time ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def instant(self, time_of_day: int) -> Instant:
        """A time of the meet's first day."""
        midnight = datetime.fromisoformat(self.meet_spec.starts_on).replace(tzinfo=ZoneInfo(self.meet_spec.timezone))
        return Instant(instant(midnight) + time_of_day)

    def at(self, time_of_day: int) -> Instant:
        """The same; the clock of the script moves on to it."""
        at = self.instant(time_of_day)
        self.ground.now = max(self.ground.now, at)
        return at

    def clock(self, at: Instant) -> str:
        """An instant as the script writes it."""
        local = datetime.fromtimestamp(at // SECOND, ZoneInfo(self.meet_spec.timezone))
        return f"{local:%H:%M:%S}.{at % SECOND:06}".rstrip("0").rstrip(".")

    # ── the meet ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @contextmanager
    def sheet(self) -> Iterator[OpenSheet]:
        """The meet open for one decision, with the event as it was set up."""
        self.set_up()
        with self.ground.desk.open(self.meet(), OFFICIAL) as sheet:
            yield sheet

    @contextmanager
    def view(self, as_of: int | None = None) -> Iterator[View]:
        self.set_up()
        with self.ground.live.view(self.meet(), as_of) as view:
            yield view

    def meet(self) -> MeetId:
        if self.meet_id is None:
            self.at(0)
            with self.ground.desk.open_new(HOME, OFFICIAL) as sheet:
                self.meet_id = meets.open_meet(sheet, self.meet_spec)
        return self.meet_id

    def set_up(self) -> None:
        """Record the event as it is drafted, if it is not."""
        if self.described:
            return
        self.described = True
        with self.ground.desk.open(self.meet(), OFFICIAL) as sheet:
            spec = replace(self.draft, points=self.points())
            if self.event_id is None:
                self.event_id = events.describe(sheet, spec)
            else:
                known = event_of(sheet.state, self.event_id).spec
                given = {name: getattr(spec, name) for name in EventSpec.__dataclass_fields__}
                events.change(sheet, self.event_id, given if spec.points else {**given, "points": known.points})

    def take_rounds(self, rounds: tuple[RoundSpec, ...]) -> None:
        """The event was given other rounds than the script did."""
        self.draft = replace(self.draft, rounds=rounds)

    def points(self) -> tuple[TimingPoint, ...]:
        """The points of the script, with a start and a finish; none where the course is the usual one."""
        if not self.own_points and not self.no_start:
            return ()
        there = {point.distance_m for point in self.own_points}
        start = TimingPoint(name="start", distance_m=0, place="start")
        finish = TimingPoint(name="finish", distance_m=race_m(self.draft), place="finish")
        wanted = (finish,) if self.no_start else (start, finish)
        return (*self.own_points, *(point for point in wanted if point.distance_m not in there))

    def note(self, text: str) -> None:
        """A statement was done: what it recorded can be undone by its words."""
        with self.view() as view:
            head = view.projection.state.head
        if head > self.noted:
            self.positions[text] = self.noted = head

    # ── the event ────────────────────────────────────────────────────────────────────────────────────────────────────

    def event(self) -> EventId:
        self.set_up()
        if self.event_id is None:
            raise NotFound("event", "to speak of")
        return self.event_id

    def round_name(self) -> str:
        return self.round or self.draft.rounds[0].name

    def registration(self, state: MeetState, bib: str) -> RegistrationId:
        """Who wears the bib, or wore it."""
        found = event_of(state, self.event()).by_bib.get(Bib(bib))
        if found is None:
            raise NotFound("bib", bib)
        return found

    def heat(self, wave: str | None = None) -> HeatId:
        """The heat that is spoken of; start lists are made as the runners' lines say, where there are none."""
        self.draw_if_needed()
        with self.view() as view:
            return self.heat_in(view.projection.state, wave).id

    def heat_in(self, state: MeetState, wave: str | None = None) -> Heat:
        heats = [heat for heat in self._heats(event_of(state, self.event())) if not heat.withdrawn]
        for heat in heats:
            if heat.drawn.wave == wave if wave else heat.drawn.number == (self.number or heats[0].drawn.number):
                return heat
        raise NotFound("wave" if wave else "heat", wave or str(self.number or 1))

    def running(self, state: MeetState) -> Attempt:
        return self.heat_in(state).now

    def _heats(self, event: Event) -> list[Heat]:
        round_of(event, self.round_name())
        return list(event.rounds.get(self.round_name(), {}).values())

    def draw_if_needed(self) -> None:
        with self.view() as view:
            event = event_of(view.projection.state, self.event())
            if self._heats(event) or self.round_name() != event.spec.rounds[0].name or not event.registrations:
                return
            bibs = [one.entry.bib for one in event.registrations.values() if not one.withdrawn]
        with self.sheet() as sheet:
            if self.draft.surface == "road":
                rounds.draw(sheet, self.event(), self.round_name(), 1)
            else:
                start_lists.put_heats(sheet, self.event(), self.round_name(), self._start_lists(bibs))

    def _start_lists(self, bibs: list[Bib]) -> list[start_lists.HeatList]:
        heats: dict[int, list[start_lists.Place]] = {}
        for bib in bibs:
            number, lane = self.lists.get(bib, (1, None))
            heats.setdefault(number, []).append(start_lists.Place(bib, lane))
        return [start_lists.HeatList(number, tuple(heats[number])) for number in sorted(heats)]

    # ── reads ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def post(self, source: str, epoch: str, reads: list[OfferedRead]) -> None:
        self.set_up()
        self.last_post = Post(self.meet(), source, epoch, reads, self.ground.now, lambda tx, meet, name: OFFICIAL)
        self.receipt = self.ground.offer(self.last_post)

    def number_of(self, source: str, epoch: str) -> int:
        """The next number of a source; the first is 1."""
        self.posts[source, epoch] = self.posts.get((source, epoch), 0) + 1
        return self.posts[source, epoch]

    def elapsed(self, state: MeetState, at: Instant) -> Duration | None:
        """Since the gun of the heat that is spoken of."""
        start = self.running(state).start
        return None if start is None else Duration(at - start[1].at)
