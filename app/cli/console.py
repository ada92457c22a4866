"""Data goes to stdout, talk to stderr, and a failure says what, why and what to do about it."""

import os
import sys
from dataclasses import dataclass
from enum import IntEnum
from typing import Annotated, Any, Final

import msgspec
import typer


class Exit(IntEnum):
    """The exit statuses of every command; `--help` says which ones a command uses."""

    DONE = 0
    REFUSED = 1
    """Refused, or what was checked does not hold."""
    WRONG_USE = 2
    UNREACHABLE = 3
    """The server or the database is out of reach."""


STATUSES: Final = "Exit status: 0 done, 1 refused or does not hold, 2 wrong use, 3 server or database out of reach."

AsJson = Annotated[bool, typer.Option("--json", help="The answer as JSON on stdout.")]
Base = Annotated[
    str | None,
    typer.Option(
        "--base",
        envvar="BACKSTRAIGHT_BASE",
        show_envvar=False,
        help="Address of a running server, as http://127.0.0.1:8000 (else BACKSTRAIGHT_BASE).",
    ),
]
Token = Annotated[
    str | None,
    typer.Option(
        "--token",
        envvar=["BACKSTRAIGHT_TOKEN", "BACKSTRAIGHT_ADMIN_TOKEN"],
        show_envvar=False,
        help="Token for that server (else BACKSTRAIGHT_TOKEN).",
    ),
]
Port = Annotated[
    int | None,
    typer.Option(
        "--port",
        envvar=["BACKSTRAIGHT_PORT", "PORT"],
        show_envvar=False,
        min=0,
        max=65_535,
        help="Port of the server (else BACKSTRAIGHT_PORT or PORT; 8000).",
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite the file if it is there.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")]


@dataclass(eq=False)
class Failure(Exception):
    """Ends the command. Not frozen: `with` assigns `__traceback__`."""

    what: str
    hint: str = ""
    status: Exit = Exit.REFUSED

    def __str__(self) -> str:
        return f"{self.what}\n{self.hint}" if self.hint else self.what


def say(text: str = "") -> None:
    typer.echo(text, err=True)


def put(text: str) -> None:
    typer.echo(text)


def put_json(value: Any) -> None:
    """Indented, so that it can be read as well as piped."""
    put(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def colours(stream: Any = sys.stderr) -> bool:
    """Whether to use them: a terminal, and nobody who asked for none (no-color.org)."""
    return bool(stream.isatty()) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
