"""Races made up at random, as awkward as they come: for property tests and for the reference scorer."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any

from app.domain.facts import (
    Fact,
    HeatClosed,
    LineTimeTaken,
    ReadRuledOut,
    Recorded,
    RegistrationWithdrawn,
)
from app.domain.ids import EventId, HeatId, RegistrationId, TimeId
from app.domain.meet import Category, EventSpec, TimingPoint
from app.domain.units import Duration, Instant
from tests.timing.builders import GUN, Entry, S, Script, at, points, road

COURSES = (
    points(("start", 0), ("5k", 5_000), ("finish", 10_000)),
    points(("start", 0, "line"), ("5k", 5_000), ("finish", 10_000, "line")),
    points(("start", 0), ("2k", 2_000, "a"), ("4k", 4_000, "b"), ("6k", 6_000, "a"), ("finish", 8_000, "b")),
    points(("start", 0, "line"), ("1", 400, "line"), ("2", 800, "line"), ("finish", 1_200, "line")),
    points(("half", 500), ("finish", 1_000)),
    points(("start", 0), *((f"{n}", 400 * n, "finish") for n in range(1, 7)), ("finish", 2_800)),
)
CLOSING = (Duration(700 * S), Duration(1_500 * S), Duration(2_400 * S))
NAMED = ("first_seq", "conflict_seq", "target_seq", "read_seq")
"""Fields of facts that name a position of the log."""
CATEGORIES = (Category(name="U40", max_age=39), Category(name="40+", min_age=40))


def spec(r: Random) -> EventSpec:
    course = r.choice((closing, lambda course: course))(r.choice(COURSES))
    return road(
        points=course,
        distance_m=course[-1].distance_m,
        surface=r.choice(("road", "road", "track")),
        direction=r.choice(("forward", "backward")),
        ranking=r.choice(("gun", "net")),
        categories=r.choice(((), CATEGORIES)),
        cut_off_us=r.choice((None, None, Duration(3_000 * S))),
        min_lap_us=r.choice((None, None, Duration(120 * S))),
        start_window_after_us=Duration(r.choice((5_400, 300, 60)) * S),
    )


def closing(course: tuple[TimingPoint, ...]) -> tuple[TimingPoint, ...]:
    """The first points behind the start close one after the other (R66)."""
    inner = [point for point in course[:-1] if point.distance_m > 0]
    limits = dict(zip(inner, CLOSING, strict=False))
    return tuple(replace(point, cut_off_us=limits.get(point)) for point in course)


def story(r: Random) -> Script:
    """One or two events with a few runners in common, one or two waves, readers with faults, and rulings."""
    script = Script(recorded_at=Instant(GUN - 3_600 * S))
    events = ["e", "f"][: r.randint(1, 2)]
    for name in events:
        script.event(name, spec(r))
    bibs = [str(n) for n in range(1, r.randint(2, 5))]
    waves = r.choice(((None,), (None,), ("A", "B")))
    for name in events:
        for bib in bibs:
            if name == "e" or r.random() < 0.5:
                _runner(script, r, bib, name, r.choice(waves))
    heats = [heat for name in events for heat in script.draw(name, waves=waves)]
    _sources(script, r, events)
    _guns(script, r, heats)
    if r.random() < 0.3:
        _swapped_chip(script, r, bibs)
    for _ in range(r.randint(0, 25)):
        one_read(script, r, bibs)
    for bib in bibs:
        if r.random() < 0.7:
            _run(script, r, bib, r.choice(heats))
    if r.random() < 0.3:
        _read_ahead(script, r, bibs)
    for registration in script.state().registrations:
        if r.random() < 0.15:
            script.record(RegistrationWithdrawn(registration=registration))
    for _ in range(r.choice((0, 0, 1, 3))):
        _ruling(script, r, bibs, heats)
    for _ in range(r.choice((0, 0, 0, 1, 2))):
        _line_time(script, r, bibs, heats)
    if r.random() < 0.3:
        script.recorded_at = at(r.choice((100, 6_000, 40_000)))
        script.record(HeatClosed(heat=r.choice(heats), at=at(r.choice((50, 2_000, 5_000)))))
    if r.random() < 0.3:
        _start_mat_again(script, r, bibs, events)
    for seq in [n for n, entry in enumerate(script.log, 1) if not isinstance(entry, Recorded) and r.random() < 0.02]:
        script.record(ReadRuledOut(read_seq=seq))
    return script


def _runner(script: Script, r: Random, bib: str, event: str, wave: str | None) -> None:
    first = f"a{bib}" not in script.state().athletes
    script.runner(
        bib,
        event,
        sex="MW"[int(bib) % 2],
        age=(None, 30, 45)[int(bib) % 3],
        chips=[f"C{bib}"] if first else [],
        wave=wave,
        role=r.choice(("competitor", "competitor", "competitor", "guest", "pacer")),
        category=r.choice((None, None, "own")),
    )


def _sources(script: Script, r: Random, events: list[str]) -> None:
    specs = [script.state().events[EventId(name)].spec for name in events]
    for place in sorted({p.place for spec in specs for p in spec.points} | {"elsewhere", "finish"}):
        script.source(place, offset_us=r.choice((0, 0, 0, 2 * S)))
        if r.random() < 0.3:
            script.source(place, f"{place}-backup", role="backup")


def _guns(script: Script, r: Random, heats: list[HeatId]) -> None:
    for heat in heats:
        if r.random() < 0.9:
            script.gun(heat, r.choice((0, 0, 60, 300, 4_000)))


def _swapped_chip(script: Script, r: Random, bibs: list[str]) -> None:
    when = at(r.choice((-100, 100, 1_500)))
    script.chip("X", r.choice(bibs), until=when)
    script.chip("X", r.choice(bibs), since=when)


def _when(r: Random) -> float:
    coarse = r.choice((0, 0, 60, 300, 700, 1_500, 2_400, 3_000, 5_000))
    return coarse + r.choice(
        (0, r.randint(-20, 100), r.randint(-300, 300) / 10, r.choice((0.1, 0.2, 0.2001, 5.0, 5.1)))
    )


def one_read(script: Script, r: Random, bibs: list[str]) -> None:
    source = r.choice(list(script.sources.values()))
    if r.random() < 0.1:
        script.restart(source)
    chip = r.choice((None, None, None, None, "X", "stranger"))
    place = r.choice((None, None, None, None, None, "finish"))
    script.read(source, r.choice(bibs), _when(r), place=place, chip=chip)


def _start_mat_again(script: Script, r: Random, bibs: list[str], events: list[str]) -> None:
    """Seen on the start mat, then there and elsewhere at about the same time."""
    points = script.state().events[EventId(r.choice(events))].spec.points
    bib, when, beside = r.choice(bibs), _when(r), r.choice((-0.1, 0, 0.2, 0.2001, 1.0))
    seen = ((points[0], r.choice((-3, 1, 400))), (points[0], when), (r.choice(points[1:]), when + beside))
    for point, seconds in seen:
        script.read(point.place, bib, seconds)


def _read_ahead(script: Script, r: Random, bibs: list[str]) -> None:
    """From a reader whose clock is ahead, by less than what is added to it or by more."""
    seconds = _when(r) + 10_000
    source, chip = r.choice(list(script.sources.values())), r.choice((None, "stranger"))
    script.read_early(source, r.choice(bibs), seconds, seconds - r.choice((61, 70, 9_000)), chip=chip)


def _run(script: Script, r: Random, bib: str, heat: HeatId) -> None:
    """Somebody who really ran, with bursts and the odd missed mat."""
    event = script.state().events[script.state().heats[heat].event]
    start, pace = r.choice((0, 60, 300, 4_000)) + r.random() * 20, r.choice((0.16, 0.2, 0.3, 0.5))
    for point in event.spec.points:
        if r.random() < 0.85:
            crossing = start + pace * point.distance_m
            for extra in (0, *(r.random() * 3 for _ in range(r.randint(0, 2)))):
                names = [n for n in script.sources.values() if n.removesuffix("-backup") == point.place]
                script.read(r.choice(names), bib, round(crossing + extra, 6))


def _ruling(script: Script, r: Random, bibs: list[str], heats: list[HeatId]) -> None:
    heat, bib = r.choice(heats), r.choice(bibs)
    if f"{heat.split('/')[0]}/{bib}" in script.state().registrations:
        kind = r.choice(("dq", "dns", "dnf", "withdrawn", "reinstate", "time", "penalty", "note"))
        given = Duration(r.choice((5, 1_700, 2_400)) * S) if kind in ("time", "penalty") else None
        script.rule(bib, kind, heat, elapsed_us=given)


def _line_time(script: Script, r: Random, bibs: list[str], heats: list[HeatId]) -> None:
    heat, bib = r.choice(heats), r.choice(bibs)
    registration = RegistrationId(f"{heat.split('/')[0]}/{bib}")
    if registration in script.state().registrations:
        taken = LineTimeTaken(time=TimeId(f"t{script.head}"), heat=heat, at=at(_when(r)), registration=registration)
        script.record(taken)


def shuffled(script: Script, r: Random) -> Script:
    """Decisions in their order; reads in any order and place among them, but for those that a decision names."""
    out = Script(sources=script.sources, received=script.received)
    facts = [entry.fact for entry in decisions_of(script)]
    named = {getattr(fact, name) for fact in facts for name in NAMED if hasattr(fact, name)}
    fixed = [entry for entry in script.log if isinstance(entry, Recorded) or entry[0] in named]
    reads = [entry for entry in script.log if not isinstance(entry, Recorded) and entry[0] not in named]
    r.shuffle(reads)
    slots = sorted(r.randint(0, len(fixed)) for _ in reads)
    merged: list[Entry] = []
    for i, decision in enumerate([*fixed, None]):
        while slots and slots[0] == i:
            slots.pop(0)
            merged.append(reads.pop())
        if decision is not None:
            merged.append(decision)
    now = {entry[0]: seq for seq, entry in enumerate(merged, 1)}
    for entry in merged:
        out.take(entry._replace(fact=_moved(entry.fact, now)) if isinstance(entry, Recorded) else entry)
    return out


def decisions_of(script: Script) -> list[Recorded]:
    return [entry for entry in script.log if isinstance(entry, Recorded)]


def _moved(fact: Fact, now: Mapping[int, int]) -> Fact:
    """The same about positions that are others now."""
    moved: dict[str, Any] = {name: now[getattr(fact, name)] for name in NAMED if hasattr(fact, name)}
    return replace(fact, **moved)
