"""Files to keep: one meet, or everything that a server holds. Gzipped lines, from a snapshot, while others write.

A backup is a line that names organizations and tokens (hashes, never secrets), then every meet's archive. Putting it
back adds what is not here and never overwrites: a meet that is here stays as it is, and is named.
"""

import gzip
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import IO, Any, Final

import msgspec

from app.domain.ids import MeetId, OrganizationId
from app.domain.refusals import Invalid
from app.domain.units import Instant
from app.operations.announced import content_of
from app.operations.find import events_of
from app.store import Database, OrganizationRow, Reader, TokenRow, Writer, archive
from app.store.unarchive import PutBack, head_of, put_back, whole
from app.timing.projection import Projection

FORMAT: Final = 1
LEVEL: Final = 3
"""zlib's: six is twice as slow and saves a tenth."""
LONGEST_LINE: Final = 64 << 20


class Backup(msgspec.Struct, forbid_unknown_fields=True):
    """The first line of a backup."""

    made_at_us: int
    meets: int
    organizations: list[dict[str, Any]]
    tokens: list[dict[str, Any]]
    format: int = FORMAT


class FirstLine(msgspec.Struct):
    backup: Backup


@dataclass(slots=True)
class Restored:
    """What a backup added, and the meets that it left alone because they are here."""

    added: list[PutBack] = field(default_factory=list)
    here: list[MeetId] = field(default_factory=list)
    organizations: int = 0
    tokens: int = 0


def write_meet(db: Database, meet: MeetId, file: IO[bytes]) -> None:
    """The whole meet, names and birth dates included; `NotFound`."""
    with db.read() as tx, _packing(file) as packed:
        packed.writelines(archive.lines(tx, meet))


def write_all(db: Database, now: Instant, file: IO[bytes]) -> int:
    """Everything, as of one moment; the number of meets."""
    with db.read() as tx, _packing(file) as packed:
        meets = archive.meets(tx)
        packed.write(msgspec.json.encode(FirstLine(_backup(tx, now, len(meets)))) + b"\n")
        for meet in meets:
            packed.writelines(archive.lines(tx, meet))
    return len(meets)


def read_meet(db: Database, file: IO[bytes], organization: OrganizationId) -> PutBack:
    """The meet of that file, for this organization: all of it, or a refusal and nothing."""
    lines = _lines(file)
    with db.write() as tx:
        made = _put_back(tx, lines, organization)
        if next(lines, None) is not None:
            raise _broken("something follows the meet")
    return made


def read_all(db: Database, file: IO[bytes]) -> Restored:
    """One transaction a meet: what was added stays when a later part of the file turns out to be broken."""
    lines = _lines(file)
    first = _first(next(lines, b""))
    done = Restored()
    _put_accounts(db, first, done)
    found = 0
    for head in lines:
        found += 1
        _put_meet(db, head, lines, done)
    if found != first.meets:
        raise _broken(f"it holds {found} meets of {first.meets}: it was cut off")
    return done


def check_meet(file: IO[bytes]) -> MeetId:
    """The meet in that file; `Invalid` unless every line of it is as it was written."""
    lines = _lines(file)
    meet = _check(lines)
    if next(lines, None) is not None:
        raise _broken("something follows the meet")
    return meet


def check_all(file: IO[bytes]) -> list[MeetId]:
    """The meets in a backup; `Invalid` unless every line of it is as it was written."""
    lines = _lines(file)
    first = _first(next(lines, b""))
    meets = [_check(chain([head], lines)) for head in lines]
    if len(meets) != first.meets:
        raise _broken(f"it holds {len(meets)} meets of {first.meets}: it was cut off")
    return meets


def _check(lines: Iterable[bytes]) -> MeetId:
    content = whole(lines)
    meet = MeetId(head_of(content).id)
    deque(content, maxlen=0)
    return meet


def _backup(tx: Reader, now: Instant, meets: int) -> Backup:
    organizations = [msgspec.to_builtins(row) for row in tx.access.organizations()]
    tokens = [msgspec.to_builtins(row) for row in tx.access.tokens()]
    return Backup(now, meets, organizations, tokens)


def _put_accounts(db: Database, backup: Backup, done: Restored) -> None:
    with db.write() as tx:
        for row in (msgspec.convert(row, OrganizationRow) for row in backup.organizations):
            if tx.access.organization(row.id) is None:
                tx.access.put_organization(row)
                done.organizations += 1
        for token in (msgspec.convert(row, TokenRow) for row in backup.tokens):
            if tx.access.token(token.id) is None and tx.access.principal(token.hash) is None:
                tx.access.put_token(token)
                done.tokens += 1


def _put_meet(db: Database, head: bytes, lines: Iterator[bytes], done: Restored) -> None:
    meet = archive.head_of(head)
    with db.read() as tx:
        here = meet is not None and tx.meets.get(meet) is not None
    if here and meet is not None:
        done.here.append(meet)
        _skip(lines)
        return
    with db.write() as tx:
        done.added.append(_put_back(tx, chain([head], lines)))


def _put_back(tx: Writer, lines: Iterable[bytes], organization: OrganizationId | None = None) -> PutBack:
    """With facts that make a meet: from any others no answer could be made, ever."""
    made, projection = put_back(tx, lines, organization), Projection()
    try:
        projection.apply(tx.facts.after(made.meet, 0), head=made.head)
        for event in events_of(projection.state):
            content_of(projection, event.id, {})
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        last = projection.state.log[-1]
        why = f"its facts do not follow from each other ({type(error).__name__}: {error}), up to number {last.seq}"
        raise _broken(why) from error
    return made


def _skip(lines: Iterable[bytes]) -> None:
    for line in lines:
        if archive.is_end(line):
            return


def _first(line: bytes) -> Backup:
    try:
        first = msgspec.json.decode(line, type=FirstLine).backup
    except msgspec.MsgspecError as error:
        raise _broken(f"its first line is none of a backup ({error})") from error
    if first.format > FORMAT:
        raise _broken(f"it has format {first.format}, this version reads up to {FORMAT}: install the newer one")
    return first


def _packing(file: IO[bytes]) -> gzip.GzipFile:
    # No name and no time in it: the same meet gives the same bytes.
    return gzip.GzipFile(filename="", mode="wb", compresslevel=LEVEL, fileobj=file, mtime=0)


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    try:
        with gzip.GzipFile(fileobj=file, mode="rb") as packed:
            while line := packed.readline(LONGEST_LINE):
                yield line
    except (OSError, EOFError, zlib.error) as error:
        raise _broken(f"it cannot be unpacked ({error})") from error


def _broken(why: str) -> Invalid:
    return Invalid(at="", problem="not_an_archive", message=f"this file cannot be used: {why}")
