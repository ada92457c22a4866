"""The 100 m of the demo: heats drawn into lanes, photo finish with reaction times, a false start, Q and q, a final."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from random import Random
from typing import Any, Final

from app.cli import field as fields
from app.cli import race
from app.cli.client import Server
from app.cli.field import Runner
from app.cli.programme import MINUTE, Cue
from app.domain.units import Instant, format_instant, instant

BETWEEN_HEATS: Final = 4 * MINUTE
FINAL_AT: Final = 95 * MINUTE
EVENT: Final = {
    "name": "100 m backward",
    "distance_m": 100,
    "direction": "backward",
    "surface": "track",
    "sex": "X",
    "start": "lanes",
    "timing": "photo_finish",
    "rounds": [{"name": "heat", "advance": {"places": 2, "times": 2}}, {"name": "final"}],
}


class Sprint:
    """Entered and drawn when made."""

    def __init__(self, server: Server, meet: str, seed: int, begin: datetime) -> None:
        self._server, self._seed, self._begin = server, seed, instant(begin)
        self._dice = Random(f"sprint/{seed}")
        self._runners = {r.bib: r for r in fields.runners(20, seed + 2, "backward", first_bib=9_001)}
        self.event: str = server.post(f"/v1/meets/{meet}/events", EVENT)["id"]
        race.enter(server, self.event, race.roster(self._runners.values()))
        self._heats = self._draw("heat")

    def cues(self) -> list[Cue]:
        guns = range(0, len(self._heats) * BETWEEN_HEATS, BETWEEN_HEATS)
        heats = [Cue(gun, partial(self._heat, heat, gun)) for gun, heat in zip(guns, self._heats, strict=True)]
        return [*heats, Cue(FINAL_AT, self._final)]

    def _draw(self, round: str) -> Sequence[Any]:
        path = f"/v1/events/{self.event}/rounds/{round}/draw"
        heats: Sequence[Any] = self._server.post(path, {"draw_seed": self._seed})["heats"]
        return heats

    def _heat(self, heat: Any, gun_us: int) -> str:
        false_start = heat["id"] == self._heats[-1]["id"]
        return f"100 m, heat {heat['number']}: {self._run(heat['id'], gun_us, false_start)}"

    def _final(self) -> str:
        self._server.post(f"/v1/events/{self.event}/rounds/heat/advance", {})
        (heat,) = self._draw("final")
        return f"100 m, final: {self._run(heat['id'], FINAL_AT)}"

    def _run(self, heat: str, gun_us: int, false_start: bool = False) -> str:
        """The gun, then the photo finish; the first three as news."""
        gun = Instant(self._begin + gun_us)
        self._server.post(f"/v1/heats/{heat}/start", {"at": format_instant(gun)})
        bibs = [starter["bib"] for starter in self._server.items(f"/v1/heats/{heat}/starters")]
        finishes = [self._finish(self._runners[bib]) for bib in bibs]
        if false_start:
            finishes[-1] = {"bib": bibs[-1], "status": "DQ", "rule": "RR-6"}
        self._server.post(f"/v1/heats/{heat}/finishes", {"method": "photo_finish", "finishes": finishes})
        items = list(self._server.items(f"/v1/heats/{heat}/results"))
        first = [medal(item) for item in items if item["place"] is not None][:3]
        return "   ".join([*first, *(f"{item['bib']} DQ false start" for item in items if item["status"] == "DQ")])

    def _finish(self, runner: Runner) -> dict[str, Any]:
        ms = round((13_600 + 9_000 * (runner.pace - 0.23)) * self._dice.uniform(0.985, 1.02))
        return {"bib": runner.bib, "elapsed_us": ms * 1_000, "reaction_us": self._dice.randrange(118, 260) * 1_000}


def medal(item: Any) -> str:
    """`1 Emil Kask 15.42 Q`"""
    words = (item["place"], item["name"], item["mark"], item.get("qualification"))
    return " ".join(str(word) for word in words if word is not None)
