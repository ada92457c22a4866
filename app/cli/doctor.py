"""`backstraight doctor`: what could spoil a race day, looked at before it does."""

import os
import shutil
import socket
import sqlite3
import statistics
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Final

import typer

from app.cli import environment, race_day, whereabouts
from app.cli.check import LEVELS, Check, Level
from app.cli.console import AsJson, Base, Port, put, put_json
from app.settings import Settings
from app.store import DatabaseBusy, SchemaTooOld, StoreError, open_database

MARKS: Final = {"ok": "✓", "note": "i", "warning": "!", "failure": "✗"}
STATUSES: Final[dict[Level, int]] = {"ok": 0, "note": 0, "warning": 1, "failure": 2}

SOUND_SQLITE: Final = (3, 51, 3)
"""Earlier ones can corrupt a WAL file that two connections write at once (sqlite.org/wal.html)."""
LITTLE_SPACE: Final = 1 << 30
NO_SPACE: Final = 64 << 20
SLOW_FSYNC_MS: Final = 25.0


def doctor(
    port: Port = None,
    backups: Annotated[Path | None, typer.Option(help="Folder of backups, to see how old the newest is.")] = None,
    base: Base = None,
    as_json: AsJson = False,
) -> None:
    """Look at the machine, the data folder and the database before race day. Changes nothing.

    With --base, on a machine that times or posts: whether its clock agrees with the server's.

    \b
    Examples:
      backstraight doctor
      backstraight doctor --backups /media/usb --base http://192.168.1.10:8000
      backstraight doctor --json | jq '.[] | select(.level != "ok")'

    Exit status: 0 all is well, perhaps with notes, 1 there are warnings, 2 something fails.
    """
    settings = environment.settings(port=port)
    checks = list(examine(settings, settings.port, backups, base))
    if as_json:
        put_json([asdict(check) for check in checks])
    else:
        put("\n".join(_lines(checks)))
    raise typer.Exit(STATUSES[worst(checks)])


def examine(settings: Settings, port: int, backups: Path | None = None, base: str | None = None) -> Iterator[Check]:
    yield sqlite_version(sqlite3.sqlite_version_info)
    yield folder(settings.data_dir)
    chosen = settings.data_dir.absolute()
    place = next(parent for parent in (chosen, *chosen.parents) if parent.is_dir())
    usage = shutil.disk_usage(place)
    yield space(usage.free, usage.total)
    if os.access(place, os.W_OK):
        yield commits(fsync_ms(place))
    yield schema(settings.url)
    if settings.url.startswith("postgresql"):
        yield from race_day.database_server(settings.url)
    if backups is not None:
        yield race_day.newest_backup(backups, time.time())
    if base is not None:
        yield race_day.server_clock(base)
    yield time_zones()
    yield free_port(settings.host, port, whereabouts.of(settings.url))


def worst(checks: Iterable[Check]) -> Level:
    return max((check.level for check in checks), key=LEVELS.index, default="ok")


def sqlite_version(found: tuple[int, ...]) -> Check:
    text = ".".join(map(str, found))
    if found >= SOUND_SQLITE:
        return Check("sqlite", "ok", text)
    advice = (
        "Before 3.51.3 two writers can corrupt a WAL file. The server lets one connection write, and no other program."
    )
    return Check("sqlite", "note", text, advice)


def folder(data_dir: Path) -> Check:
    if not data_dir.exists():
        return Check("data folder", "ok", f"{data_dir}, made at the first start")
    if data_dir.is_dir() and os.access(data_dir, os.W_OK | os.X_OK):
        return Check("data folder", "ok", str(data_dir))
    return Check(
        "data folder", "failure", f"{data_dir} cannot be written", "Choose another with BACKSTRAIGHT_DATA_DIR."
    )


def space(free: int, total: int) -> Check:
    text = f"{free / (1 << 30):.1f} GiB free of {total / (1 << 30):.1f}"
    if free < NO_SPACE:
        return Check("disk", "failure", text, "A race needs about 150 bytes a read. Free some space.")
    if free < LITTLE_SPACE or free < total // 10:
        return Check("disk", "warning", text, "Less than a tenth or 1 GiB is left.")
    return Check("disk", "ok", text)


def fsync_ms(place: Path, rounds: int = 20) -> float:
    """Median milliseconds to put 4 KiB on the disk for good."""
    probe, took = place / f".backstraight-probe-{os.getpid()}", []
    try:
        with probe.open("wb", buffering=0) as file:
            for _ in range(rounds):
                began = time.perf_counter()
                file.write(bytes(4_096))
                os.fsync(file.fileno())
                took.append(time.perf_counter() - began)
    finally:
        probe.unlink(missing_ok=True)
    return statistics.median(took) * 1_000


def commits(ms: float) -> Check:
    text = f"{ms:.2f} ms to put a commit on disk"
    if ms > SLOW_FSYNC_MS:
        advice = "Each post waits for one. Readers that post in batches are not held up; single reads are."
        return Check("disk speed", "warning", text, advice)
    return Check("disk speed", "ok", text)


def schema(url: str) -> Check:
    """Of a database that no server holds; one that does looks itself, at every start."""
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).exists():
        return Check("database", "ok", "none yet, made at the first start")
    try:
        open_database(url, migrate=False).close()
    except DatabaseBusy as busy:
        base = whereabouts.of(url)
        return Check("database", "ok", f"in use by {f'the server at {base}' if base else busy.holder}")
    except SchemaTooOld as old:
        return Check("database", "warning", old.detail, "The next start brings it up to date. Make a backup first.")
    except StoreError as error:
        return Check("database", "failure", error.detail)
    return Check("database", "ok", "schema is current")


def time_zones() -> Check:
    zones = (files("tzdata") / "zones").read_text(encoding="ascii").count("\n")
    return Check("time zones", "ok", f"{zones} zones, tzdata {version('tzdata')}, independent of this machine's")


def free_port(host: str, port: int, server: str | None = None) -> Check:
    """`server`: the address of the one that has this database, whose port it may be."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if server == whereabouts.address(host, port):
                return Check("port", "ok", f"{host}:{port} is the running server's")
            return Check(
                "port", "warning", f"{host}:{port}: {error.strerror}", "Another server has it, or choose --port."
            )
    return Check("port", "ok", f"{host}:{port} is free")


def _lines(checks: Iterable[Check]) -> Iterator[str]:
    for check in checks:
        yield f"{MARKS[check.level]} {check.name:<12} {check.found}"
        if check.advice:
            yield f"  {'':<12} {check.advice}"
