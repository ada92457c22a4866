"""The last log position that touched a race or one of its heats, beside the facts that name it: reads of its runners,
other starts of theirs, and evidence that so much time has passed that who was not seen is a DNS.
"""

import numpy as np

from app.timing.columns import Ints
from app.timing.evidence import Evidence
from app.timing.field import MISSING, NEVER
from app.timing.race import Race
from app.timing.tally import Bools


def last_of_race(known: Evidence, race: Race) -> int:
    """Any read of one of its runners at one of its places counts."""
    n, last = len(race), 0
    for _, column, bucket in known.read_columns(race):
        last = max(last, _last(bucket.seq, column.slot < n))
    return _with_others(known, race, last, np.ones(n, np.bool_))


def last_of_heat(known: Evidence, race: Race, heat: int) -> int:
    """Only reads that belong to the heat count: a finished one stays as it is while others run."""
    mine: Bools = race.lineup.heat == heat
    opens, ends = np.append(np.where(mine, race.opens, NEVER), NEVER), np.append(race.ends, MISSING)
    last = 0
    for _, column, bucket in known.read_columns(race):
        slot = column.slot
        last = max(last, _last(bucket.seq, (column.at >= opens.take(slot)) & (column.at < ends.take(slot))))
    return _with_others(known, race, last, mine)


def _last(seq: Ints, counts: Bools) -> int:
    rows = np.flatnonzero(counts)
    return int(seq[rows[-1]]) if len(rows) else 0


def _with_others(known: Evidence, race: Race, last: int, mine: Bools) -> int:
    if not last:
        return _last_lateness(known, race, mine)
    return max(last, *_other_starts(known, race), _last_lateness(known, race, mine))


def _other_starts(known: Evidence, race: Race) -> list[int]:
    """Heats of the same runners elsewhere decide where a read belongs."""
    return [
        known.state.touched[id]
        for races in known.races.values()
        for other in races
        if other is not race and np.isin(other.athlete, race.athlete).any()
        for id in other.lineup.heats
        if known.state.heats[id].now.starts
    ]


def _last_lateness(known: Evidence, race: Race, mine: Bools) -> int:
    if race.roster.spec.timing != "transponder":
        return 0
    guns = np.unique(race.gun[mine & (race.gun != MISSING) & ~race.closed])
    limits = {int(gun) + after for gun in guns for after in (race.course.start_closes, race.course.all_in)}
    passed = [at for at in limits if at <= known.clock.known]
    return max((known.clock.reached(at, known.log, known.state.sources) for at in passed), default=0)
