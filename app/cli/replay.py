"""`backstraight replay`: a recorded race, told to a running server over its API."""

import gzip
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import msgspec
import typer

from app.cli import race
from app.cli.client import DEFAULT_BASE, Server
from app.cli.console import AsJson, Base, Failure, Token, put, put_json, say
from app.cli.field import SECOND, Delivery, Mat, batches
from app.cli.rerun import Rerun
from app.domain.meet import LONGEST_M
from app.domain.refusals import Invalid
from app.domain.units import Duration
from app.store.unarchive import whole

GUN: Final = datetime(2026, 5, 3, 13, 0, tzinfo=UTC)
HALF_M: Final = 21_097.5
EXAMPLE: Final = (
    '{"bib": "7", "sex": "W", "age": 31, "category": "W30", '
    '"reads": [{"point": "Start", "t_s": 2.4}, {"point": "5K", "t_s": 1490}, {"point": "Finish", "t_s": 3000.5}]}'
)


def replay(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="An exported meet, or runners as JSON lines.")
    ],
    base: Base = None,
    token: Token = None,
    as_json: AsJson = False,
) -> None:
    """Tell a recorded race to a running server, as its readers and officials would.

    An exported meet (`backstraight export`) becomes a rehearsal like it: what stands of its log, in the log's order.
    Runners as JSON lines become a road race, scaled to 10 km, by net time. `t_s` is in seconds after the gun; age and
    category may be left out, and `"athlete": {"name": …}` may be added. Points: Start, a number of km, Half, Finish.

    \b
    One line, one runner (here broken in two):
      {"bib": "7", "sex": "W", "age": 31, "category": "W30", "reads": [{"point": "Start", "t_s": 2.4},
       {"point": "5K", "t_s": 1490}, {"point": "Finish", "t_s": 3000.5}]}

    \b
    Examples:
      backstraight replay meet_0197430a2c4e7d5fa3f09a64d1c3b2e7.jsonl.gz
      backstraight replay runners.jsonl --base http://127.0.0.1:8000 --token bs_api_…

    Exit status: 0 all of it was taken, 1 the server refused something or the file is broken, 3 no server.
    """
    with Server(base or DEFAULT_BASE, token) as server:
        result = _rerun(server, file) if _is_archive(file) else _race(server, _runners(file))
        say(f"told to {server.base}")
    if as_json:
        put_json(result)
    else:
        put("\n".join(f"{name:>14}  {value}" for name, value in result.items()))


def _is_archive(file: Path) -> bool:
    with file.open("rb") as content:
        return content.read(2) == b"\x1f\x8b"


def _rerun(server: Server, file: Path) -> dict[str, Any]:
    try:
        with gzip.open(file) as lines:
            rerun = Rerun(server, whole(lines))
    except (Invalid, OSError, EOFError) as error:
        raise Failure(f"{file}: {error}.") from error
    return rerun.run()


# ── runners as JSON lines ────────────────────────────────────────────────────────────────────────────────────────────


class Seen(msgspec.Struct):
    point: str
    t_s: float


class Named(msgspec.Struct):
    name: str | None = None


class Line(msgspec.Struct):
    """One runner of a published race. `t_s`: seconds after the gun."""

    bib: str | int
    sex: Literal["M", "W", "F"]
    reads: list[Seen]
    age: int | None = None
    category: str | None = None
    athlete: Named | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """`row`: of the roster. `reads`: (point, seconds after the gun)."""

    row: dict[str, Any]
    reads: tuple[tuple[str, float], ...]


_line: Final = msgspec.json.Decoder(Line, strict=True)


def _runners(file: Path) -> list[Recorded]:
    runners = []
    for number, line in enumerate(file.read_bytes().splitlines(), 1):
        try:
            runners += [_recorded(_line.decode(line))] if line.strip() else []
        except msgspec.DecodeError as error:
            raise Failure(f"{file}, line {number}: {error}.", f"A line that is whole: {EXAMPLE}") from error
    if not runners:
        raise Failure(f"{file} holds no runners.", f"One line a runner, as {EXAMPLE}")
    return runners


def _recorded(line: Line) -> Recorded:
    given, _, family = ((line.athlete and line.athlete.name) or f"Runner {line.bib}").rpartition(" ")
    row = {
        "bib": line.bib,
        "family_name": family,
        "given_name": given,
        "sex": "W" if line.sex == "F" else line.sex,
        "age": line.age,
        "category": line.category,
        "chips": f"C{line.bib}",
    }
    return Recorded(row, tuple((read.point, read.t_s) for read in line.reads))


def _race(server: Server, runners: Sequence[Recorded]) -> dict[str, Any]:
    mats = _course({point for runner in runners for point, _ in runner.reads})
    meet = race.open_meet(server, "Replayed race", "UTC", GUN, rehearsal=True)
    rows = [runner.row for runner in runners]
    made = race.open_race(server, meet, rows, mats, GUN, {"name": "Replayed race", "categories": []})
    race.fire(server, made)
    reads: Counter[str] = Counter()
    for post in batches(list(_deliveries(runners, mats)), Duration(3_600 * SECOND)):
        reads += race.post_reads(server, made, post)
    say(f"{len(runners)} runners, {len(mats)} mats")
    return {"meet_id": meet, "event_id": made.event, "runners": len(runners), **reads}


def _course(points: set[str]) -> list[Mat]:
    """In order of distance, scaled so that the longest known one is no longer than the longest race."""
    known = {point: metres for point in points if (metres := _metres(point)) is not None}
    finish = max([*known.values(), 8_000.0]) * 1.05
    scaled = {point: round(known.get(point, finish) / finish * LONGEST_M) for point in points}
    return [Mat(point, metres) for point, metres in sorted(scaled.items(), key=lambda one: one[1])]


def _metres(point: str) -> float | None:
    """`Start`, `Half`, `5K`, `7.5 km`; None for the finish."""
    named = {"Start": 0.0, "Half": HALF_M}
    if point in named:
        return named[point]
    number = re.match(r"[\d.]+", point)
    return float(number[0]) * 1_000 if number else None


def _deliveries(runners: Sequence[Recorded], mats: Sequence[Mat]) -> Iterator[Delivery]:
    numbers = {mat.name: n for n, mat in enumerate(mats)}
    seen = ((round(t * SECOND), numbers[point], r.row["chips"]) for r in runners for point, t in r.reads)
    counts: Counter[int] = Counter()
    for at_us, mat, chip in sorted(seen):
        counts[mat] += 1
        yield Delivery(at_us, mat, counts[mat], chip, at_us)
