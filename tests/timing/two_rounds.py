"""Bibs 1, 2 and 3 in a heat and a final on the track, and what is said of them."""

from typing import Any

from app.domain.ids import HeatId
from app.domain.meet import Advance, RoundSpec
from app.timing.heats import HeatResult
from tests.timing.builders import Script, track

HEAT, FINAL = "e/heat/1", "e/final/1"
ROUNDS = (RoundSpec(name="heat", advance=Advance(places=2)), RoundSpec(name="final"))


def meet(*events: str, **changes: Any) -> Script:
    """Bibs 1, 2 and 3 in a heat and in the final of each event."""
    script = Script()
    for event in events or ("e",):
        script.event(event, track(200, rounds=ROUNDS, **changes))
        for bib in "123":
            script.runner(bib, event)
        script.heats("123", event=event, round="heat")
        script.heats("123", event=event)
    return script


def run(script: Script, heat: str, *seconds: float) -> None:
    script.gun(heat)
    script.finishes(heat, *zip("123", seconds or (21.0, 21.1, 21.2), strict=False))


def line(script: Script, bib: str, heat: str = HEAT) -> HeatResult:
    return next(one for one in script.project().heat_results(HeatId(heat)) if one.bib == bib)


def told(script: Script, bib: str, heat: str = HEAT) -> tuple[str | None, str | None, tuple[str, ...]]:
    found = line(script, bib, heat)
    return found.status, found.rule, found.flags


def policy(name: str) -> dict[str, Any]:
    return {"rules": {"starts": {"false_starts": name}}}
