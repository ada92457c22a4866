"""A meet written down in a few lines: what was decided and what the readers saw, in log order."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from app.domain.facts import (
    AthleteDescribed,
    Charged,
    ChipAssigned,
    EventDescribed,
    Fact,
    FalseStart,
    FinishesRead,
    HeatDrawn,
    Reading,
    Recorded,
    Registered,
    RoundDrawn,
    Ruling,
    SourceDescribed,
    Starter,
    StartSignal,
)
from app.domain.fold import fold
from app.domain.ids import (
    ActorId,
    AssignmentId,
    AthleteId,
    Bib,
    Chip,
    EventId,
    FalseStartId,
    HeatId,
    RegistrationId,
    RulingId,
    SourceId,
)
from app.domain.meet import Ages, EventSpec, TimingPoint
from app.domain.reads import ReadRows
from app.domain.state import MeetState
from app.domain.units import Duration, Instant
from app.timing.projection import Projection

GUN = Instant(1_800_000_000_000_000)
S = 1_000_000
BEFORE = Instant(GUN - 3600 * S)

Entry = Recorded | tuple[int, int, str | None, str | None, int, str | None]


def at(seconds: float) -> Instant:
    """Seconds after the gun."""
    return Instant(GUN + round(seconds * S))


def road(**changes: Any) -> EventSpec:
    """10 km with a mat at the start, at 5 km and at the finish."""
    return replace(
        EventSpec(
            name="10 km",
            distance_m=10_000,
            surface="road",
            sex="X",
            start="mass",
            timing="transponder",
            points=points(("start", 0), ("5k", 5_000), ("finish", 10_000)),
        ),
        **changes,
    )


def track(metres: int = 100, **changes: Any) -> EventSpec:
    """A photo-finish race with one point at the line."""
    return replace(
        EventSpec(
            name=f"{metres} m",
            distance_m=metres,
            surface="track",
            sex="X",
            start="lanes" if metres <= 400 else "mass",
            timing="photo_finish",
            points=points(("start", 0), ("finish", metres)),
        ),
        **changes,
    )


def points(*named: tuple[str, int] | tuple[str, int, str]) -> tuple[TimingPoint, ...]:
    """(name, metres) or (name, metres, place)."""
    return tuple(TimingPoint(name=p[0], distance_m=p[1], place=p[2] if len(p) > 2 else p[0]) for p in named)


@dataclass
class Script:
    """Everything in the order in which it was recorded. Registrations are named after their event and bib."""

    log: list[Entry] = field(default_factory=list)
    sources: dict[int, SourceId] = field(default_factory=dict)
    received: dict[tuple[object, ...], int] = field(default_factory=dict)
    """When reads with this content came, where that was long before their own time."""
    recorded_at: Instant = BEFORE

    @property
    def head(self) -> int:
        return len(self.log)

    def record(self, *facts: Fact) -> int:
        for fact in facts:
            self.log.append(Recorded(len(self.log) + 1, self.recorded_at, ActorId("tok_test"), fact))
        return len(self.log)

    def event(self, id: str = "e", spec: EventSpec | None = None) -> EventId:
        self.record(EventDescribed(event=EventId(id), spec=spec or road()))
        return EventId(id)

    def runner(
        self,
        bib: str,
        event: str = "e",
        sex: Any = "M",
        age: int | None = None,
        chips: Iterable[str] | None = None,
        **entry: Any,
    ) -> RegistrationId:
        ages = None if age is None else Ages(race_day=age, year_end=age, first_day=age)
        registration = RegistrationId(f"{event}/{bib}")
        athlete = AthleteId(entry.pop("athlete", f"a{bib}"))
        self.record(
            AthleteDescribed(athlete=athlete, sex=sex, ages=ages),
            Registered(registration=registration, event=EventId(event), athlete=athlete, bib=Bib(bib), **entry),
        )
        for chip in [f"C{bib}"] if chips is None else chips:
            self.chip(chip, bib)
        return registration

    def chip(self, chip: str, bib: str, since: int | None = None, until: int | None = None) -> None:
        self.record(
            ChipAssigned(
                assignment=AssignmentId(f"{chip}-{len(self.log)}"),
                chip=Chip(chip),
                athlete=AthleteId(f"a{bib}"),
                since=None if since is None else Instant(since),
                until=None if until is None else Instant(until),
            )
        )

    def draw(self, event: str = "e", round: str = "final", waves: Iterable[str | None] = (None,)) -> list[HeatId]:
        """One open heat a wave."""
        heats = tuple(
            HeatDrawn(heat=HeatId(f"{event}/{round}/{n}"), number=n, wave=wave, open=True)
            for n, wave in enumerate(waves, 1)
        )
        self.record(RoundDrawn(event=EventId(event), round=round, heats=heats))
        return [heat.heat for heat in heats]

    def heats(self, *bibs: Iterable[str], event: str = "e", round: str = "final") -> list[HeatId]:
        """One closed heat for each list of bibs, lanes from 1."""
        heats = tuple(
            HeatDrawn(
                heat=HeatId(f"{event}/{round}/{n}"),
                number=n,
                starters=tuple(
                    Starter(registration=RegistrationId(f"{event}/{bib}"), lane=lane)
                    for lane, bib in enumerate(group, 1)
                ),
            )
            for n, group in enumerate(bibs, 1)
        )
        self.record(RoundDrawn(event=EventId(event), round=round, heats=heats))
        return [heat.heat for heat in heats]

    def gun(self, heat: str = "e/final/1", seconds: float = 0.0) -> int:
        return self.record(StartSignal(heat=HeatId(heat), at=at(seconds)))

    def source(self, place: str, name: str | None = None, role: Any = "main", offset_us: int = 0) -> None:
        name = name or place
        self.sources.setdefault(len(self.sources) + 1, SourceId(name))
        self.record(
            SourceDescribed(source=SourceId(name), name=name, place=place, role=role, offset_us=Duration(offset_us))
        )

    def read(self, source: str, bib: str, seconds: float, place: str | None = None, chip: str | None = None) -> int:
        """A read of the runner's chip, so many seconds after the gun."""
        epoch = max((n for n, name in self.sources.items() if name == source), default=None)
        if epoch is None:
            self.source(source)
            return self.read(source, bib, seconds, place, chip)
        self.log.append((len(self.log) + 1, epoch, chip or f"C{bib}", None, at(seconds), place))
        return len(self.log)

    def restart(self, source: str) -> None:
        """The reader counts from 1 again: its reads have another epoch from now on."""
        self.sources[len(self.sources) + 1] = SourceId(source)

    def read_early(self, source: str, bib: str, seconds: float, received: float, **more: Any) -> int:
        """A read that came before its own time."""
        seq = self.read(source, bib, seconds, **more)
        read = self.log[seq - 1]
        assert isinstance(read, tuple)
        self.received[read[1:]] = at(received)
        return seq

    def reads(self, bib: str, **seconds: float) -> None:
        """`start=1.0, finish=2400` …"""
        for source, when in seconds.items():
            self.read({"half": "5k"}.get(source, source), bib, when)

    def finishes(
        self, heat: str, *readings: tuple[str, float | None] | tuple[str, float | None, dict[str, Any]], **more: Any
    ) -> int:
        """(bib, seconds, further fields) as the photo-finish operator read them."""
        method = more.pop("method", "photo_finish")
        event = heat.split("/")[0]
        given = tuple(
            Reading(
                registration=RegistrationId(f"{event}/{r[0]}"),
                elapsed_us=None if r[1] is None else Duration(round(r[1] * S)),
                **(r[2] if len(r) > 2 else {}),
            )
            for r in readings
        )
        return self.record(FinishesRead(heat=HeatId(heat), method=method, readings=given, **more))

    def rule(self, bib: str, kind: Any, heat: str = "e/final/1", **more: Any) -> int:
        event = heat.split("/")[0]
        return self.record(
            Ruling(
                ruling=RulingId(f"rul{len(self.log)}"),
                heat=HeatId(heat),
                registration=RegistrationId(f"{event}/{bib}"),
                kind=kind,
                **more,
            )
        )

    def false_start(self, heat: str, *bibs: str) -> int:
        event = heat.split("/")[0]
        charged = tuple(Charged(registration=RegistrationId(f"{event}/{bib}")) for bib in bibs)
        id = FalseStartId(f"fst{len(self.log)}")
        return self.record(FalseStart(false_start=id, heat=HeatId(heat), runners=charged))

    # ── projecting ───────────────────────────────────────────────────────────────────────────────────────────────────

    def rows(self, entries: Iterable[Entry]) -> list[ReadRows]:
        rows = [entry for entry in entries if not isinstance(entry, Recorded)]
        ahead = {row[0]: self.received[row[1:]] for row in rows if row[1:] in self.received}
        return [ReadRows(rows, self.sources, ahead)] if rows else []

    def take(self, entry: Entry) -> None:
        """An entry of another script, at the end of this one."""
        seq = len(self.log) + 1
        self.log.append(entry._replace(seq=seq) if isinstance(entry, Recorded) else (seq, *entry[1:]))

    def state(self) -> MeetState:
        return fold(MeetState(), [entry for entry in self.log if isinstance(entry, Recorded)])

    def project(self, upto: int | None = None) -> Projection:
        """All at once."""
        projection = Projection()
        entries = self.log[:upto]
        projection.apply([e for e in entries if isinstance(e, Recorded)], self.rows(entries))
        return projection

    def lines(self, event: str = "e", **filters: Any) -> dict[str, Any]:
        """Standings by bib."""
        table = self.project().table(EventId(event), **filters)
        return {line.bib: line for line in table.rows(0, len(table))}


def mass_start(**changes: Any) -> Script:
    """One wave, gun at 0, runners 1 to 4 with a chip each."""
    script = Script()
    script.event(spec=road(**({"points": TWO_MATS} | changes)))
    for bib in "1234":
        script.runner(bib)
    script.draw()
    script.gun()
    return script


def places(script: Script, **filters: Any) -> dict[str, int | None]:
    return {bib: line.place for bib, line in script.lines(**filters).items()}


TWO_MATS = points(("start", 0), ("finish", 10_000))
