"""The file of a photo-finish camera as the readings of a heat: LIF rows become runners, by id or by lane.

A row that names nobody is shown with the reason, and then nothing is stored unless it may be skipped. The start is
taken over where none was recorded: the camera knows the time of day, the meet the day.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo

from app.domain.facts import Method
from app.domain.ids import HeatId, RegistrationId
from app.domain.refusals import Invalid, NotInHeat, Refusal
from app.domain.state import Heat, MeetState
from app.domain.units import Duration, Instant, format_instant, instant
from app.interchange import lif
from app.interchange.lif import Lif, Row
from app.operations import checks, finishes, starts
from app.operations.find import bib_of, heat_of, spec_of, starter_as_typed, starter_in_lane
from app.operations.finishes import Finish
from app.operations.roster_hints import RowError
from app.operations.sheet import Sheet, writable
from app.rules.marks import parse_mark
from app.rules.wind import parse_wind

NO_WIND: Final = ("", "NWI")


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraReport:
    """What a file says of a heat. `stored` is whether it is on disk."""

    stored: bool
    finishes: int
    wind_mps: str | None
    started_at: str | None
    """The start that was taken over from the file."""
    errors: tuple[RowError, ...]
    seq: int | None = None


def read_file(
    sheet: Sheet,
    id: HeatId,
    data: bytes,
    *,
    method: Method = "photo_finish",
    on: str | None = None,
    any_heat: bool = False,
    dry_run: bool = False,
    on_error: Literal["stop", "skip"] = "stop",
) -> CameraReport:
    """Record what the camera saw of a heat. `on` is the day of the start where the meet has several.

    A file that numbers another heat than this one is refused, unless `any_heat`. Sent again it changes nothing.
    """
    state = writable(sheet.state)
    heat = heat_of(state, id)
    checks.known_day(on, "/on")
    file = lif.read(data)
    if not any_heat:
        _check_numbers(state, heat, file)
    found, errors = _finishes(state, heat, file.rows)
    at = None if heat.now.start else started(state, heat, file, on)
    wind = wind_of(file)
    report = CameraReport(
        stored=False,
        finishes=len(found),
        wind_mps=wind,
        started_at=None if at is None else format_instant(at),
        errors=tuple(errors),
    )
    if errors and on_error != "skip":
        return report if dry_run else replace(report, finishes=0, started_at=None)
    finishes.decide(state, heat, method, found, wind)
    if dry_run:
        return report
    if at is not None:
        starts.start(sheet, id, at)
    return replace(report, stored=True, seq=finishes.read_finishes(sheet, id, method, found, wind))


def started(state: MeetState, heat: Heat, file: Lif, on: str | None) -> Instant | None:
    """The instant of the camera's start, None where no day is known for it."""
    of_day = lif.time_of_day(file.start)
    spec = spec_of(state)
    day = on or _scheduled(state, heat) or (spec.starts_on if spec.starts_on == spec.ends_on else None)
    if of_day is None or day is None:
        return None
    # The wall clock decides, not what has passed since midnight: on two days of a year that differs by an hour.
    seconds, rest = divmod(of_day, 1_000_000)
    minutes, second = divmod(seconds, 60)
    then = checks.day(day, "/on")
    zone = ZoneInfo(spec.timezone)
    local = datetime(then.year, then.month, then.day, minutes // 60, minutes % 60, second, rest, zone)
    return instant(local)


def _scheduled(state: MeetState, heat: Heat) -> str | None:
    rounds = state.events[heat.event].spec.rounds
    at = next((round.scheduled_at for round in rounds if round.name == heat.round), None)
    if at is None:
        return None
    return datetime.fromtimestamp(at // 1_000_000, ZoneInfo(spec_of(state).timezone)).date().isoformat()


def _check_numbers(state: MeetState, heat: Heat, file: Lif) -> None:
    """Zeros are no numbers: a camera that was not told the race writes them."""
    named = tuple(map(int, (file.event, file.round, file.heat)))
    event = state.events[heat.event]
    rounds = [round.name for round in event.spec.rounds]
    number = 1 + rounds.index(heat.round) if heat.round in rounds else 0
    here = (1 + list(state.events).index(event.id), number, heat.drawn.number)
    if all(named) and named != here:
        names = "event {}, round {}, heat {}"
        message = f"the file is of {names.format(*named)}, and this is {names.format(*here)}: choose that heat"
        raise Invalid("", "other_heat", f"{message}, or say any_heat=true")


def _finishes(state: MeetState, heat: Heat, rows: Sequence[Row]) -> tuple[list[Finish], list[RowError]]:
    found: list[Finish] = []
    errors: list[RowError] = []
    seen: dict[RegistrationId, int] = {}
    for number, row, fine, judged in _timed(rows):
        try:
            id = _runner(state, heat, row)
            if seen.setdefault(id, number) != number:
                message = f"bib {bib_of(state, id)} is in row {seen[id]} already: give each runner one row"
                raise Invalid("/id", "runner_twice", message)
            found.append(replace(_finish(row, fine, judged), bib=bib_of(state, id)))
        except Refusal as refused:
            column = refused.pointer.lstrip("/") if refused.pointer else None
            errors.append(RowError(number, column, refused.code, refused.detail))
    return found, errors


def _timed(rows: Sequence[Row]) -> Iterator[tuple[int, Row, Duration | None, bool]]:
    """Rows that say something, numbered as in the file, with what was measured, and whether only a judge told them
    from another one."""
    times = lif.measured(rows)
    level = Counter(times)
    for number, (row, fine) in enumerate(zip(rows, times, strict=True), 2):
        if lif.status_of(row) is not None:
            yield number, row, fine, fine is None or level[fine] > 1


def _runner(state: MeetState, heat: Heat, row: Row) -> RegistrationId:
    """By id, which is the bib; a lane that is given too must be the same runner's."""
    if not row.id:
        if row.lane is None:
            raise Invalid("/id", "no_runner", "the row has neither an id nor a lane: say whose time it is")
        return starter_in_lane(heat, row.lane, "/lane")
    id = starter_as_typed(state, heat, row.id, "/id")
    drawn = {one.lane for one in heat.drawn.starters if one.registration == id}
    if row.lane is not None and drawn - {None, row.lane}:
        raise NotInHeat(f"bib {row.id} in lane {row.lane}", at="/lane")
    return id


def _finish(row: Row, fine: Duration | None, judged: bool) -> Finish:
    status = lif.status_of(row)
    out = status in ("DNS", "DNF", "DQ")
    return Finish(
        elapsed_us=None if out else fine,
        reaction_us=reaction_of(row.reaction),
        status=status if out else None,
        place=int(row.place) if judged and row.place.isdigit() else None,
    )


def reaction_of(given: str) -> Duration | None:
    """Below zero before the gun."""
    digits = given.removeprefix("-")
    if not digits.strip("0."):
        return None
    try:
        return Duration(parse_mark(digits) * (-1 if digits != given else 1))
    except ValueError as problem:
        raise Invalid("/reaction", "not_a_reaction", f"{given!r} is no reaction: write seconds as 0.141") from problem


def wind_of(file: Lif) -> str | None:
    """Metres a second; one that says no number was not read."""
    if file.wind.upper() in NO_WIND or file.wind_unit.casefold() not in ("", "m/s", "mps"):
        return None
    try:
        parse_wind(file.wind)
    except ValueError:
        return None
    return file.wind
