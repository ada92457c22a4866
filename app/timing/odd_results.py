"""Results that cannot be, or that ask for a second look. One function a kind."""

from collections.abc import Iterator

import numpy as np

from app.domain.ids import RegistrationId
from app.domain.state import Event
from app.domain.units import Duration
from app.rules.anomalies import least_believable
from app.rules.conduct import is_listed
from app.rules.laps import race_m
from app.rules.speed import least_time
from app.timing.anomaly import Anomaly, Scene, of_runner, slots
from app.timing.field import MISSING
from app.timing.marks import written
from app.timing.race import Race
from app.timing.results import S
from app.timing.tally import Bools


def impossible_speed(scene: Scene) -> Iterator[Anomaly]:
    """Faster than anybody runs: a wrong gun, a wrong reading, a time ruled on the wrong runner."""
    for race in scene.races:
        spec = race.roster.spec
        least = least_time(race_m(spec), race.course.rules.passings.fastest.of(spec.direction))
        for slot in slots(_timed(race) & (race.tally.elapsed < least)):
            reason = f"ran {_mark(race, slot)}, faster than anybody can (R63): correct the gun, the reading or the time"
            yield of_runner(
                race, slot, "impossible_speed", "impossible", reason, values=(race.tally.elapsed.item(slot),)
            )


def too_fast_for_category(scene: Scene) -> Iterator[Anomaly]:
    """Faster than a runner of this sex and age is believed to run."""
    for race in scene.races:
        spec, rows = race.roster.spec, race.course.rules.anomalies.believable
        metres = race_m(spec)
        fitting = [row for row in rows if row.direction == spec.direction]
        slowest = max((-(-metres * 1_000_000_000 // row.mm_per_s) for row in fitting), default=0)
        if spec.relay_legs > 1:
            continue
        for slot in slots(_timed(race) & (race.tally.elapsed < slowest)):
            entry = race.lineup.entry.item(slot)
            sex, ages = (
                race.roster.sexes[entry],
                scene.known.state.athletes[race.roster.entries[entry].entry.athlete].ages,
            )
            age, elapsed = None if ages is None else ages.race_day, race.tally.elapsed.item(slot)
            if elapsed < least_believable(rows, spec.direction, sex, age, metres):
                who = f"sex {sex}" if age is None else f"sex {sex}, age {age}"
                reason = (
                    f"ran {_mark(race, slot)}, hardly possible for {who}: look at who ran, the sex and the birth date"
                )
                yield of_runner(race, slot, "too_fast_for_category", "questionable", reason, values=(elapsed, sex, age))


def net_over_gun(scene: Scene) -> Iterator[Anomaly]:
    """The time from the start line is never longer than the one from the gun."""
    for race in scene.races:
        out = race.tally
        for slot in slots(_timed(race) & (out.net_us != MISSING) & (out.gun_us != MISSING) & (out.net_us > out.gun_us)):
            net, gun = out.net_us.item(slot), out.gun_us.item(slot)
            reason = "has a net time longer than the gun time: correct the gun of the wave, or the time that was ruled"
            yield of_runner(race, slot, "net_over_gun", "impossible", reason, values=(net, gun))


def no_evidence(scene: Scene) -> Iterator[Anomaly]:
    """A time that nothing was seen for: it was ruled, and no read, reading or time at the line stands behind it."""
    for race in scene.races:
        read = race.times[-1] != MISSING if len(race.times) else np.zeros(len(race), np.bool_)
        for slot in slots(_timed(race) & ~read):
            evaluation = race.evaluations.get(slot)
            if evaluation is None or evaluation.reading.elapsed_us is None:
                reason = f"has {_mark(race, slot)} and was seen by nobody at the finish: say on what the ruling rests"
                yield of_runner(
                    race, slot, "no_evidence", "questionable", reason, values=(race.tally.elapsed.item(slot),)
                )


def finisher_dns(scene: Scene) -> Iterator[Anomaly]:
    """Told not to have started, and seen behind the start."""
    for race in scene.races:
        seen = np.zeros(len(race), np.bool_)
        for j in race.course.later:
            seen |= race.times[j] != MISSING
        for slot, evaluation in race.evaluations.items():
            seen[slot] |= evaluation.reading.elapsed_us is not None
        for slot in slots((race.tally.status == S.DNS) & seen & ~race.withdrawn):
            passed = [at for at in race.times[:, slot].tolist() if at != MISSING]
            reason = "is DNS and was seen on the course: reinstate the runner, or find out who wore the chip"
            yield of_runner(race, slot, "finisher_dns", "questionable", reason, values=tuple(passed))


def undecided(scene: Scene) -> Iterator[Anomaly]:
    """Tied for the last place out of a round, and nobody has ruled."""
    for board in scene.boards:
        event = scene.known.state.events[board.roster.event]
        for name in (spec.name for spec in event.spec.rounds if spec.advance is not None):
            tied = [line for line in scene.results(event.id, name) if line.qualification == "undecided"]
            if tied:
                bibs = ", ".join(line.bib for line in tied)
                yield Anomaly(
                    kind="undecided",
                    severity="questionable",
                    reason=f"bibs {bibs} are tied for the last place out of {name!r}: rule on them (kind advance)",
                    event=event.id,
                    values=(name, *sorted(line.registration for line in tied)),
                )


def qualifier_missing(scene: Scene) -> Iterator[Anomaly]:
    """Who goes on, has not withdrawn, and starts in no heat of the next round."""
    for board in scene.boards:
        event, names = scene.known.state.events[board.roster.event], [one.name for one in board.roster.spec.rounds]
        for name, following in zip(names, board.roster.spec.rounds[1:], strict=False):
            fixed, heats = event.qualifiers.get(name), event.rounds.get(following.name)
            if fixed is None or not heats or following.source not in (None, "qualifiers"):
                continue
            starting = {one.registration for heat in heats.values() for one in event.starters(heat)}
            starting |= event.replaced.get(following.name, {}).keys()
            for one in fixed.qualifiers:
                if one.registration not in starting and not _has_withdrawn(event, one.registration):
                    entry = event.registrations[one.registration].entry
                    yield Anomaly(
                        kind="qualifier_missing",
                        severity="questionable",
                        reason=f"bib {entry.bib} qualified ({one.how}) and starts in no heat of {following.name!r}: "
                        "put the runner into one, or record the withdrawal",
                        event=event.id,
                        registration=entry.registration,
                        bib=entry.bib,
                        values=(name, one.how),
                    )


def dq_rule(scene: Scene) -> Iterator[Anomaly]:
    """Disqualified without saying under which rule, or under one that the rules of the event do not list (R43)."""
    for race in scene.races:
        codes = [one.code for one in race.course.rules.disqualifications]
        for slot in slots((race.tally.status == S.DQ) & ~race.withdrawn):
            rule = race.tally.rule.get(slot)
            if rule is None:
                reason = "is DQ and no rule is said: rule again and say which (R42)"
            elif codes and not is_listed(rule, codes):
                reason = f"is DQ by {rule}, which the rules of the event do not list: look at the number (R43)"
            else:
                continue
            yield of_runner(race, slot, "dq_rule", "questionable", reason, values=(rule,))


def _has_withdrawn(event: Event, registration: RegistrationId) -> bool:
    if event.registrations[registration].withdrawn:
        return True
    rulings = (ruling for heats in event.rounds.values() for heat in heats.values() for _, ruling in heat.now.rulings)
    return any(one.registration == registration and one.kind in ("withdrawn", "dq", "dns") for one in rulings)


def _timed(race: Race) -> Bools:
    timed: Bools = (race.tally.status == S.OK) & (race.tally.elapsed != MISSING)
    return timed


def _mark(race: Race, slot: int) -> str:
    out = race.tally
    return written(race.course, Duration(out.elapsed.item(slot)), out.method.item(slot))
