"""What the tables of a ruleset must hold together, beyond their form; each check says what to do."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Final, get_args

from app.domain.meet import Surface
from app.domain.refusals import Invalid
from app.rules.categories import check_categories
from app.rules.order import BLOCKS
from app.rules.plans import LEAST_ROOM
from app.rules.points import POINTS
from app.rules.rounding import HUNDREDTH, TENTH, THOUSANDTH, TimedBy
from app.rules.rounds import Progression
from app.rules.ruleset import Ruleset
from app.rules.table import ByDistance
from app.rules.teams import check_team_rules

UNITS: Final = (THOUSANDTH, HUNDREDTH, TENTH, 1_000_000)
OLDEST: Final = 150


def check(rules: Ruleset) -> None:
    """`Invalid` for the first thing that is not sound."""
    for one in CHECKS:
        one(rules)


def _precision(rules: Ruleset) -> None:
    table, at = rules.timing.precision, "/timing/precision"
    for index, row in enumerate(table):
        if row.unit_us not in UNITS:
            message = f"times are rounded up to 1, 0.1, 0.01 or 0.001 s, not to {row.unit_us:,} µs"
            raise Invalid(f"{at}/{index}/unit_us", "unknown_unit", message)
    for method in get_args(TimedBy):
        for surface in get_args(Surface):
            rows = [row for row in table if (row.method, row.surface) == (method, surface)]
            if rows or method != "semi":
                _to_any_length(rows, at, f"{method} on the {surface}")


def _chip_errors(rules: Ruleset) -> None:
    table, at = rules.timing.chip_errors, "/timing/chip_errors"
    _once([row.protocol for row in table], at, "the error of a protocol")
    if all(row.protocol is not None for row in table):
        raise Invalid(at, "no_last_row", "give one error without a protocol: it holds for all other readers")


def _speeds(rules: Ruleset) -> None:
    fastest = rules.passings.fastest
    _to_any_length(fastest.forward, "/passings/fastest/forward", "runners forwards")
    _to_any_length(fastest.backward, "/passings/fastest/backward", "runners backwards")


def _laps(rules: Ruleset) -> None:
    missed, least = rules.laps.missed, rules.laps.least
    if missed.from_percent >= missed.to_percent:
        message = f"a missed lap is from {missed.from_percent} to {missed.to_percent} % long: put the lower one first"
        raise Invalid("/laps/missed/to_percent", "unordered", message)
    for name, shortest in (("forward_us", least.forward_us), ("backward_us", least.backward_us)):
        if not shortest:
            raise Invalid(f"/laps/least/{name}", "out_of_range", "a shortest lap takes longer than no time")


def _rooms(rules: Ruleset) -> None:
    _to_any_length(rules.rounds.room, "/rounds/room", "heats without lanes")
    for index, row in enumerate(rules.rounds.room):
        if row.most < LEAST_ROOM:
            message = f"two of each heat go on (R20): with room for {row.most} nobody is left behind, say {LEAST_ROOM}"
            raise Invalid(f"/rounds/room/{index}/most", "out_of_range", f"{message} or more")


def _names(rules: Ruleset) -> None:
    rounds = rules.rounds
    _once(rounds.names, "/rounds/names", "a round")
    for field in ("semi_final", "final"):
        taken = (*rounds.names, rounds.semi_final) if field == "final" else rounds.names
        if getattr(rounds, field) in taken:
            message = f"another round is named {getattr(rounds, field)!r} too: give each a name of its own"
            raise Invalid(f"/rounds/{field}", "listed_twice", message)


def _rests(rules: Ruleset) -> None:
    _to_any_length(rules.rounds.rest, "/rounds/rest", "rest between rounds")


def _progressions(rules: Ruleset) -> None:
    tables = rules.rounds.progressions
    for relay in (False, True):
        rows = [(index, table) for index, table in enumerate(tables) if table.relay == relay]
        for (_, before), (index, after) in pairwise(rows):
            _longer(before, after, f"/rounds/progressions/{index}")
    for index, table in enumerate(tables):
        _adds_up(table, f"/rounds/progressions/{index}/plans", len(rules.rounds.names) + 1)


def _adds_up(table: Progression, at: str, most_rounds: int) -> None:
    """heats × places + times is what the next round takes, and the last one before the final fills that (R21)."""
    for number, plan in enumerate(table.plans):
        here = f"{at}/{number}"
        if number and plan.up_to <= table.plans[number - 1].up_to:
            message = f"the plan for up to {plan.up_to} entries stands behind one for as many: put smaller fields first"
            raise Invalid(f"{here}/up_to", "unordered", message)
        if len(plan.rounds) > most_rounds:
            message = f"{len(plan.rounds)} rounds before the final, and names for {most_rounds}: add names"
            raise Invalid(f"{here}/rounds", "no_name", message)
        for index, step in enumerate(plan.rounds):
            sent = step.heats * step.places + step.times
            if sent != step.through:
                message = (
                    f"{step.heats} heats × {step.places} places + {step.times} times are {sent}, "
                    f"and the next round takes {step.through} (R21): change one of them"
                )
                raise Invalid(f"{here}/rounds/{index}", "does_not_add_up", message)
        for index, (step, after) in enumerate(pairwise(plan.rounds), 1):
            if after.through >= step.through or after.heats > step.through:
                message = f"{step.through} come into this round, too few for its heats and who goes on from them"
                raise Invalid(f"{here}/rounds/{index}", "does_not_add_up", message)
        if plan.rounds and plan.rounds[-1].through != table.final:
            message = f"{plan.rounds[-1].through} go on to a final of {table.final} (R21): change one of them"
            raise Invalid(f"{here}/rounds/{len(plan.rounds) - 1}", "does_not_add_up", message)


def _lanes(rules: Ruleset) -> None:
    at = "/lanes/groups"
    _once([(row.race, row.lanes) for row in rules.lanes.groups], at, "a number of lanes for one kind of race")
    for index, row in enumerate(rules.lanes.groups):
        named = sorted(lane for group in row.groups for lane in group)
        if named != list(range(1, row.lanes + 1)):
            message = f"groups of {row.lanes} lanes name each lane from 1 to {row.lanes} once, not {named}"
            raise Invalid(f"{at}/{index}/groups", "lanes_differ", message)
    _once(rules.lanes.preference, "/lanes/preference", "a lane")
    if rules.lanes.straight_to_m > rules.lanes.bend_to_m:
        message = "races on the straight are no longer than those that start in the bend"
        raise Invalid("/lanes/bend_to_m", "unordered", message)


def _wind(rules: Ruleset) -> None:
    table = rules.wind.measured
    for discipline in {row.discipline for row in table}:
        rows = [(index, row) for index, row in enumerate(table) if row.discipline == discipline]
        for (_, before), (index, after) in pairwise(rows):
            _longer(before, after, f"/wind/measured/{index}")


def _order(rules: Ruleset) -> None:
    if Counter(rules.order.blocks) != Counter(BLOCKS):
        message = f"name each block of a sheet once: {', '.join(BLOCKS)}"
        raise Invalid("/order/blocks", "blocks_differ", message)


def _categories(rules: Ruleset) -> None:
    for index, group in enumerate(rules.categories.groups):
        here = f"/categories/groups/{index}"
        if not group.name.strip() or not group.name.isprintable() or len(group.name) > 200:
            raise Invalid(f"{here}/name", "not_a_name", "name an age group with one line of text")
        for field in ("min_age", "max_age"):
            age = getattr(group, field)
            if age is not None and not 0 <= age <= OLDEST:
                raise Invalid(f"{here}/{field}", "out_of_range", f"ages are from 0 to {OLDEST}, not {age}")
    check_categories(rules.categories.groups, "/categories/groups")


def _codes(rules: Ruleset) -> None:
    _once([one.code for one in rules.disqualifications], "/disqualifications", "a code of disqualification")


def _breaks(rules: Ruleset) -> None:
    at = "/conduct/breaks"
    for relay in (False, True):
        what = "relays" if relay else "races"
        _to_any_length([row for row in rules.conduct.breaks if row.relay == relay], at, f"leaving lanes in {what}")
    for index, row in enumerate(rules.conduct.breaks):
        if (row.rule == "break") != (row.after_m is not None):
            message = "say after how many metres lanes are left with the rule `break`, and with no other"
            raise Invalid(f"{at}/{index}/after_m", "break_differs", message)


def _zones(rules: Ruleset) -> None:
    _to_any_length(rules.relays.zones, "/relays/zones", "takeover zones")


def _points(rules: Ruleset) -> None:
    for index, (better, worse) in enumerate(pairwise(rules.points.placing), 1):
        if worse > better:
            message = f"place {index + 1} is worth {worse} points and place {index} only {better}: a better place first"
            raise Invalid(f"/points/placing/{index}", "unordered", message)
    known = [table.name for table in POINTS.scoring]
    for field in ("combined", "scoring"):
        if getattr(rules.points, field) not in known:
            message = f"{getattr(rules.points, field)!r} is no table of formulas: there are {', '.join(known)}"
            raise Invalid(f"/points/{field}", "unknown_scoring_table", message)


def _teams(rules: Ruleset) -> None:
    check_team_rules(rules.teams.cross_country, "/teams/cross_country")
    check_team_rules(rules.teams.road, "/teams/road")


def _hand(rules: Ruleset) -> None:
    for index, (before, after) in enumerate(pairwise(rules.timing.hand_seeding), 1):
        _longer(before, after, f"/timing/hand_seeding/{index}")


def _once(keys: Sequence[object], at: str, what: str) -> None:
    for index, key in enumerate(keys):
        if key in keys[:index]:
            raise Invalid(f"{at}/{index}", "listed_twice", f"{what} is listed twice: keep one of the two rows")


def _to_any_length(rows: Iterable[ByDistance], at: str, what: str) -> None:
    """Rows stand from the shortest to the longest, and the last one is for any length."""
    listed = list(rows)
    for before, after in pairwise(listed):
        _longer(before, after, at)
    if not listed or listed[-1].longest_m is not None:
        message = f"{what}: the last row has to be for any length, without longest_m"
        raise Invalid(at, "no_last_row", message)


def _longer(before: ByDistance, after: ByDistance, at: str) -> None:
    if before.longest_m is None or (after.longest_m is not None and after.longest_m <= before.longest_m):
        message = "rows stand in order of their longest_m, and nothing comes behind one for any length"
        raise Invalid(at, "unordered", message)


CHECKS: Final[tuple[Callable[[Ruleset], None], ...]] = (
    _precision,
    _chip_errors,
    _hand,
    _speeds,
    _laps,
    _rooms,
    _names,
    _rests,
    _progressions,
    _lanes,
    _wind,
    _order,
    _categories,
    _codes,
    _breaks,
    _zones,
    _points,
    _teams,
)
