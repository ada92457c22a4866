"""Waves of a road race: one open heat each, to which a registration belongs at once, also after the gun."""

from collections.abc import Callable, Iterable, Mapping
from itertools import chain

from app.domain.facts import HeatDrawn, RoundDrawn
from app.domain.ids import HeatId, RegistrationId
from app.domain.state import Event
from app.rules.order import bib_key

NewId = Callable[[str], str]


def waves_of(event: Event) -> set[str | None]:
    """Those that somebody starts in; without entries the one that has no name."""
    waves = {one.entry.wave for one in event.registrations.values() if not one.withdrawn}
    return waves or {None}


def spelled(
    event: Event, given: str | None, more: Iterable[str | None] = (), but: RegistrationId | None = None
) -> str | None:
    """The wave that is meant, as it is written already: `b` joins `B`. Those drawn come before those registered.

    `more` are waves of entries not recorded yet; the registration `but` is about to say another one.
    """
    given = given.strip() if given else None
    if not given:
        return None
    drawn = (heat.drawn.wave for heats in event.rounds.values() for heat in heats.values())
    entered = (one.entry.wave for id, one in event.registrations.items() if id != but)
    like = None
    for wave in chain(drawn, more, entered):
        if wave == given:
            return given
        if like is None and wave and wave.casefold() == given.casefold():
            like = wave
    return like or given


def open_heats(event: Event, round: str, waves: Iterable[str | None], new_id: NewId) -> tuple[HeatDrawn, ...]:
    """The heats that are there already as they are, then one for each wave without a heat, by name."""
    there = tuple(heat.drawn for heat in event.rounds.get(round, {}).values() if heat.drawn.open)
    missing = sorted(set(waves) - {drawn.wave for drawn in there}, key=_wave_key)
    first = max((drawn.number for drawn in there), default=0) + 1
    return *there, *(
        HeatDrawn(heat=HeatId(new_id("heat")), number=number, wave=wave, open=True)
        for number, wave in enumerate(missing, first)
    )


def late_waves(event: Event, waves: Iterable[str | None], new_id: NewId) -> list[RoundDrawn]:
    """The first round with heats for waves that appeared after it was drawn; nothing where it needs none."""
    if not new_waves(event, waves):
        return []
    round = event.spec.rounds[0].name
    return [RoundDrawn(event=event.id, round=round, heats=open_heats(event, round, waves, new_id))]


def new_waves(event: Event, waves: Iterable[str | None]) -> list[str | None]:
    """Those that a heat has to be opened for, as the first round was drawn without them."""
    there = numbers(event)
    return sorted(set(waves) - there.keys(), key=_wave_key) if there else []


def numbers(event: Event) -> dict[str | None, int]:
    """The number of the heat of each wave in the first round; nothing before that is drawn, nor on the track."""
    heats = event.rounds.get(event.spec.rounds[0].name, {}).values()
    return {heat.drawn.wave: heat.drawn.number for heat in heats} if all(heat.drawn.open for heat in heats) else {}


def hint(event: Event, before: Mapping[str | None, int]) -> str | None:
    """Says so where a heat was opened since the round had the heats `before`: it may have been a slip of the pen."""
    new = [(wave, number) for wave, number in numbers(event).items() if wave not in before] if before else []
    if not new:
        return None
    wave, number = new[-1]
    who = "runners without a wave" if wave is None else f"wave {wave!r}"
    return f"heat {number} was opened for {who}: {event.spec.rounds[0].name!r} had been drawn without"


def _wave_key(wave: str | None) -> tuple[bool, tuple[int, str]]:
    return wave is not None, bib_key(wave or "")
