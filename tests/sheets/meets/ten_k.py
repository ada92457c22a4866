"""A road race of 1,265 finishers that was run: places, ages, bibs and times as published, all else made up."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from app.domain.meet import Category
from app.domain.units import Duration, Instant, parse_instant
from app.rules.marks import parse_mark
from tests.sheets.meets.small import S, Small, describe
from tests.timing.builders import Script, road

EVENT: Final = "10k"
HEAT: Final = "10k/final/1"
FINER: Final = 1_000
"""Runners of one published second are this far apart, in microseconds."""

FAMILIES: Final = (
    *("Abbott", "Bergström", "Castellanos", "Dvořák", "Eriksen", "Fitzgerald", "García", "Hoffmann", "Ibáñez", "Jones"),
    *("Kowalczyk", "Lindqvist", "McAllister", "Nguyễn", "O'Brien", "Papadópoulos", "Quigley", "Rossi", "Şahin"),
    *("Taylor", "Ueda", "van der Westhuizen", "Wasserfallen-Zurbriggen", "Xu", "Yeats", "Zając", "de la Cruz", "Li"),
    *("Montgomery-Featherstonehaugh", "Schwarzenbacher-Hinterleitner"),
)
GIVEN: Final = (
    *("Adam", "Bo", "Christopher", "Dai", "Émile", "Finn", "Gregory", "Hans-Peter", "Ivo", "Jürgen", "Kei", "Liam"),
    *("Maximilian", "Noël", "Óscar", "Per", "Quentin", "Rune", "Søren", "Tom", "Umberto", "Vít", "Wei", "Xavier"),
    *("Yusuf", "Zoltán", "Al", "Bartholomew", "Constantine", "Alessandro"),
)
CLUBS: Final = (
    *("Backward Harriers", "Canal Towpath Runners", "Capital Road Runners", "Early Birds", "Fleet Feet Friday"),
    *("Harbour Athletic Club of the Eastern Shore and Islands", "Hill Repeaters", "Montgomery Milers", "Night Owls"),
    *("Old Mill Striders", "Potomac Pacers", "Quarry Lane Running Club", "Rockville Ramblers", "Tuesday Track Club"),
)
NATIONS: Final = ("USA", "USA", "USA", "USA", "CAN", "ETH", "GBR", "KEN", "MEX", "USA", "USA")
WITHOUT: Final = ("DNF", "DNF early", "DNS", "DQ", "CUT", "OC")
"""What became of those who are not on the published list."""


@dataclass(frozen=True, slots=True)
class Finisher:
    place: int
    division_place: int | None
    bib: str
    age: int | None
    start_us: int
    finish_us: int
    """Both after the gun."""

    @property
    def half_us(self) -> int:
        """Some run the first half faster, some the second."""
        net = self.finish_us - self.start_us
        return self.start_us + net * (490 + int(self.bib) % 23) // 1_000


def finishers() -> Iterator[Finisher]:
    """In order of place."""
    with (Path(__file__).parent / "ten_k.csv").open(newline="") as file:
        found = list(csv.DictReader(file))
    level = Counter(one["net_time"] for one in found)
    for one in found:
        level[one["net_time"]] -= 1
        gun, net = parse_mark(one["gun_time"]), parse_mark(one["net_time"])
        age = int(one["age"] or 0)
        yield Finisher(
            place=int(one["place"]),
            division_place=int(one["division_place"]) if one["division_place"] else None,
            bib=one["bib"],
            age=None if age == 0 else max(age, 1),
            start_us=gun - net,
            finish_us=gun - level[one["net_time"]] * FINER,
        )


def ten_k() -> Small:
    """Everybody's reads at the start, half way and at the finish, and what was announced."""
    script = Script(recorded_at=Instant(int(parse_instant("2027-01-15T08:00:00+01:00"))))
    small = Small(script)
    describe(
        script,
        name="Towpath 10 km",
        timezone="America/New_York",
        starts_on="2027-01-15",
        ends_on="2027-01-15",
        city="Rockville",
        country="USA",
    )
    divisions = (
        Category(name="M14-", sex="M", max_age=14),
        *(Category(name=f"M{low}", sex="M", min_age=low, max_age=low + 4) for low in range(15, 85, 5)),
    )
    spec = replace(road(sex="M", ranking="net", categories=divisions, cut_off_us=Duration(6_600 * S)), name="10 km Men")
    script.event(EVENT, spec)
    ran = list(finishers())
    for index, one in enumerate(ran):
        _enter(small, index, one.bib, one.age)
    others = [str(9_000 + number) for number in range(10 * len(WITHOUT))]
    for index, bib in enumerate(others):
        _enter(small, 7 * index, bib, 20 + index, guest=WITHOUT[index % len(WITHOUT)] == "OC")
    script.draw(EVENT)
    script.gun(HEAT)
    for one in ran:
        _seen(script, one.bib, one.start_us, one.half_us, one.finish_us)
    for index, bib in enumerate(others):
        _went(script, bib, WITHOUT[index % len(WITHOUT)], index)
    script.recorded_at = Instant(int(parse_instant("2027-01-15T11:48:00+01:00")))
    script.read("finish", "nobody", 7_000)
    small.announce(EVENT, "official")
    return small


def _enter(small: Small, index: int, bib: str, age: int | None, *, guest: bool = False) -> None:
    family, given = FAMILIES[index * 7 % len(FAMILIES)], GIVEN[(index // len(FAMILIES) + index * 11) % len(GIVEN)]
    number = int(bib)
    club = CLUBS[number % len(CLUBS)] if number % 3 else None
    small.runner(
        EVENT,
        bib,
        f"{family}, {given}",
        NATIONS[number % len(NATIONS)],
        age=age,
        club=club,
        team=club,
        role="guest" if guest else "competitor",
    )


def _seen(script: Script, bib: str, *times_us: int) -> None:
    for place, us in zip(("start", "5k", "finish"), times_us, strict=False):
        script.read(place, bib, us / S)


def _went(script: Script, bib: str, how: str, index: int) -> None:
    start, half, finish = 60 * S, (1_500 + 11 * index) * S, (3_000 + 17 * index) * S
    match how:
        case "DNF":
            _seen(script, bib, start, half)
        case "DNF early":
            _seen(script, bib, start)
        case "CUT":
            _seen(script, bib, start, 2 * half, (6_700 + index) * S)
        case "DQ":
            _seen(script, bib, start, half, finish)
            script.rule(bib, "dq", heat=HEAT, rule="TR6.2")
        case "OC":
            _seen(script, bib, start, half, finish)
