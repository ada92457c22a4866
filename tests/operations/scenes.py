"""Meets to act on, in a few words."""

from dataclasses import replace
from typing import Any, TypeVar

from app.domain.facts import HeatDrawn
from app.domain.ids import Bib, Chip, EventId, HeatId, RegistrationId
from app.domain.meet import Advance, EventSpec, MeetSpec, RoundSpec
from app.domain.units import Duration, Instant
from app.operations import events, finishes, meets, registrations, rounds, sources, start_lists, starts
from app.operations.entries import Entry
from app.operations.people import Identity
from tests.operations.fakes import GUN, FakeSheet, TimedSheet

MEET = MeetSpec(name="Spring meet", timezone="Europe/Oslo", starts_on="2026-05-03", ends_on="2026-05-03")
ROAD = EventSpec(name="10 km", distance_m=10_000, surface="road", sex="X", start="mass", timing="transponder")
SPRINT = EventSpec(name="100 m", distance_m=100, surface="track", sex="X", start="lanes", timing="photo_finish")
HEATS_AND_FINAL = (RoundSpec(name="heats", advance=Advance(places=1, times=1)), RoundSpec(name="final"))


AnySheet = TypeVar("AnySheet", FakeSheet, TimedSheet)


def opened(sheet: AnySheet, **given: Any) -> AnySheet:
    meets.open_meet(sheet, replace(MEET, **given))
    return sheet


def open_meet(**given: Any) -> FakeSheet:
    return opened(FakeSheet(), **given)


def road_race(**given: Any) -> tuple[FakeSheet, EventId]:
    sheet = open_meet()
    return sheet, events.describe(sheet, replace(ROAD, **given))


def sprint(**given: Any) -> tuple[FakeSheet, EventId]:
    sheet = open_meet()
    return sheet, events.describe(sheet, replace(SPRINT, **given))


def entry(bib: str, **given: Any) -> Entry:
    """Fields of the entry and of its identity alike; chips as one text."""
    own = {name: given.pop(name) for name in list(given) if name in Entry.__dataclass_fields__}
    if "chips" in own:
        own["chips"] = tuple(map(Chip, own["chips"].split()))
    identity = Identity(**({"sex": "M", "family_name": f"Runner {bib}"} | given))
    return Entry(bib=Bib(bib), identity=identity, **own)


def register(sheet: FakeSheet | TimedSheet, event: EventId, *bibs: str, **given: Any) -> list[RegistrationId]:
    return [registrations.register(sheet, event, entry(bib, **given)) for bib in bibs]


def draw(sheet: FakeSheet | TimedSheet, event: EventId, round: str = "final", seed: int = 1) -> tuple[HeatDrawn, ...]:
    return rounds.draw(sheet, event, round, seed)


def place(sheet: FakeSheet | TimedSheet, event: EventId, *heats: str, round: str = "final") -> list[HeatId]:
    """Each heat as text: `1:7 2:9` puts bib 7 into lane 1 and bib 9 into lane 2; bibs alone need no lane."""
    lists = [start_lists.HeatList(n, tuple(map(_place, heat.split()))) for n, heat in enumerate(heats, 1)]
    return [heat.heat for heat in start_lists.put_heats(sheet, event, round, lists).heats]


def _place(text: str) -> start_lists.Place:
    lane, _, bib = text.rpartition(":")
    return start_lists.Place(Bib(bib), int(lane) if lane else None)


def timed_sprint() -> tuple[TimedSheet, EventId, HeatId]:
    """Bibs 7, 8, 9 in one heat: 10.02, 10.10 and 10.30."""
    sheet = opened(TimedSheet())
    event = events.describe(sheet, SPRINT)
    register(sheet, event, "7", "8", "9")
    (heat,) = place(sheet, event, "3:7 4:8 5:9")
    times = (("7", 10_020_000), ("8", 10_100_000), ("9", 10_300_000))
    read = [finishes.Finish(bib=Bib(bib), elapsed_us=Duration(us)) for bib, us in times]
    finishes.read_finishes(sheet, heat, "photo_finish", read)
    return sheet, event, heat


def timed_road() -> tuple[TimedSheet, EventId, HeatId]:
    """Chips C7 and C9 over a start mat after 1 s and 9 s, and a finish mat after 1,800 s and 1,805 s."""
    sheet = opened(TimedSheet())
    event = events.describe(sheet, ROAD)
    register(sheet, event, "7", chips="C7")
    register(sheet, event, "9", chips="C9")
    (heat,) = draw(sheet, event)
    starts.start(sheet, heat.heat, GUN)
    mats = {name: sources.put(sheet, name, sources.Station(place=name)) for name in ("start", "finish")}
    for mat, chip, seconds in (
        ("start", "C7", 1),
        ("start", "C9", 9),
        ("finish", "C7", 1_800),
        ("finish", "C9", 1_805),
        ("finish", "stranger", 1_810),
    ):
        sheet.seen(mats[mat], chip, Instant(GUN + seconds * 1_000_000))
    return sheet, event, heat.heat
