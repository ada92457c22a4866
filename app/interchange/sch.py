"""FinishLynx schedules (`lynx.sch`): event, round and heat of each race, in running order."""

from collections.abc import Iterable
from typing import NamedTuple

from app.domain.refusals import Invalid
from app.interchange import text
from app.interchange.values import Contest


class Run(NamedTuple):
    event: int
    round: int
    heat: int


def write(runs: Iterable[Run]) -> bytes:
    return text.written(runs, quotes=False)


def read(data: bytes) -> list[Run]:
    """`Invalid` for a line that has no three numbers."""
    out = []
    for number, cells in text.split(text.decoded(data), quotes=False):
        if cells[0].lstrip().startswith(";"):
            continue
        event, round, heat = (text.whole(text.cell(cells, index)) for index in range(3))
        if event is None or round is None or heat is None:
            message = f"line {number}: a race of a schedule is three numbers, event,round,heat"
            raise Invalid(f"/rows/{number}", "not_sch", message)
        out.append(Run(event, round, heat))
    return out


def of_contests(contests: Iterable[Contest]) -> list[Run]:
    """By day and time of their start as far as it is known; else as the events stand in the meet."""
    runs = [
        ((race.started_on, race.started), Run(contest.number, race.round, race.heat))
        for contest in contests
        for race in contest.races
    ]
    known = sorted(run for run in runs if all(run[0]))
    return [run for _, run in known] + [run for when, run in runs if not all(when)]
