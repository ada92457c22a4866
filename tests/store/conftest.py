"""A full database, and another one that a meet can go to."""

from collections.abc import Callable, Iterator

import pytest

from app.store import Database, OrganizationRow, open_database
from tests.domain.log import GUN
from tests.store.archives import OTHER, fill


@pytest.fixture
def full(database: Database) -> Database:
    fill(database)
    return database


@pytest.fixture
def other(new_url: Callable[[], str]) -> Iterator[Database]:
    db = open_database(new_url())
    with db.write() as tx:
        tx.access.put_organization(OrganizationRow(id=OTHER, name="Other", created_at=GUN))
    yield db
    db.close()
