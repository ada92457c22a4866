"""What the tables ask of officials in one event: nothing that a program can see, so it is said to those who can."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.domain.meet import EventSpec
from app.rules.laps import crossings, race_m
from app.rules.ruleset import Ruleset
from app.rules.table import row_for
from app.rules.wind import measured, wind_counts

_ESCORTS: Final = {
    "none": "Nobody runs along.",
    "no_contact": "A companion may run along, without touching.",
    "organiser": "Whether a companion may run along, the organizer says.",
}
_MINUTE_US: Final = 60_000_000


@dataclass(frozen=True, slots=True)
class Instruction:
    """`path` is the table that says so: `conduct.finish_reference`."""

    path: str
    rule: str
    text: str


def instructions(spec: EventSpec, rules: Ruleset, lap_m: int) -> tuple[Instruction, ...]:
    """In the order of a race."""
    return (
        *_start(spec, rules),
        *_lanes(spec, rules),
        *_on_the_way(spec, rules, lap_m),
        *_finish(spec, rules),
        *_wind(spec, rules),
        Instruction(
            "announcing.protest_us",
            "R55",
            f"Protests may be made for {rules.announcing.protest_us / _MINUTE_US:g} min after results are announced.",
        ),
    )


def _start(spec: EventSpec, rules: Ruleset) -> Iterator[Instruction]:
    if spec.surface != "track":
        return
    blocks = spec.legs[0] <= rules.starts.blocks_to_m
    yield Instruction("starts.blocks_to_m", "R91", "With starting blocks." if blocks else "Without starting blocks.")
    if rules.starts.standing:
        yield Instruction("starts.standing", "R91", "A standing start.")


def _lanes(spec: EventSpec, rules: Ruleset) -> Iterator[Instruction]:
    """On the track, by the length of the race, or of a leg."""
    rows = [row for row in rules.conduct.breaks if row.relay == (spec.relay_legs > 1)]
    row = row_for(rows, spec.distance_m)
    if spec.surface != "track" or row is None:
        return
    said = {
        "lanes": "Everybody stays in the own lane all the way.",
        "break": f"Lanes may be left after {row.after_m} m, at the break line.",
        "free": "Nobody keeps a lane: to the inside at once.",
    }
    yield Instruction("conduct.breaks", "R90", said[row.rule])


def _on_the_way(spec: EventSpec, rules: Ruleset, lap_m: int) -> Iterator[Instruction]:
    if spec.direction == "backward" or rules.conduct.escort != "none":
        yield Instruction("conduct.escort", "R89", _ESCORTS[rules.conduct.escort])
    if spec.relay_legs > 1:
        carried = "The baton is carried by hand." if rules.relays.baton else "There is no baton."
        yield Instruction("relays.baton", "R96", carried)
    if spec.surface == "track" and len(crossings(race_m(spec), rules.laps, lap_m)) > 1:
        text = f"A lap scorer for every {rules.laps.per_scorer} runners."
        yield Instruction("laps.per_scorer", "R103", text)


def _finish(spec: EventSpec, rules: Ruleset) -> Iterator[Instruction]:
    reference = rules.conduct.finish_reference
    text = f"The {reference} at the finish line stops the clock."
    yield Instruction("conduct.finish_reference", "R92" if reference == "back" else "R4", text)


def _wind(spec: EventSpec, rules: Ruleset) -> Iterator[Instruction]:
    row = measured(spec, rules.wind) if wind_counts(spec, rules.wind) else None
    if row is not None:
        since = "the start signal" if row.start == "gun" else "when the leader enters the straight"
        yield Instruction("wind.measured", "R15", f"Wind is measured for {row.seconds} s, from {since}.")
