"""Where the server of a SQLite database listens: a small file beside it, for commands that find the database held."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

SQLITE: Final = "sqlite:///"
EVERYWHERE: Final = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 (nothing listens here)


@contextmanager
def noted(url: str, base: str) -> Iterator[None]:
    """Whoever holds the database listens at `base`. A database server needs no such note: nobody holds it alone."""
    file = _file(url)
    if file is None:
        yield
        return
    file.write_text(base, encoding="utf-8")
    try:
        yield
    finally:
        file.unlink(missing_ok=True)


def of(url: str) -> str | None:
    """What was noted. Believe it only while the database is held: a server that was killed leaves its note behind."""
    file = _file(url)
    return file.read_text(encoding="utf-8") if file is not None and file.is_file() else None


def address(host: str, port: int) -> str:
    """Where this machine reaches a server that listens at `host`.

    >>> address("0.0.0.0", 8000)
    'http://127.0.0.1:8000'
    """
    named = f"[{host}]" if ":" in host else host
    return f"http://{EVERYWHERE.get(host, named)}:{port}"


def _file(url: str) -> Path | None:
    return Path(f"{url.removeprefix(SQLITE)}.server") if url.startswith(SQLITE) else None
