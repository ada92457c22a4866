"""What goes into the files: the values of a meet, an event or a heat, as their audience may see them.

Taken from the projection first, made with names afterwards: a past state stands still, and names are today's.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from app.domain.facts import LegsNamed
from app.domain.ids import AthleteId, Bib, EventId, HeatId, RegistrationId
from app.domain.meet import MeetSpec, Person
from app.domain.state import Event, Heat, MeetState
from app.domain.units import Duration, Instant
from app.interchange.values import Athlete, Competition, Contest, Entry, Line, Race, Split
from app.rules.marks import mark
from app.rules.order import bib_key
from app.rules.rounding import unit_of
from app.rules.rulesets import rules_of
from app.rules.wind import wind_text
from app.timing.heats import HeatResult
from app.timing.laps import Crossing, LapChart
from app.timing.projection import Projection
from app.timing.roster import heats_in_order
from app.timing.standing import Standing
from app.views.audience import Audience
from app.views.names import NOBODY, is_young, name_parts, origin_for
from app.views.registrations import category, written
from app.views.starters import in_order

GUEST = "OC"
"""The flag of who runs out of competition."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Results of some heats and some events, as they stood when they were taken."""

    heats: Mapping[HeatId, Sequence[HeatResult]]
    standings: Mapping[EventId, Sequence[Standing]]
    splits: Mapping[RegistrationId, tuple[Split, ...]] = field(default_factory=dict)
    """Of one heat."""


def nothing(now: Projection) -> Taken:
    """For files that hold no results."""
    return Taken({}, {})


def of_heat(now: Projection, id: HeatId) -> Taken:
    return Taken({id: now.heat_results(id)}, {}, dict(_splits(now.lap_chart(id))))


def of_event(now: Projection, id: EventId) -> Taken:
    return _of_events(now, [id])


def of_meet(now: Projection) -> Taken:
    return _of_events(now, [event.id for event in now.state.events.values() if not event.withdrawn])


@dataclass(frozen=True, slots=True)
class Gathered:
    """For whom, of which state, and with which names."""

    audience: Audience
    state: MeetState
    people: Mapping[AthleteId, Person]
    taken: Taken

    def meet(self) -> Competition:
        return self._competition(event for event in self.state.events.values() if not event.withdrawn)

    def event(self, id: EventId) -> Competition:
        return self._competition([self.state.events[id]])

    def heat(self, id: HeatId) -> Competition:
        """With this one race alone, and nobody's entry."""
        heat = self.state.heats[id]
        event = self.state.events[heat.event]
        contest = replace(self._contest(event, ()), races=(self._race(event, heat),), entries=())
        return replace(self._competition(()), contests=(contest,))

    def _competition(self, events: Iterable[Event]) -> Competition:
        spec = self.state.spec or MeetSpec(name="", timezone="UTC", starts_on="", ends_on="")
        return Competition(
            name=spec.name,
            starts_on=spec.starts_on,
            ends_on=spec.ends_on,
            venue=spec.venue or "",
            city=spec.city or "",
            country=spec.country or "",
            contests=tuple(self._contest(event, heats_in_order(event)) for event in events),
        )

    def _contest(self, event: Event, heats: Iterable[Heat]) -> Contest:
        spec = event.spec
        return Contest(
            number=1 + list(self.state.events).index(event.id),
            name=spec.name,
            code=spec.code or "",
            sex=spec.sex,
            distance_m=spec.distance_m,
            discipline=spec.discipline,
            relay_legs=spec.relay_legs,
            legs_m=spec.legs_m,
            rounds=tuple(round.name for round in spec.rounds),
            races=tuple(self._race(event, heat) for heat in heats),
            entries=tuple(self._entries(event)),
            standings=tuple(self._standing(event, row) for row in self.taken.standings.get(event.id, ())),
        )

    def _entries(self, event: Event) -> Iterable[Entry]:
        named = _named(event)
        for one in sorted(event.registrations.values(), key=lambda one: bib_key(one.entry.bib)):
            entry = one.entry
            seed = written(event.spec, entry.seed_mark_us, "seed_mark" in entry.hand)
            legs = self._legs(named.get(entry.registration))
            athlete = self._athlete(entry.registration)
            yield Entry(athlete=athlete, seed_mark=seed, withdrawn=one.withdrawn, legs=legs)

    def _race(self, event: Event, heat: Heat) -> Race:
        """With results by place where they were taken, else with its starters by lane."""
        started_on, started = self._started(event, heat)
        rows, legs = self.taken.heats.get(heat.id), heat.legs
        if rows is None:
            lines = tuple(
                Line(
                    athlete=self._athlete(one.registration), lane=one.lane, legs=self._legs(legs.get(one.registration))
                )
                for one in in_order(self.state, heat)
            )
        else:
            lines = tuple(self._line(row, legs.get(row.registration)) for row in rows)
        wind = heat.now.wind_mm_per_s
        return Race(
            round=1 + _round(event, heat.round),
            round_name=heat.round,
            heat=heat.drawn.number,
            wind=None if wind is None else wind_text(wind),
            started=started,
            started_on=started_on,
            lines=lines,
        )

    def _started(self, event: Event, heat: Heat) -> tuple[str, str]:
        """Day and time of the gun at the track, else of the schedule; nothing where neither is known."""
        scheduled = {round.name: round.scheduled_at for round in event.spec.rounds}.get(heat.round)
        at = heat.now.start[1].at if heat.now.start else scheduled
        if at is None or self.state.spec is None:
            return "", ""
        local = _local(at, self.state.spec.timezone)
        return local[:10], local[11:-2]

    def _line(self, row: HeatResult, legs: LegsNamed | None) -> Line:
        return Line(
            athlete=self._athlete(row.registration),
            status=row.status,
            place=row.place,
            rank=row.rank,
            mark=row.mark if row.status == "OK" else None,
            elapsed_us=None if row.elapsed_us is None else Duration(row.elapsed_us),
            lane=row.lane,
            reaction_us=None if row.reaction_us is None else Duration(row.reaction_us),
            qualification=row.qualification or "",
            guest=GUEST in row.flags,
            legs=self._legs(legs),
            splits=() if row.status in ("DNS", "DQ") else self.taken.splits.get(row.registration, ()),
        )

    def _standing(self, event: Event, row: Standing) -> Line:
        unit = unit_of(event.spec, event.spec.timing, rules_of(self.state.spec, event.spec).timing.precision)
        gun, net = (None if us is None else mark(Duration(us), unit) for us in (row.gun_us, row.net_us))
        return Line(
            athlete=self._athlete(row.registration),
            status=row.status,
            place=row.place,
            mark=row.mark if row.status == "OK" else None,
            elapsed_us=None if row.elapsed_us is None else Duration(row.elapsed_us),
            guest=GUEST in row.flags,
            gun=gun,
            net=net,
            place_sex=row.place_sex,
            place_category=row.place_category,
        )

    def _athlete(self, id: RegistrationId) -> Athlete:
        entry = self.state.registrations[id].entry
        known = self._person(entry.athlete, entry.bib)
        return replace(known, team=entry.team or "", category=category(self.state, id) or "")

    def _legs(self, named: LegsNamed | None) -> tuple[Athlete, ...]:
        """The runners of a team, each with a bib that they wear in this meet, if they wear one."""
        found = named.athletes if named else ()
        return tuple(self._person(id, next(self._bibs(id), None)) for id in found)

    def _bibs(self, id: AthleteId) -> Iterator[Bib]:
        return (self.state.registrations[entry].entry.bib for entry in self.state.by_athlete.get(id, ()))

    def _person(self, id: AthleteId, bib: Bib | None) -> Athlete:
        athlete, person = self.state.athletes[id], self.people.get(id, NOBODY)
        family, given = name_parts(self.audience, person, is_young(self.state, id), bib)
        nation, club = origin_for(self.audience, person)
        official = self.audience == "organizer"
        return Athlete(
            bib=bib or "",
            family_name=family,
            given_name=given,
            sex=athlete.sex,
            birth_date=person.birth_date if official else None,
            age=athlete.ages.race_day if official and athlete.ages else None,
            nation=nation or "",
            club=club or "",
        )


def _of_events(now: Projection, ids: Iterable[EventId]) -> Taken:
    heats: dict[HeatId, Sequence[HeatResult]] = {}
    standings: dict[EventId, Sequence[Standing]] = {}
    for id in ids:
        table = now.table(id)
        standings[id] = table.rows(0, len(table))
        heats |= {heat.id: now.heat_results(heat.id) for heat in heats_in_order(now.state.events[id])}
    return Taken(heats, standings)


def _splits(chart: LapChart) -> Iterator[tuple[RegistrationId, tuple[Split, ...]]]:
    """Of everybody in a race with more than a finish: crossings that were seen, or that an official confirmed."""
    for runner in chart.runners:
        seen = [one for one in runner.crossings if one.confirmed and one.distance_m]
        if chart.laps > 1 or len(seen) > 1:
            yield runner.registration, tuple(map(_split, seen, [None, *seen]))


def _split(one: Crossing, before: Crossing | None) -> Split:
    """The lap is since the crossing before among these: one that is only proposed may have been left out between."""
    since = Duration(one.elapsed_us - (before.elapsed_us if before else 0))
    decimals = len(one.lap.partition(".")[2])
    return Split(one.mark, mark(since, Duration(10 ** (6 - decimals))))


def _named(event: Event) -> Mapping[RegistrationId, LegsNamed]:
    """Who runs for each team, as the last round that names them has it."""
    return {team: legs for heat in heats_in_order(event) for team, legs in heat.legs.items()}


def _round(event: Event, name: str) -> int:
    """Where the round stands among those of the event; one that it no longer lists comes after them."""
    names = [round.name for round in event.spec.rounds]
    return names.index(name) if name in names else len(names)


def _local(at: Instant, timezone: str) -> str:
    """ISO 8601 at the track, with six decimals and without an offset."""
    whole, rest = divmod(at, 1_000_000)
    local = datetime.fromtimestamp(whole, ZoneInfo(timezone)).replace(tzinfo=None)
    return f"{local.isoformat(timespec='seconds')}.{rest:06}"
