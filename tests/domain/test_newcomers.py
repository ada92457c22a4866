"""A field that comes in all at once leaves the same state as one fact after the other."""

import random

import pytest

from app.domain import fold as folding
from app.domain import newcomers
from app.domain.facts import (
    AthleteDescribed,
    ChipAssigned,
    ChipReleased,
    EventDescribed,
    Fact,
    HeatDrawn,
    LegsNamed,
    Recorded,
    Registered,
    RoundDrawn,
)
from app.domain.fold import fold
from app.domain.ids import ActorId, AssignmentId, AthleteId, Bib, Chip, EventId, HeatId, RegistrationId
from app.domain.state import MeetState
from app.domain.units import Instant
from tests.domain.log import EVERY_KIND

EVENTS = EventId("evt_1"), EventId("evt_2")


def described(n: int) -> AthleteDescribed:
    return AthleteDescribed(athlete=AthleteId(f"ath_{n}"), sex="W" if n % 2 else "M")


def registered(n: int, event: EventId, athlete: int, bib: int | None = None) -> Registered:
    bib = athlete if bib is None else bib
    return Registered(
        registration=RegistrationId(f"reg_{n}"), event=event, athlete=AthleteId(f"ath_{athlete}"), bib=Bib(str(bib))
    )


def assigned(n: int, athlete: int, chip: int) -> ChipAssigned:
    return ChipAssigned(
        assignment=AssignmentId(f"chip_{n}"), chip=Chip(f"C{chip}"), athlete=AthleteId(f"ath_{athlete}")
    )


def recorded(*facts: Fact) -> list[Recorded]:
    return [Recorded(seq, Instant(0), ActorId("tok"), fact) for seq, fact in enumerate(facts, 1)]


def ground() -> list[Fact]:
    """Two events, the first with a heat that is open to all and one that is not."""
    spec = EVERY_KIND[EventDescribed]
    assert isinstance(spec, EventDescribed)
    heats = (HeatDrawn(heat=HeatId("heat_1"), number=1, open=True), HeatDrawn(heat=HeatId("heat_2"), number=2))
    return [
        *(EventDescribed(event=event, spec=spec.spec) for event in EVENTS),
        RoundDrawn(event=EVENTS[0], round="final", heats=heats),
    ]


def field(rng: random.Random, athletes: range) -> list[Fact]:
    """Everybody described, entered in one event, two or none, with one chip, two or none, in any order of these."""
    out: list[Fact] = []
    for n in athletes:
        more: list[Fact] = [
            registered(10 * n + k, event, n, bib=rng.choice([n, n // 2]))
            for k, event in enumerate(rng.sample(EVENTS, rng.randrange(3)))
        ]
        more += [assigned(10 * n + k, n, chip=rng.choice([n, 7])) for k in range(rng.randrange(3))]
        out += [described(n), *rng.sample(more, len(more))]
    return (
        sorted(out, key=lambda fact: (not isinstance(fact, AthleteDescribed), rng.random()))
        if rng.random() < 0.5
        else out
    )


def one_by_one(log: list[Recorded], monkeypatch: pytest.MonkeyPatch) -> MeetState:
    with monkeypatch.context() as patch:
        patch.setattr(folding, "MANY", len(log) + 1)
        return fold(MeetState(), log)


def together(log: list[Recorded], monkeypatch: pytest.MonkeyPatch) -> MeetState:
    with monkeypatch.context() as patch:
        patch.setattr(folding, "MANY", 1)
        return fold(MeetState(), log)


@pytest.mark.parametrize("seed", range(40))
def test_a_field_at_once_is_what_it_is_one_by_one(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(seed)
    released = ChipReleased(assignment=AssignmentId("chip_5"))
    given: list[Fact] = [assigned(5, 0, chip=5), released] if rng.random() < 0.5 else []
    log = recorded(*ground(), described(0), *given, *field(rng, range(1, 9)), *ground(), *field(rng, range(9, 15)))
    assert together(log, monkeypatch) == one_by_one(log, monkeypatch)


@pytest.mark.parametrize(
    "more",
    [
        [AthleteDescribed(athlete=AthleteId("ath_1"), sex="X")],
        [registered(1, EVENTS[0], 1, bib=2)],
        [registered(1, EVENTS[0], 1, bib=2), registered(2, EVENTS[0], 2, bib=1)],
        [assigned(1, 2, chip=1)],
        [described(3), described(3)],
        [registered(3, EVENTS[1], 1), registered(3, EVENTS[1], 1, bib=9)],
        [assigned(3, 1, chip=3), assigned(3, 2, chip=4)],
    ],
)
def test_who_is_known_already_is_changed_one_by_one(more: list[Fact], monkeypatch: pytest.MonkeyPatch) -> None:
    known: list[Fact] = [
        described(1),
        described(2),
        registered(1, EVENTS[0], 1),
        registered(2, EVENTS[0], 2),
        assigned(1, 1, 1),
    ]
    log = recorded(*ground(), *known, *ground(), *more)
    assert together(log, monkeypatch) == one_by_one(log, monkeypatch)
    state = fold(MeetState(), log[: -len(more)])
    assert not newcomers.enter(state, log[-len(more) :])
    assert state == fold(MeetState(), log[: -len(more)])


def test_entries_of_relay_runners_show_in_their_heats(monkeypatch: pytest.MonkeyPatch) -> None:
    legs = LegsNamed(heat=HeatId("heat_2"), registration=RegistrationId("reg_9"), athletes=(AthleteId("ath_1"),))
    log = recorded(*ground(), described(1), legs, registered(1, EVENTS[1], 1))
    assert together(log, monkeypatch) == one_by_one(log, monkeypatch)
    assert together(log, monkeypatch).touched["heat_2"] == len(log)


def test_a_field_of_newcomers_is_folded_together() -> None:
    log = recorded(*ground(), *(fact for n in range(9) for fact in (described(n), registered(n, EVENTS[0], n))))
    assert newcomers.enter(fold(MeetState(), log[:3]), log[3:])
