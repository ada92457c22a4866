"""FinishLynx start lists (`lynx.evt`): a row for each heat, and below it one for each runner, which begins empty.

Heat: event, round, heat, name, …, distance in the tenth column. Runner: nothing, id, lane, last and first name,
affiliation, licence. Lane 0 is none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.domain.refusals import Invalid
from app.interchange import text
from app.interchange.lif import NO_ESCAPE
from app.interchange.values import Contest


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """One runner in a heat."""

    id: str
    lane: int | None = None
    last: str = ""
    first: str = ""
    affiliation: str = ""
    license: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heat:
    event: int
    round: int
    heat: int
    name: str = ""
    distance_m: int | None = None
    starts: tuple[Start, ...] = ()


def write(heats: Iterable[Heat]) -> bytes:
    rows: list[Sequence[text.Cell]] = []
    for heat in heats:
        rows.append([heat.event, heat.round, heat.heat, _name(heat.name), *[""] * 5, heat.distance_m])
        for one in heat.starts:
            names = (_name(one.last), _name(one.first), _name(one.affiliation), _name(one.license))
            rows.append(["", text.clean(one.id, NO_ESCAPE), one.lane or 0, *names])
    return text.written(rows, quotes=False)


def read(data: bytes) -> list[Heat]:
    """`Invalid` where a runner stands above the first heat, or a heat has no numbers."""
    heats: list[tuple[Heat, list[Start]]] = []
    for number, cells in text.split(text.decoded(data), quotes=False):
        if text.cell(cells, 0):
            heats.append((_heat(number, cells), []))
        elif not heats:
            message = (
                f"line {number}: a runner stands below a heat, and there is none above: begin with event,round,heat"
            )
            raise Invalid(f"/rows/{number}", "not_evt", message)
        else:
            heats[-1][1].append(_start(cells))
    return [replace(heat, starts=tuple(starts)) for heat, starts in heats]


def of_contests(contests: Iterable[Contest]) -> list[Heat]:
    return [
        Heat(
            event=contest.number,
            round=race.round,
            heat=race.heat,
            name=contest.name,
            distance_m=contest.race_m,
            starts=tuple(
                Start(
                    id=line.athlete.bib,
                    lane=line.lane,
                    last=line.athlete.family_name,
                    first=line.athlete.given_name,
                    affiliation=line.athlete.club or line.athlete.nation,
                )
                for line in race.lines
            ),
        )
        for contest in contests
        for race in contest.races
    ]


def _heat(number: int, cells: Sequence[str]) -> Heat:
    event, round, heat = (text.whole(text.cell(cells, index)) for index in range(3))
    if event is None or round is None or heat is None:
        message = f"line {number}: a heat begins with three numbers, event,round,heat; a runner with an empty column"
        raise Invalid(f"/rows/{number}", "not_evt", message)
    distance = text.whole(text.cell(cells, 9).rstrip("m "))
    return Heat(event=event, round=round, heat=heat, name=text.unguarded(text.cell(cells, 3)), distance_m=distance)


def _start(cells: Sequence[str]) -> Start:
    last, first, affiliation, license = (text.unguarded(text.cell(cells, index)) for index in range(3, 7))
    return Start(
        id=text.cell(cells, 1),
        lane=text.whole(text.cell(cells, 2)) or None,
        last=last,
        first=first,
        affiliation=affiliation,
        license=license,
    )


def _name(given: str) -> str:
    return text.guarded(text.clean(given, NO_ESCAPE))
