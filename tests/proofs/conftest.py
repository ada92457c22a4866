"""How much a proof does: little in `make test`, its whole figure in `make prove`."""

import os
from collections.abc import Callable

import pytest

Amount = Callable[[int, int], int]


@pytest.fixture(scope="session")
def amount() -> Amount:
    """`amount(20, 200)`: 20 in `make test`, 200 in `make prove`."""
    whole = os.environ.get("BACKSTRAIGHT_PROVE") == "1"
    return lambda bounded, full: full if whole else bounded
