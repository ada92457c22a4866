"""Waves of a road race: one open heat each, to which a registration belongs at once, also after the gun."""

from collections.abc import Callable, Iterable

from app.domain.facts import HeatDrawn, RoundDrawn
from app.domain.ids import HeatId
from app.domain.state import Event
from app.rules.order import bib_key

NewId = Callable[[str], str]


def waves_of(event: Event) -> set[str | None]:
    """Those that somebody starts in; without entries the one that has no name."""
    waves = {one.entry.wave for one in event.registrations.values() if not one.withdrawn}
    return waves or {None}


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
    round = event.spec.rounds[0].name
    heats = event.rounds.get(round, {})
    if not heats or not all(heat.drawn.open for heat in heats.values()):
        return []
    drawn = open_heats(event, round, waves, new_id)
    return [RoundDrawn(event=event.id, round=round, heats=drawn)] if len(drawn) > len(heats) else []


def _wave_key(wave: str | None) -> tuple[bool, tuple[int, str]]:
    return wave is not None, bib_key(wave or "")
