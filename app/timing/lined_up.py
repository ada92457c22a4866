"""Who of a start list is out of the race before it starts, and who comes with a card."""

from collections.abc import Callable
from typing import Final, NamedTuple

from app.domain.facts import Status
from app.domain.ids import RegistrationId
from app.domain.state import Event, Heat, MeetState
from app.rules.rulesets import rules_of
from app.timing.penalties import cautions_of, penalties_of

RULED: Final[dict[str, Status]] = {"dq": "DQ", "dns": "DNS", "dnf": "DNF"}


class Out(NamedTuple):
    """How it will stand in the results, and why."""

    status: Status
    rule: str | None


def out_before(state: MeetState, event: Event, heat: Heat) -> dict[RegistrationId, Out]:
    """By false starts, cards and rulings from before the start that counts; the last word on a runner holds (R14)."""
    before, last = _earlier_than(heat), dict[RegistrationId, tuple[int, Out | None]]()
    words = [
        (one.seq, id, Out("DNS" if one.kind == "excluded" else "DQ", one.rule))
        for id, found in penalties_of(state, event, [heat], rules_of(state.spec, event.spec)).items()
        for one in found
        if one.out and before(one.seq)
    ]
    last.update((id, (seq, out)) for seq, id, out in sorted(words))
    for seq, ruling in heat.now.rulings:
        told = RULED.get(ruling.kind)
        later = before(seq) and seq > last.get(ruling.registration, (0, None))[0]
        if later and (told or ruling.kind == "reinstate"):
            last[ruling.registration] = seq, Out(told, ruling.rule) if told else None
    return {id: out for id, (_, out) in last.items() if out is not None}


def comes_with_card(state: MeetState, event: Event, heat: Heat, id: RegistrationId) -> bool:
    """Whether a yellow card of the meet was shown before the start that counts: the next one is a red one (R38)."""
    before = _earlier_than(heat)
    return any(before(seq) for seq in cautions_of(state, event.registrations[id].entry.athlete))


def _earlier_than(heat: Heat) -> Callable[[int], bool]:
    return lambda seq: not heat.now.went_off or seq < heat.now.went_off
