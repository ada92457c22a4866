"""Relays (R78, R79): takeover zones, and leg times that add up to the team's time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.domain.refusals import Invalid
from app.domain.units import Duration
from app.rules.rounding import round_up
from app.rules.table import Metres, Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A takeover zone after legs up to `longest_m` (None: any); the line of the leg lies `mark_m` after it begins.

    The leg that ends in the zone decides: so the medley's last takeover has the short one (R78).
    """

    zone_m: Metres
    mark_m: Number
    longest_m: Metres | None = None


def check_legs(legs_m: Sequence[int], legs: int, team_m: int, at: str = "") -> None:
    """Refuses legs of a medley that are not as many as the relay has, or do not add up to what the team runs."""
    if len(legs_m) != legs:
        message = f"a relay of {legs} legs has as many distances, not {len(legs_m)}: 100, 200, 300, 400 (R78)"
        raise Invalid(f"{at}/legs_m", "legs_differ", message)
    for index, metres in enumerate(legs_m):
        if metres < 1:
            raise Invalid(f"{at}/legs_m/{index}", "out_of_range", f"a leg is at least 1 m long, not {metres}")
    if sum(legs_m) != team_m:
        parts = " + ".join(map(str, legs_m))
        message = f"the legs add up to {sum(legs_m):,} m ({parts}), and distance_m, what the team runs, is {team_m:,} m"
        raise Invalid(f"{at}/legs_m", "legs_differ", message)


def zone_of(leg_m: int, zones: Sequence[Zone]) -> Zone:
    """The zone at the end of a leg of so many metres."""
    return next(zone for zone in zones if zone.longest_m is None or leg_m <= zone.longest_m)


def zone_bounds(legs_m: Sequence[int], takeover: int, zones: Sequence[Zone]) -> tuple[int, int]:
    """Metres run where the zone of the `takeover`-th takeover (from 1) begins and ends: 80 and 110 in a 4x100 m."""
    zone = zone_of(legs_m[takeover - 1], zones)
    begins = sum(legs_m[:takeover]) - zone.mark_m
    return begins, begins + zone.zone_m


@dataclass(frozen=True, slots=True)
class Takeover:
    """The baton was handed on at the end of the `leg`-th leg (from 1), `elapsed_us` after the gun."""

    leg: int
    elapsed_us: Duration


def check_takeovers(takeovers: Iterable[Takeover], legs: int, at: str = "") -> None:
    """Refuses one after a leg that the relay does not have, or that ends at the finish."""
    for index, takeover in enumerate(takeovers):
        if not 1 <= takeover.leg < legs:
            message = f"a relay of {legs} legs has takeovers after legs 1 to {legs - 1}, none after leg {takeover.leg}"
            raise Invalid(f"{at}/{index}/leg", "out_of_range", message)


def leg_times(
    takeovers: Iterable[Takeover], team_us: Duration, legs: int, unit: Duration
) -> tuple[Duration | None, ...]:
    """The time of each leg; together they are `team_us`, the team's official time, to the microsecond.

    Takeovers may come in any order and more than once: the earliest of a leg counts. Each is rounded up to `unit`
    (tenths by chip) from the gun on, so that the printed column adds up; the last leg has the rest. None beside a
    takeover that is missing, or that contradicts another one: not after those of the legs before it.
    """
    ends = _consistent(takeovers, team_us)
    official = {leg: Duration(min(round_up(end, unit), team_us)) for leg, end in ends.items()}
    known = [official.get(leg) for leg in range(1, legs)]
    cumulative = [Duration(0), *known, team_us]
    return tuple(None if begin is None or end is None else Duration(end - begin) for begin, end in pairwise(cumulative))


def _consistent(takeovers: Iterable[Takeover], team_us: Duration) -> dict[int, Duration]:
    """(leg, earliest takeover) of those that come after all before them, before all after them and the finish."""
    earliest: dict[int, Duration] = {}
    for takeover in takeovers:
        known = earliest.get(takeover.leg, takeover.elapsed_us)
        earliest[takeover.leg] = min(known, takeover.elapsed_us)
    return {
        leg: end
        for leg, end in earliest.items()
        if 0 < end < team_us
        and all(at < end if other < leg else at > end for other, at in earliest.items() if other != leg)
    }
