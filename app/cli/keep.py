"""`backstraight backup`, `restore`, `export` and `import`: files to keep, while the server runs or without one."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Annotated, Any, Final, TypeVar

import typer

from app.cli.console import AsJson, Base, DryRun, Exit, Failure, Force, Token, put_json, say
from app.cli.office import open_office
from app.domain.refusals import Invalid
from app.operations import archives

Found = TypeVar("Found")
STDOUT: Final = Path("-")
FOLDERS: Final = ("BACKSTRAIGHT_DATA_DIR", "BACKSTRAIGHT_DATABASE_URL")


def backup(
    file: Annotated[
        Path | None, typer.Argument(help="Where to; - is stdout. Default: a name with the time in it.")
    ] = None,
    base: Base = None,
    token: Token = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Write everything, as of one moment, to one file, and read it over to be sure.

    Without --base the database of the settings is used; where a server holds it, the server is asked, with --token.
    Names and birth dates are in the file: only its owner can read it. Tokens are not, only their hashes.

    \b
    Examples:
      backstraight backup
      backstraight backup race.backup.gz --base http://127.0.0.1:8000 --token bs_api_…

    Exit status: 0 written and read over, 1 refused or the file is there, 2 no token, 3 out of reach.
    """
    target = file or Path(f"backstraight-{datetime.now().astimezone():%Y%m%d-%H%M%S}.backup.gz")
    _keep_what_is_there(target, force)
    with open_office(base, token) as office:
        _write(target, office.back_up)
    if target == STDOUT:
        say(f"wrote all of {office.target}")
        return
    meets = _read_over(target, archives.check_all)
    answer = {"file": str(target), "of": office.target, "meet_ids": meets}
    _tell(as_json, answer, f"{target}: all of {office.target}, {len(meets)} meets, read over")


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A backup.")],
    base: Base = None,
    token: Token = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Add what a backup holds and is not here. Nothing that is here is overwritten.

    To have the state of the backup and nothing else, restore into an empty data folder.

    \b
    Examples:
      backstraight restore race.backup.gz --dry-run
      BACKSTRAIGHT_DATA_DIR=spare backstraight restore race.backup.gz

    Exit status: 0 all of it is here now, 1 the file is broken, 2 no token or two targets, 3 out of reach.
    """
    if dry_run:
        meets = _read_over(file, archives.check_all)
        _tell(as_json, {"file": str(file), "meet_ids": meets}, f"{file} is whole: {len(meets)} meets")
        return
    _one_target(context, base)
    with open_office(base, token) as office, file.open("rb") as content:
        done = office.restore(content)
    there = f"{len(done['already_here'])} were there and stay as they are"
    words = f"restored into {office.target}: added {len(done['added'])} meets, {there}"
    _tell(as_json, {"into": office.target, **done}, words)


def export(
    meet: Annotated[str, typer.Argument(help="Id of the meet (meet_…).")],
    file: Annotated[Path | None, typer.Argument(help="Where to; - is stdout. Default: <meet>.jsonl.gz.")] = None,
    base: Base = None,
    token: Token = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Write one meet to one file: its log and its people, so that it can be imported elsewhere.

    \b
    Examples:
      backstraight export meet_0197430a2c4e7d5fa3f09a64d1c3b2e7
      backstraight export meet_0197430a2c4e7d5fa3f09a64d1c3b2e7 - | zcat | head

    Exit status: 0 written and read over, 1 no such meet or the file is there, 2 no token, 3 out of reach.
    """
    target = file or Path(f"{meet}.jsonl.gz")
    _keep_what_is_there(target, force)
    with open_office(base, token) as office:
        _write(target, lambda out: office.archive(meet, out))
    if target == STDOUT:
        say(f"wrote {meet} of {office.target}")
        return
    _read_over(target, archives.check_meet)
    answer = {"file": str(target), "of": office.target, "meet_id": meet}
    _tell(as_json, answer, f"{target}: {meet} of {office.target}, read over")


def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="What `export` wrote.")],
    base: Base = None,
    token: Token = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Make the meet of an exported file, ids and log as they were. All of it or nothing.

    \b
    Examples:
      backstraight import meet_0197430a2c4e7d5fa3f09a64d1c3b2e7.jsonl.gz --dry-run
      backstraight import meet_0197430a2c4e7d5fa3f09a64d1c3b2e7.jsonl.gz

    Exit status: 0 made, 1 the file is broken or the meet is here already, 2 no token or two targets, 3 out of reach.
    """
    if dry_run:
        meet = _read_over(file, archives.check_meet)
        _tell(as_json, {"file": str(file), "meet_id": meet}, f"{file} is whole: {meet}")
        return
    _one_target(context, base)
    with open_office(base, token) as office, file.open("rb") as content:
        made = office.unarchive(content)
    words = f"imported into {office.target}: {made['id']}, {made['facts']} facts, {made['reads']} reads"
    _tell(as_json, {"into": office.target, **made}, words)


def _keep_what_is_there(target: Path, force: bool) -> None:
    if target != STDOUT and target.exists() and not force:
        raise Failure(f"{target} is there already.", "Choose another name, or overwrite it with --force.")


def _one_target(context: typer.Context, base: str | None) -> None:
    """Nothing is written into a server that was named an hour ago where a folder was named now. --base decides."""
    source = context.get_parameter_source("base")
    folders = [name for name in FOLDERS if os.environ.get(name)]
    if folders and source is not None and source.name == "ENVIRONMENT":
        raise Failure(
            f"Two targets are set: BACKSTRAIGHT_BASE={base} and {folders[0]}.",
            "Unset one of them (`env -u BACKSTRAIGHT_BASE backstraight …`), or name the server with --base.",
            Exit.WRONG_USE,
        )


def _write(target: Path, write: Callable[[IO[bytes]], None]) -> None:
    if target == STDOUT:
        write(sys.stdout.buffer)
        return
    with _whole(target) as file:
        write(file)


@contextmanager
def _whole(target: Path) -> Iterator[IO[bytes]]:
    """A file that has its name only once all of it is on disk. It holds names: only its owner may read it."""
    part = target.with_name(f"{target.name}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError as error:
        raise Failure(f"{target} cannot be written: {error.strerror}.", status=Exit.WRONG_USE) from error
    try:
        with open(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _read_over(file: Path, check: Callable[[IO[bytes]], Found]) -> Found:
    try:
        with file.open("rb") as content:
            return check(content)
    except Invalid as broken:
        raise Failure(f"{file}: {broken.detail}.") from broken


def _tell(as_json: bool, answer: Any, words: str) -> None:
    if as_json:
        put_json(answer)
    else:
        say(words)
