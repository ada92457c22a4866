"""How far facts reach: a kind that nobody thought about would make everything anew, or worse, nothing."""

from typing import get_args

from app.domain.facts import Fact
from app.timing.reach import (
    ANYWHERE_KINDS,
    HEAT_KINDS,
    IDLE_KINDS,
    LINEUP_KINDS,
    LOCAL_KINDS,
    OWNER_KINDS,
    ROSTER_KINDS,
)

KINDS = set(get_args(Fact))
NEAR = {*LOCAL_KINDS, *IDLE_KINDS}
FAR = {*ROSTER_KINDS, *OWNER_KINDS, *ANYWHERE_KINDS}


def test_of_every_kind_of_fact_it_is_said_how_far_it_reaches() -> None:
    assert {kind.__name__ for kind in KINDS - NEAR - FAR} == set()


def test_no_kind_reaches_far_and_near() -> None:
    assert set() == FAR & NEAR
    assert set() == LOCAL_KINDS & IDLE_KINDS
    assert {*ROSTER_KINDS, *OWNER_KINDS} & ANYWHERE_KINDS.keys() == set()


def test_what_changes_a_lineup_changes_a_roster_and_what_stays_in_a_heat_stays_in_its_event() -> None:
    assert ROSTER_KINDS >= LINEUP_KINDS
    assert set(HEAT_KINDS) <= LOCAL_KINDS


def test_whatever_stays_in_a_heat_names_it() -> None:
    assert all("heat" in kind.__slots__ for kind in HEAT_KINDS)
