"""Facts outlive code: every body ever released is read for ever."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.domain import codec
from app.domain.codec import KINDS, UPCASTERS, VERSIONS, decode, decode_all, encode, kind_of
from app.domain.facts import Fact, StartSignal
from app.domain.ids import HeatId
from app.domain.refusals import UnknownFact
from app.domain.units import Instant
from tests.domain.every_field import WITH_EVERY_FIELD
from tests.domain.log import EVERY_KIND

GOLDEN: list[dict[str, Any]] = json.loads(Path(__file__).with_name("golden_facts.json").read_text(encoding="utf-8"))


def name(golden: dict[str, Any]) -> str:
    return f"{golden['kind']}-{golden['version']}"


@pytest.mark.parametrize("golden", GOLDEN, ids=name)
def test_a_released_body_is_still_read(golden: dict[str, Any]) -> None:
    fact = decode(golden["kind"], golden["version"], json.dumps(golden["body"]))
    assert kind_of(fact) == golden["kind"]


@pytest.mark.parametrize("golden", [g for g in GOLDEN if g["version"] == VERSIONS[g["kind"]]], ids=name)
def test_nothing_of_a_body_is_lost(golden: dict[str, Any]) -> None:
    """New fields with a default may come; what was written stays as it was."""
    written = json.loads(encode(decode(golden["kind"], golden["version"], json.dumps(golden["body"])))[2])
    assert holds(written, golden["body"])


def holds(written: Any, golden: Any) -> bool:
    if isinstance(golden, dict):
        return all(key in written and holds(written[key], value) for key, value in golden.items())
    if isinstance(golden, list):
        return len(written) == len(golden) and all(map(holds, written, golden))
    return bool(written == golden)


def test_every_version_of_every_kind_has_a_golden_body() -> None:
    released = {(kind, version) for kind, newest in VERSIONS.items() for version in range(1, newest + 1)}
    assert {(g["kind"], g["version"]) for g in GOLDEN} == released


def test_every_step_between_versions_has_an_upcaster() -> None:
    assert set(UPCASTERS) == {(kind, version) for kind, newest in VERSIONS.items() for version in range(1, newest)}


@pytest.mark.parametrize("fact", [*EVERY_KIND.values(), *WITH_EVERY_FIELD], ids=lambda fact: type(fact).__name__)
def test_what_is_written_is_read_back(fact: Fact) -> None:
    assert decode(*encode(fact)) == fact


def test_the_examples_have_one_of_every_kind() -> None:
    assert set(EVERY_KIND) == set(KINDS.values())


def test_a_kind_is_named_in_snake_case() -> None:
    assert kind_of(EVERY_KIND[StartSignal]) == "start_signal"


@pytest.mark.parametrize(("kind", "version"), [("teleported", 1), ("start_signal", 2), ("start_signal", 99)])
def test_what_a_newer_build_wrote_is_refused_and_never_skipped(kind: str, version: int) -> None:
    with pytest.raises(UnknownFact, match="install the newer Backstraight"):
        decode(kind, version, "{}")


def test_many_bodies_are_read_like_each_of_them() -> None:
    bodies = [(g["kind"], g["version"], json.dumps(g["body"]).encode()) for g in [*GOLDEN, *reversed(GOLDEN)]]
    kinds, versions, texts = zip(*bodies, strict=True)
    assert decode_all(kinds, versions, map(msgspec.Raw, texts)) == [decode(*body) for body in bodies]


def test_none_of_many_bodies_is_skipped() -> None:
    with pytest.raises(UnknownFact, match="install the newer Backstraight"):
        decode_all(["meet_closed", "teleported"], [1, 1], [msgspec.Raw(b"{}"), msgspec.Raw(b"{}")])


def test_an_old_body_is_brought_up_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a start signal had once held seconds (1), then milliseconds (2)."""
    monkeypatch.setattr(codec, "VERSIONS", {"start_signal": 3})
    steps = {
        ("start_signal", 1): lambda body: {"heat": body["heat"], "ms": body["s"] * 1_000},
        ("start_signal", 2): lambda body: {"heat": body["heat"], "at": body["ms"] * 1_000},
    }
    monkeypatch.setattr(codec, "UPCASTERS", steps)
    bodies = {1: '{"heat":"h","s":5}', 2: '{"heat":"h","ms":5000}', 3: '{"heat":"h","at":5000000}'}
    brought_up = [decode("start_signal", version, body) for version, body in bodies.items()]
    assert brought_up == [StartSignal(heat=HeatId("h"), at=Instant(5_000_000))] * 3
    assert decode_all(["start_signal"] * 3, bodies, map(msgspec.Raw, bodies.values())) == brought_up
