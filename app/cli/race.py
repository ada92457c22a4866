"""A made-up road race, set up and fed over the API: what `simulate` and the demo have in common."""

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote
from zoneinfo import ZoneInfo

from app.cli.client import Server
from app.cli.console import Failure
from app.cli.field import Delivery, Mat, Runner
from app.domain.units import Instant, format_instant, instant

CATEGORIES: Final = [
    {"name": f"{sex}{band}", "sex": sex, **ages}
    for sex in ("M", "W")
    for band, ages in (
        ("U20", {"max_age": 19}),
        ("", {"min_age": 20, "max_age": 34}),
        ("35", {"min_age": 35, "max_age": 44}),
        ("45", {"min_age": 45, "max_age": 54}),
        ("55", {"min_age": 55}),
    )
]


@dataclass(frozen=True, slots=True)
class Race:
    """An event with its one heat, and where its mats are."""

    meet: str
    event: str
    heat: str
    mats: tuple[Mat, ...]
    gun: Instant


def open_meet(server: Server, name: str, timezone: str, gun: datetime, **more: Any) -> str:
    day = gun.astimezone(ZoneInfo(timezone)).date().isoformat()
    body = {"name": name, "timezone": timezone, "starts_on": day, "ends_on": day, **more}
    meet: str = server.post("/v1/meets", body)["id"]
    return meet


def open_race(
    server: Server,
    meet: str,
    rows: Sequence[Mapping[str, Any]],
    mats: Sequence[Mat],
    gun: datetime,
    event: Mapping[str, Any],
) -> Race:
    """The event with its entries and one heat drawn. Its mats stand; its gun has not gone off.

    `event` adds to a mass start on the road by net time, with a point at each mat; a name it must have.
    """
    body = {
        "distance_m": mats[-1].distance_m,
        "points": [{"name": mat.name, "distance_m": mat.distance_m} for mat in mats],
        "categories": CATEGORIES,
        "surface": "road",
        "sex": "X",
        "start": "mass",
        "timing": "transponder",
        "ranking": "net",
    }
    event_id: str = server.post(f"/v1/meets/{meet}/events", {**body, **event})["id"]
    enter(server, event_id, rows)
    (heat,) = server.post(f"/v1/events/{event_id}/rounds/final/draw", {})["heats"]
    for mat in mats:
        server.put(source_path(meet, mat), {"place": mat.name})
    return Race(meet, event_id, heat["id"], tuple(mats), instant(gun))


def roster(field: Iterable[Runner], without_chip: Collection[str] = ()) -> list[dict[str, Any]]:
    """Rows of a roster. The bibs in `without_chip` were handed none."""
    return [_row(runner, runner.bib not in without_chip) for runner in field]


def enter(server: Server, event: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Entries as one CSV file; None is an empty cell. All of them or none."""
    text = io.StringIO()
    columns = dict.fromkeys(name for row in rows for name in row)
    writer = csv.DictWriter(text, list(columns))
    writer.writeheader()
    writer.writerows(rows)
    path = f"/v1/events/{event}/registrations/import"
    report = server.send(path, text.getvalue().encode(), "text/csv", dry_run="false")
    if report["errors"]:
        raise Failure(f"The roster was refused: {report['errors'][0]}")


def _row(runner: Runner, with_chip: bool) -> dict[str, Any]:
    return {
        "bib": runner.bib,
        "family_name": runner.family_name,
        "given_name": runner.given_name,
        "sex": runner.sex,
        "age": runner.age,
        "nation": runner.nation,
        "club": runner.club,
        "chips": runner.chip if with_chip else None,
    }


def source_path(meet: str, mat: Mat) -> str:
    return f"/v1/meets/{meet}/sources/{quote(source(mat), safe='')}"


def source(mat: Mat) -> str:
    return f"mat {mat.name}"


def fire(server: Server, race: Race) -> None:
    server.post(f"/v1/heats/{race.heat}/start", {"at": format_instant(race.gun)})


def post_reads(server: Server, race: Race, post: Sequence[Delivery], epoch: str = "1") -> Counter[str]:
    """Reads of one mat; what became of them, by kind (`stored`, `duplicates`, …)."""
    reads = [{"seq": read.seq, "chip": read.chip, "at": race.gun + read.at_us} for read in post]
    body = {"source": source(race.mats[post[0].mat]), "epoch": epoch, "reads": reads}
    answer = server.post(f"/v1/meets/{race.meet}/reads", body)
    kinds = ("stored", "duplicates", "conflicts", "rejected", "unknown_chips")
    return Counter({kind: answer[kind] for kind in kinds})
