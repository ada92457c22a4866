"""What was said of the runners of a round: readings at the finish, rulings and what follows from other facts, and times
that were taken by hand at the line. All of it by slot; who has none starts elsewhere by now.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from app.domain.facts import Ruling
from app.domain.ids import RegistrationId
from app.domain.state import Evaluation, Heat
from app.timing.decisions import Said
from app.timing.penalties import Penalty

ABSENCE_KINDS: Final = frozenset({"dns", "dnf", "dq", "reinstate"})
"""Rulings that say whether somebody was there."""

SlotOf = Callable[[RegistrationId], int | None]


def evaluations(heats: Iterable[Heat], slot_of: SlotOf) -> dict[int, Evaluation]:
    """The reading that counts: the last one, where a runner was read in several heats."""
    found: dict[int, Evaluation] = {}
    for heat in heats:
        for evaluation in heat.now.evaluations.values():
            slot = slot_of(evaluation.reading.registration)
            before = None if slot is None else found.get(slot)
            if slot is not None and (before is None or evaluation.seq > before.seq):
                found[slot] = evaluation
    return found


def rulings(heats: Iterable[Heat], on: RegistrationId | None = None) -> list[tuple[int, Ruling]]:
    """In log order, on all runners or one: a ruling goes with a runner who is moved to another wave."""
    found = (r for heat in heats for r in heat.now.rulings if on in (None, r[1].registration))
    return sorted(found, key=lambda r: r[0])


def was_absent(heats: Iterable[Heat], registration: RegistrationId) -> bool:
    """Whether the last word of the officials on a runner is that there was no start."""
    heard = [ruling.kind for _, ruling in rulings(heats, registration)]
    return next((kind == "dns" for kind in reversed(heard) if kind in ABSENCE_KINDS), False)


def said(
    heats: Iterable[Heat], penalties: Mapping[RegistrationId, Iterable[Penalty]], slot_of: SlotOf
) -> dict[int, list[Said]]:
    """Rulings, and what follows from other facts, in log order."""
    words: list[tuple[RegistrationId, Said]] = [(one.registration, (seq, one)) for seq, one in rulings(heats)]
    words += [(id, (one.seq, one)) for id, found in penalties.items() for one in found]
    by_slot: dict[int, list[Said]] = {}
    for id, word in sorted(words, key=lambda one: one[1][0]):
        slot = slot_of(id)
        if slot is not None:
            by_slot.setdefault(slot, []).append(word)
    return by_slot


def times_at_line(heats: Iterable[Heat], slot_of: SlotOf) -> dict[int, list[int]]:
    """Times taken by hand, where the bib is known."""
    taken = (one for heat in heats for _, one in heat.now.line_times.values())
    return _instants(((one.registration, one.at) for one in taken), slot_of)


def crossings_confirmed(heats: Iterable[Heat], slot_of: SlotOf) -> dict[int, list[int]]:
    """Crossings of the line that no reader saw and an official confirmed (R102)."""
    confirmed = (one for heat in heats for _, one in heat.now.crossings)
    return _instants(((one.registration, one.at) for one in confirmed), slot_of)


def _instants(found: Iterable[tuple[RegistrationId | None, int]], slot_of: SlotOf) -> dict[int, list[int]]:
    by_slot: dict[int, list[int]] = {}
    for id, at in found:
        slot = None if id is None else slot_of(id)
        if slot is not None:
            by_slot.setdefault(slot, []).append(int(at))
    return by_slot
