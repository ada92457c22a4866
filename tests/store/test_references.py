"""Which ids a fact names."""

import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from app.domain.ids import PREFIXES
from app.store.references import named
from tests.domain.log import EVERY_KIND

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
