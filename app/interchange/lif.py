"""FinishLynx result files (`.lif`): a header and a row for each lane, columns without names.

Header: event, round, heat, name, wind, its unit, …, distance, start as a time of day in the last column that is filled.
Rows: place, id, lane, last and first name, affiliation, time, licence, difference, reaction, splits, and four to spare.
Splits are one cell in quotation marks: `1:01.20 (1:01.20),2:03.45 (1:02.25)`, since the gun and since the one before.
The place may be a code. The difference is to the winner, or to whoever finished before (both occur), and finer than the
time beside it, which is rounded up. A file is rewritten whole while the camera is read.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.facts import Status
from app.domain.refusals import Invalid
from app.domain.units import Duration
from app.interchange import text
from app.interchange.values import Contest, Line, Race
from app.rules.marks import mark, parse_mark
from app.rules.rounding import THOUSANDTH, round_up

NO_ESCAPE: Final = {",": " ", '"': "'"}
"""The format has quotation marks around splits alone."""
HEADER: Final = 11
COLUMNS: Final = 15
_DISTANCE: Final = re.compile(r"(\d{1,5})\s*m?", re.ASCII)
_CLOCK: Final = re.compile(r"([01]?\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,6}))?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """As it stands in the file. `place` is a number, a code or nothing."""

    place: str = ""
    id: str = ""
    lane: int | None = None
    last: str = ""
    first: str = ""
    affiliation: str = ""
    time: str = ""
    license: str = ""
    delta: str = ""
    reaction: str = ""
    splits: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lif:
    event: str = "0"
    round: str = "0"
    heat: str = "0"
    name: str = ""
    wind: str = ""
    wind_unit: str = ""
    distance_m: int | None = None
    start: str = ""
    """A time of day, as the camera wrote it."""
    rows: tuple[Row, ...] = ()


def write(file: Lif) -> bytes:
    head = [file.event, file.round, file.heat, _name(file.name), file.wind, file.wind_unit, "", "", ""]
    rows = [[*head, file.distance_m, file.start], *(_cells(row) for row in file.rows)]
    return text.written(rows)


def read(data: bytes) -> Lif:
    """`Invalid` for what has no header of three numbers, or a time that is none, and for a file that is still
    being written."""
    rows = list(text.split(text.finished(text.decoded(data))))
    head = [cell.strip() for cell in rows[0][1]] if rows else []
    if len(head) < 3 or any(text.whole(cell) is None for cell in head[:3]):
        message = "the first line of a LIF file is event,round,heat,name,…: three numbers and the name of the event"
        raise Invalid("", "not_lif", message)
    return Lif(
        event=head[0],
        round=head[1],
        heat=head[2],
        name=text.cell(head, 3),
        wind=text.cell(head, 4),
        wind_unit=text.cell(head, 5),
        distance_m=_distance(text.cell(head, 9)),
        start=next((cell for cell in reversed(head[6:]) if _CLOCK.fullmatch(cell)), ""),
        rows=tuple(_row(number, cells) for number, cells in rows[1:]),
    )


def of_race(contest: Contest, race: Race) -> Lif:
    """The official results of a heat, by place; whoever has none comes last."""
    first = next((line for line in race.lines if line.place is not None and line.elapsed_us is not None), None)
    return Lif(
        event=str(contest.number),
        round=str(race.round),
        heat=str(race.heat),
        name=contest.name,
        wind=race.wind or "",
        wind_unit="m/s" if race.wind else "",
        distance_m=contest.race_m,
        start=race.started,
        rows=tuple(_of_line(line, None if line is first or first is None else first.elapsed_us) for line in race.lines),
    )


def status_of(row: Row) -> Status | None:
    """Of a code in the place (CrossMgr's reading): anything with a Q is a disqualification, other words are DNF.

    None for one who goes on without having finished (`ADV`), and where there is nothing at all.
    """
    code = row.place.upper()
    if not code and not row.time:
        return None
    if not code or code.isdigit():
        return "OK"
    if code in ("DNS", "SCR"):
        return "DNS"
    if "Q" in code or code == "FS":
        return "DQ"
    return None if code == "ADV" else "DNF"


def measured(rows: Sequence[Row]) -> list[Duration | None]:
    """What was measured in each row, as finely as the file says it: differences are finer than published times.

    They count where each of them, rounded up, is the time beside it; else the published times do.
    """
    published = [parse_mark(row.time.rstrip("hH")) if row.time else None for row in rows]
    for to_winner in (True, False):
        found = _summed(rows, published, to_winner=to_winner)
        if all(_is_rounded(row, fine) for row, fine in zip(rows, found, strict=True)):
            return found
    return published


def time_of_day(start: str) -> Duration | None:
    """Microseconds since midnight at the track."""
    found = _CLOCK.fullmatch(start)
    if found is None:
        return None
    hours, minutes, seconds, decimals = found.groups()
    return Duration(
        ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1_000_000 + int((decimals or "").ljust(6, "0"))
    )


def _summed(rows: Sequence[Row], published: Sequence[Duration | None], *, to_winner: bool) -> list[Duration | None]:
    out: list[Duration | None] = []
    base = None
    for row, time in zip(rows, published, strict=True):
        delta = _delta(row.delta)
        fine = time
        if time is not None and delta is not None:
            fine = delta if base is None else Duration(base + delta)
        if fine is not None and (base is None or not to_winner):
            base = fine
        out.append(fine)
    return out


def _is_rounded(row: Row, fine: Duration | None) -> bool:
    if fine is None:
        return True
    decimals = len(row.time.rstrip("hH").partition(".")[2])
    return round_up(fine, Duration(10 ** (6 - min(decimals, 6)))) == parse_mark(row.time.rstrip("hH"))


def _delta(given: str) -> Duration | None:
    """Nothing between two runners, or less than nothing where the judge places them otherwise, is a difference too."""
    digits = given.removeprefix("-")
    if digits and not digits.strip("0.:"):
        return Duration(0)
    try:
        return Duration(parse_mark(digits) * (-1 if digits != given else 1))
    except ValueError:
        return None


def _of_line(line: Line, winner: Duration | None) -> Row:
    runner, ran = line.athlete, line.status in ("OK", None)
    behind = line.elapsed_us if winner is None or line.elapsed_us is None else Duration(line.elapsed_us - winner)
    return Row(
        place=(str(line.place) if line.place is not None else "") if ran else str(line.status),
        id=runner.bib,
        lane=line.lane,
        last=runner.family_name,
        first=runner.given_name,
        affiliation=runner.club or runner.nation,
        time=(line.mark or "") if ran else "",
        delta=mark(behind, THOUSANDTH) if ran and behind is not None else "",
        reaction="" if line.reaction_us is None else mark(line.reaction_us, THOUSANDTH),
        splits=",".join(f"{split.mark} ({split.lap})" for split in line.splits),
    )


def _cells(row: Row) -> list[text.Cell]:
    names = (_name(row.last), _name(row.first), _name(row.affiliation))
    id = text.clean(row.id, NO_ESCAPE)
    # Lane 0 is none, and so is an empty cell; id 0 is none too, so that a bib of zeros stays as it is.
    front: list[text.Cell] = [text.clean(row.place, NO_ESCAPE), id, row.lane, *names, row.time, _name(row.license)]
    return [*front, row.delta, row.reaction, row.splits, *[""] * (COLUMNS - 11)]


def _row(number: int, cells: Sequence[str]) -> Row:
    row = Row(
        place=text.cell(cells, 0),
        id=text.cell(cells, 1),
        lane=text.whole(text.cell(cells, 2)) or None,
        last=text.unguarded(text.cell(cells, 3)),
        first=text.unguarded(text.cell(cells, 4)),
        affiliation=text.unguarded(text.cell(cells, 5)),
        time=text.cell(cells, 6),
        license=text.cell(cells, 7),
        delta=text.cell(cells, 8),
        reaction=text.cell(cells, 9),
        splits=text.cell(cells, 10),
    )
    try:
        if row.time:
            parse_mark(row.time.rstrip("hH"))
    except ValueError as problem:
        raise Invalid(f"/rows/{number}", "not_a_mark", f"line {number}: {problem}") from problem
    return row


def _name(given: str) -> str:
    return text.guarded(text.clean(given, NO_ESCAPE))


def _distance(given: str) -> int | None:
    found = _DISTANCE.fullmatch(given)
    return int(found[1]) if found else None
