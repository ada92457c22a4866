"""Which ids a fact names."""

import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from app.domain.facts import AthleteDescribed, RosterImported
from app.domain.ids import PREFIXES, AthleteId, ImportId
from app.store.references import fault, named
from tests.domain.log import ANNA, BEA, DASH, EVERY_KIND, SETUP, recorded

PREFIX = re.compile(f"({'|'.join(PREFIXES.values())})_")


def test_every_kind_of_fact_says_which_ids_it_names() -> None:
    for fact in EVERY_KIND.values():
        texts = {text for text in flat(asdict(fact)) if PREFIX.match(text)}
        assert {id for _, id in named(fact)} == texts, fact


def flat(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | tuple | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from flat(one)


def imported(first_seq: int) -> str | None:
    """What is wrong with a log whose import says that it brought everything from there on."""
    newcomer = AthleteDescribed(athlete=AthleteId("ath_new"), sex="W")
    claim = RosterImported(roster_import=ImportId("imp_new"), event=DASH, first_seq=first_seq)
    return fault(recorded([*SETUP, newcomer, claim]), {ANNA, BEA, "ath_new"}, (), ())


def test_an_import_brings_newcomers_alone() -> None:
    """Undone, it would take along whatever it says that it brought."""
    last = len(SETUP) + 1
    assert imported(last) is None
    assert imported(last + 1) is None, "nobody"
    for claimed in (1, 0, -5):
        assert "which it did not bring" in (imported(claimed) or "")
