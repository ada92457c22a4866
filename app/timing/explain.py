"""Why: every read of a runner with its state, and what a standing rests on."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.facts import Ruling, StartSignal
from app.domain.ids import Bib, Chip, RegistrationId, SourceId
from app.timing import heard
from app.timing.columns import NOBODY
from app.timing.evidence import Evidence
from app.timing.field import MISSING
from app.timing.passings import Seen
from app.timing.penalties import Penalty
from app.timing.race import Race
from app.timing.results import Flag
from app.timing.verdicts import Found, ReadStateName, Verdict, verdicts


@dataclass(frozen=True, slots=True)
class ReadState:
    """One read (or time taken by hand at the line), what became of it, and why. `at_us` is corrected."""

    seq: int
    source: SourceId | None
    chip: Chip | None
    bib: Bib | None
    place: str | None
    point: str | None
    at_us: int
    state: ReadStateName
    reason: str


@dataclass(frozen=True, slots=True)
class Passing:
    """A runner crossed a point, once. `because` holds the positions of all reads of that crossing, the chosen first."""

    registration: RegistrationId
    chip: Chip | None
    bib: Bib
    place: str
    point: str
    at_us: int
    seq: int
    reads: int
    because: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CutOff:
    """The point that had closed when a runner crossed it; both from the gun, raw (R66)."""

    point: str
    cut_off_us: int
    elapsed_us: int


@dataclass(frozen=True, slots=True)
class Because:
    """What a standing rests on."""

    registration: RegistrationId
    start: tuple[int, StartSignal] | None
    reads: tuple[ReadState, ...]
    passings: tuple[Passing, ...]
    reading_seq: int | None
    """The position of the photo-finish or hand reading that counts."""
    rulings: tuple[tuple[int, Ruling], ...]
    penalties: tuple[Penalty, ...] = ()
    """What follows from false starts, cards and steps over a line."""
    cut_off: CutOff | None = None


def candidates(known: Evidence, race: Race, slot: int) -> list[Found]:
    """Every read of a runner at a place of the course that is not another heat's, in order of time."""
    course, out = race.course, []
    for athlete, leg in () if race.withdrawn[slot] else known.legs.runners(race, slot):
        for tag, (seq, reported, bucket) in known.found(athlete):
            place, offset, main = known.spot(bucket)
            at, k = reported + offset, course.place_index.get(place)
            elsewhere = (home := known.home_at(athlete, at)) is not None and home[0] is not race
            if k is not None and not elsewhere and known.belongs(race, slot, tag, at):
                out.append(Found(seq, Seen(at, k, main, leg=leg), bucket, tag))
    for heat in race.heats(known.state):
        for seq, taken in heat.now.line_times.values():
            if taken.registration and race.slot_of(taken.registration) == slot:
                out.append(Found(seq, Seen(int(taken.at), course.place_of[-1], False, True), None, NOBODY))
        for seq, confirmed in heat.now.crossings:
            if race.slot_of(confirmed.registration) == slot:
                seen = Seen(int(confirmed.at), course.place_of[-1], False, True, True)
                out.append(Found(seq, seen, None, NOBODY))
    return sorted(out, key=lambda found: (found.seen, found.seq))


def read_states(known: Evidence, race: Race, slot: int) -> list[ReadState]:
    """Every read that was considered for one runner of one race, in order of time."""
    found = candidates(known, race, slot)
    judged = verdicts(race, slot, found)
    out = [_state(known, race, f, judged[f.seq]) for f in found]
    gone = list(_ruled_out(known, race, slot)) if known.state.ruled_out else []
    return sorted([*out, *gone], key=lambda read: read.at_us) if gone else out


def set_aside(known: Evidence, seq: int) -> tuple[ReadStateName, str]:
    """Why a read is nobody's any more: its state, and the reason."""
    ruling = known.state.ruled_out.get(seq)
    if ruling is None:
        return "conflict_lost", "an official took the other read of this identity"
    return "ruled_out", f"an official ruled it out (number {ruling} of the log)"


def _ruled_out(known: Evidence, race: Race, slot: int) -> Iterator[ReadState]:
    """Reads that would be the runner's, had no official ruled them out."""
    athletes = {athlete for athlete, _ in known.legs.runners(race, slot)}
    for seq, tag, bucket, reported in known.log.set_aside():
        place, offset, main = known.spot(bucket)
        at, k = reported + offset, race.course.place_index.get(place)
        runner = known.runner_at(tag, at)
        if k is None or seq not in known.state.ruled_out or runner is None or runner[0] not in athletes:
            continue
        home = runner[1]
        if home is None or (home[0] is race and home[1] == slot):
            state, reason = set_aside(known, seq)
            yield _state(known, race, Found(seq, Seen(at, k, main), bucket, tag), (state, None, reason))


def _state(known: Evidence, race: Race, found: Found, verdict: Verdict) -> ReadState:
    state, j, reason = verdict
    tags = known.log.tags
    return ReadState(
        seq=found.seq,
        source=found.bucket.source if found.bucket else None,
        chip=tags.chip(found.tag) if found.bucket else None,
        bib=tags.bib(found.tag) if found.bucket else None,
        place=race.course.places[found.seen.place],
        point=None if j is None else race.course.points[j].name,
        at_us=found.seen.at,
        state=state,
        reason=reason,
    )


def passings(known: Evidence, race: Race, slot: int) -> Iterator[Passing]:
    """The passings of one runner in order of the course."""
    states = read_states(known, race, slot)
    entry = race.roster.entries[race.lineup.entry[slot]].entry
    for point in race.course.points:
        own = [s for s in states if s.point == point.name]
        used = next((s for s in own if s.state == "used"), None)
        if used is not None:
            because = (used.seq, *sorted(s.seq for s in own if s is not used))
            yield Passing(
                entry.registration,
                used.chip,
                entry.bib,
                point.place,
                point.name,
                used.at_us,
                used.seq,
                len(own),
                because,
            )


def because(known: Evidence, race: Race, slot: int) -> Because:
    entry = race.roster.entries[race.lineup.entry[slot]].entry
    heat = known.state.heats[race.lineup.heats[race.lineup.heat[slot]]]
    evaluation = race.evaluations.get(slot)
    return Because(
        registration=entry.registration,
        start=heat.now.start,
        reads=tuple(read_states(known, race, slot)),
        passings=tuple(passings(known, race, slot)),
        reading_seq=evaluation.seq if evaluation else None,
        rulings=tuple(heard.rulings(race.heats(known.state), entry.registration)),
        penalties=tuple(race.penalties(known.state).get(entry.registration, ())),
        cut_off=_cut_off(race, slot),
    )


def _cut_off(race: Race, slot: int) -> CutOff | None:
    """The first point that was passed too late, while that counts."""
    course, out = race.course, race.tally[slot]
    if not out.flags & Flag.CUT:
        return None
    gun, times = race.gun.item(slot), race.times[:, slot].tolist()
    for j, limit in course.closings:
        if times[j] != MISSING and times[j] - gun > limit:
            return CutOff(course.points[j].name, limit, times[j] - gun)
    if course.cut_off is None or out.gun_us is None:
        return None
    return CutOff(course.points[-1].name, int(course.cut_off), out.gun_us)


def nothing_known(registration: RegistrationId) -> Because:
    """Of an entry that starts in no heat."""
    return Because(registration, None, (), (), None, ())
