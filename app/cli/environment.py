"""Settings from the environment, and what was given on the command line before them."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from pydantic import ValidationError

from app.cli.console import Exit, Failure
from app.settings import Settings


def settings(**given: Any) -> Settings:
    """What is None was not given. `Failure` names each variable that cannot be."""
    try:
        found = Settings()
    except ValidationError as error:
        wrong = [f"BACKSTRAIGHT_{str(one['loc'][0]).upper()}: {one['msg']}" for one in error.errors()]
        raise Failure("\n".join(wrong), status=Exit.WRONG_USE) from error
    return found.model_copy(update={name: value for name, value in given.items() if value is not None})


def shown(url: str) -> str:
    """A database's URL without its password; the file's name alone for SQLite."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return url.removeprefix("sqlite:///")
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
