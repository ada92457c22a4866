"""Refusals know the case, not the status code."""

import dataclasses
from typing import Any

import pytest

from app.domain import refusals
from app.domain.ids import AnomalyId
from app.domain.refusals import Contradicts, Invalid, NotFound, Open, Refusal, UnknownFact

KINDS = [
    kind
    for kind in vars(refusals).values()
    if isinstance(kind, type) and issubclass(kind, Refusal) and kind.__module__.startswith(refusals.__name__)
]


def made(kind: type[Refusal]) -> Refusal:
    """With something in every field that must be given."""
    missing = dataclasses.MISSING
    needed = [f for f in dataclasses.fields(kind) if f.default is missing and f.default_factory is missing]
    values: dict[str, Any] = {f.name: _some(str(f.type)) for f in needed}
    return kind(**values)


def _some(annotation: str) -> object:
    if annotation.startswith("<class 'int'") or annotation == "int":
        return 3
    if "Open" in annotation:
        return (Open(AnomalyId("anom_1"), "missing_point", None, "bib 7 was not read at 5 km"),)
    return ("7", "8") if "tuple" in annotation else "7"


@pytest.mark.parametrize("kind", KINDS)
def test_every_refusal_says_in_one_sentence_what_is_wrong(kind: type[Refusal]) -> None:
    refusal = made(kind)
    assert refusal.title
    assert str(refusal) == refusal.detail
    assert refusal.detail.strip()
    assert not refusal.detail.endswith(".")
    assert refusal.code.islower() or refusal.code == "7"
    assert refusal.nature in ("missing", "invalid", "conflict", "later")


def test_codes_of_named_cases_are_their_names() -> None:
    assert UnknownFact(kind="x", version=2).code == "unknown_fact"
    assert NotFound("heat", "heat_1").code == "not_found"


def test_a_refusal_points_at_the_field() -> None:
    assert Invalid("/bib", "too_long", "a bib is short").pointer == "/bib"
    assert Contradicts("taken", "it is taken").pointer is None


def test_a_refusal_can_be_raised_through_a_with_block() -> None:
    with pytest.raises(NotFound, match="there is no heat 'heat_1' here") as raised:
        raise NotFound("heat", "heat_1")
    assert raised.value.__traceback__ is not None
