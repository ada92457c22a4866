"""Meets to act on, in a few words."""

from dataclasses import replace
from typing import Any

from app.domain.facts import HeatDrawn
from app.domain.ids import Bib, Chip, EventId, HeatId, RegistrationId
from app.domain.meet import Advance, EventSpec, MeetSpec, RoundSpec
from app.operations import events, meets, registrations, rounds, start_lists
from app.operations.entries import Entry
from app.operations.people import Identity
from tests.operations.fakes import FakeSheet

MEET = MeetSpec(name="Spring meet", timezone="Europe/Oslo", starts_on="2026-05-03", ends_on="2026-05-03")
ROAD = EventSpec(name="10 km", distance_m=10_000, surface="road", sex="X", start="mass", timing="transponder")
SPRINT = EventSpec(name="100 m", distance_m=100, surface="track", sex="X", start="lanes", timing="photo_finish")
HEATS_AND_FINAL = (RoundSpec(name="heats", advance=Advance(places=1, times=1)), RoundSpec(name="final"))


def open_meet(**given: Any) -> FakeSheet:
    sheet = FakeSheet()
    meets.open_meet(sheet, replace(MEET, **given))
    return sheet


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


def register(sheet: FakeSheet, event: EventId, *bibs: str, **given: Any) -> list[RegistrationId]:
    return [registrations.register(sheet, event, entry(bib, **given)) for bib in bibs]


def draw(sheet: FakeSheet, event: EventId, round: str = "final", seed: int = 1) -> tuple[HeatDrawn, ...]:
    return rounds.draw(sheet, event, round, seed)


def place(sheet: FakeSheet, event: EventId, *heats: str, round: str = "final") -> list[HeatId]:
    """Each heat as text: `1:7 2:9` puts bib 7 into lane 1 and bib 9 into lane 2; bibs alone need no lane."""
    lists = [start_lists.HeatList(n, tuple(map(_place, heat.split()))) for n, heat in enumerate(heats, 1)]
    return [heat.heat for heat in start_lists.put_heats(sheet, event, round, lists).heats]


def _place(text: str) -> start_lists.Place:
    lane, _, bib = text.rpartition(":")
    return start_lists.Place(Bib(bib), int(lane) if lane else None)
