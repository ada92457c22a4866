"""One runner of a race by the obvious definitions, when few reads have come: `Race.refresh` is the bulk form.

The runner's passings and result go into the columns of the race; who is ahead of whom is the caller's to set.
"""

from collections.abc import Sequence

from app.timing.field import MISSING
from app.timing.passings import Seen, Times, choose, following
from app.timing.race import Race
from app.timing.results import Outcome, Sighting, by_reads


def renew(race: Race, slot: int, reads: Sequence[Seen], known: int) -> Outcome:
    """Anew from all of the runner's reads at places of the course; `known` is what the log knows of the time of day."""
    span = race.span(slot)
    times = choose(race.course, span, reads)
    race.times[:, slot] = [MISSING if at is None else at for at in times]
    latest = [MISSING] * len(race.course.places)
    for read in reads:
        if span.opens <= read.at < span.ends:
            latest[read.place] = max(latest[read.place], read.at)
    race.latest[:, slot] = latest
    return _result(race, slot, _sighting(race, slot, times, reads, known))


def step(race: Race, slot: int, read: Seen, known: int) -> Outcome | None:
    """Moved on by one read later than all before, where that settles it; None where it does not."""
    course, span = race.course, race.span(slot)
    if not span.opens <= read.at < span.ends or len(race.lineup.heats) > 1:
        return None
    times = [None if at == MISSING else at for at in race.times[:, slot].tolist()]
    j = following(course, span, times, race.latest[:, slot].tolist(), read)
    if j is None:
        return None
    times[j] = race.times[j, slot] = race.latest[read.place, slot] = read.at
    ghost = None in times and any(
        times[m] is None and race.latest[course.place_of[m], slot] >= span.gun for m in course.lone_mids
    )
    closed = race.closed.item(slot)
    starts, ends = span.gun + course.start_closes, span.gun + course.all_in
    seen = Sighting(span.gun, times, ghost, False, closed or known >= starts, closed or known >= ends)
    return _result(race, slot, seen)


def _result(race: Race, slot: int, sighting: Sighting) -> Outcome:
    base = by_reads(race.course, sighting)
    if role := race.roster.role_flags.item(race.lineup.entry.item(slot)):
        base = base._replace(flags=base.flags | role)
    race.tally[slot] = out = race.decided(slot, base)
    return out


def _sighting(race: Race, slot: int, times: Times, reads: Sequence[Seen], known: int) -> Sighting:
    span = race.span(slot)
    gun, opens, ends = span.gun, span.opens, span.ends
    if gun == MISSING:
        return Sighting(None, times)
    course, closed = race.course, bool(race.closed[slot])
    ghost = any(
        times[j] is None and any(r.place == course.place_of[j] and gun <= r.at < ends for r in reads)
        for j in course.lone_mids
    )
    return Sighting(
        gun,
        times,
        ghost,
        _mismatch(race, gun, opens, times, reads),
        closed or known >= gun + course.start_closes,
        closed or known >= gun + course.all_in,
        bool(times) and times[-1] in race.by_hand.get(slot, ()),
    )


def _mismatch(race: Race, gun: int, opens: int, times: Times, reads: Sequence[Seen]) -> bool:
    """Crossed the start after the gun of a later wave, or only before the window of the own one (R61)."""
    if len(race.lineup.heats) < 2 or race.course.start is None:
        return False
    start, guns = times[0], race.guns
    if start is not None:
        return any(gun < other <= start for other in guns)
    first, place = guns[0] - race.course.before, race.course.place_of[0]
    return len(guns) > 1 and any(r.place == place and first <= r.at < opens for r in reads)
