"""`backstraight serve`, `migrate` and `openapi`: the server, its schema and its description."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from alembic.util.exc import CommandError

from app import __version__
from app.api.openapi import openapi_document
from app.cli import environment, whereabouts
from app.cli.console import AsJson, Exit, Failure, Port, put, put_json, say
from app.main import serve as serve_until_stopped
from app.store import Database, SchemaTooOld, StoreError, open_database
from app.store import migrate as history


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on (default 127.0.0.1).")] = None,
    port: Port = None,
) -> None:
    """Run the server until Ctrl-C. Settings come from the environment:

    \b
      BACKSTRAIGHT_DATABASE_URL   sqlite:///… or postgresql://… (default: SQLite in the data folder)
      BACKSTRAIGHT_DATA_DIR       the data folder (default: var)
      BACKSTRAIGHT_ADMIN_TOKEN    the administrator's token (without it the first start makes one)
      BACKSTRAIGHT_AUTO_MIGRATE   false: refuse to start on an older schema
      BACKSTRAIGHT_HOST, _PORT    where to listen; --host and --port come first

    \b
    Examples:
      backstraight serve
      backstraight serve --host 0.0.0.0 --port 80
      BACKSTRAIGHT_DATABASE_URL=postgresql://timing@db/races backstraight serve

    Exit status: 0 stopped, 1 the port is taken, 3 the database cannot be opened; the reason is printed.
    """
    chosen = environment.settings(host=host, port=port)

    @contextmanager
    def listening(port: int) -> Iterator[None]:
        base = whereabouts.address(chosen.host, port)
        with whereabouts.noted(chosen.url, base):
            say(f"Backstraight {__version__}: {base}, data in {environment.shown(chosen.url)}")
            yield

    try:
        serve_until_stopped(chosen, listening)
    except StoreError as error:
        raise Failure(f"Cannot start: {error.detail}.", status=Exit.UNREACHABLE) from error


def migrate(
    check: Annotated[
        bool,
        typer.Option("--check", help="Compare the migrations with the tables of this build, in an empty database."),
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say whether there is something to do.")] = False,
    as_json: AsJson = False,
) -> None:
    """Bring the database's schema up to date. `serve` does so when it starts; this does it apart from that.

    \b
    Examples:
      backstraight migrate --dry-run
      backstraight migrate

    Exit status: 0 current, 1 something to do (--dry-run) or a difference (--check), 3 database out of reach.
    """
    if check:
        _check_history()
        return
    url = environment.settings().url
    try:
        open_database(url, migrate=not dry_run).close()
    except SchemaTooOld as old:
        raise Failure(f"{old.detail}.") from old
    except StoreError as error:
        raise Failure(f"{error.detail}.", status=Exit.UNREACHABLE) from error
    if as_json:
        put_json({"database": environment.shown(url), "current": True})
    else:
        put(f"{environment.shown(url)}: the schema is current")


def openapi(
    output: Annotated[Path | None, typer.Option(help="Write it here instead of to stdout.")] = None,
    check: Annotated[Path | None, typer.Option(help="Compare with this file instead of printing.")] = None,
) -> None:
    """The OpenAPI document of this build.

    \b
    Examples:
      backstraight openapi > openapi.json
      backstraight openapi --check openapi/openapi.json

    Exit status: 0 printed or the same, 1 it differs from the file.
    """
    text = document()
    if check is not None:
        if not check.exists() or check.read_text(encoding="utf-8") != text:
            raise Failure(f"{check} is not what the application serves.", "`make openapi` writes it anew.")
        say(f"{check} is what the application serves.")
    elif output is not None:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8")
        say(f"wrote {output}")
    else:
        put(text.rstrip("\n"))


def document() -> str:
    """The OpenAPI document, indented, with a newline at its end."""
    return msgspec.json.format(msgspec.json.encode(openapi_document()), indent=1).decode() + "\n"


def _check_history() -> None:
    with _empty_database() as db, db.read() as tx:
        try:
            history.check(tx.session.connection)
        except CommandError as difference:
            raise Failure(f"The migrations do not make the tables that this build uses: {difference}") from difference
    say("The migrations make the tables that this build uses.")


@contextmanager
def _empty_database() -> Iterator[Database]:
    with tempfile.TemporaryDirectory(prefix="backstraight-") as folder:
        db = open_database(f"sqlite:///{folder}/empty.db")
        try:
            yield db
        finally:
            db.close()
