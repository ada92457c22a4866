"""What `backstraight doctor` looks at beyond this machine: the database server, the backups, the server's clock."""

import time
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

import httpx

from app.cli.check import Check
from app.store import StoreError
from app.store.postgres import durability

OLD_BACKUP_S: Final = 24 * 3_600
DATE_IS_OLD_S: Final = 2.0
"""The header has whole seconds, and servers make a new one once a second."""
CLOCK_OFF_S: Final = 1.0


def database_server(url: str) -> Iterator[Check]:
    """Nothing where it is not reached: that is said elsewhere."""
    try:
        found = durability(url)
    except StoreError:
        return
    yield durable(found)


def durable(settings: Mapping[str, str]) -> Check:
    """Whether a commit that was acknowledged outlives a power cut. `settings` are PostgreSQL's, by name."""
    text = ", ".join(f"{name} {value}" for name, value in sorted(settings.items()))
    off = [name for name, value in settings.items() if value == "off"]
    if "fsync" in off or "synchronous_commit" in off:
        return Check("durability", "failure", text, "A power cut loses acknowledged reads. Turn these on.")
    if off:
        return Check("durability", "warning", text, "Turn it on, unless the file system never writes half a page.")
    return Check("durability", "ok", text)


def newest_backup(folder: Path, now_s: float) -> Check:
    """By the time that the files were written; whether they are whole, `restore --dry-run` says."""
    files = [file for file in folder.glob("*.gz") if file.is_file()]
    if not files:
        return Check("backup", "warning", f"no *.gz in {folder}", "Make one: backstraight backup FILE.")
    newest = max(files, key=lambda file: file.stat().st_mtime)
    hours = (now_s - newest.stat().st_mtime) / 3_600
    text = f"{newest.name}, {hours:.1f} hours old"
    if hours * 3_600 > OLD_BACKUP_S:
        return Check("backup", "warning", text, "Make a new one: backstraight backup FILE.")
    return Check("backup", "ok", text)


def server_clock(base: str) -> Check:
    """This machine's clock beside the server's, as its answers are dated: to the second, not to the millisecond."""
    sent = time.time()
    try:
        answer = httpx.get(f"{base.rstrip('/')}/healthz", trust_env=False, timeout=10.0)
    except httpx.HTTPError as error:
        return Check("clock", "failure", f"no server answers at {base}: {error}", "Is it running, and is that it?")
    if "date" not in answer.headers:
        return Check("clock", "note", f"{base} does not date its answers", "Nothing to compare with.")
    return clock(parsedate_to_datetime(answer.headers["date"]).timestamp(), sent, time.time())


def clock(dated_s: float, sent_s: float, received_s: float) -> Check:
    """How far apart two clocks are at least: the answer was dated between sending and receiving."""
    behind, ahead = dated_s - received_s, sent_s - dated_s - DATE_IS_OLD_S
    if max(behind, ahead) < CLOCK_OFF_S:
        return Check("clock", "ok", "agrees with the server's, within the second or two that its Date can tell")
    text = f"{max(behind, ahead):.0f} s or more {'behind' if behind > ahead else 'ahead of'} the server's"
    return Check("clock", "warning", text, "Set both by NTP. What this machine times comes out as far off.")
