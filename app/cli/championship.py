"""Retro Championships: a made-up meet for the demo, with all that makes a timer's day long.

100 m on the track with heats, a draw and a final; 800 m, two laps over one line; 10 km on the road with three mats that
miss some, see some twice and see a stranger; a chip that nobody handed out; a runner who turned to run forwards.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from app.cli import field as fields
from app.cli import race
from app.cli.client import Server
from app.cli.field import Delivery, Mat, Passing, Trouble
from app.cli.programme import MINUTE, SECOND, Cue
from app.cli.sprint import Sprint, medal
from app.domain.units import Duration

MEET: Final = {"venue": "Stadio Rovescio", "city": "Bologna", "country": "ITA"}
ROAD_EVENT: Final = {"name": "10 km backward", "direction": "backward"}
LAPS_EVENT: Final = {
    "name": "800 m backward",
    "direction": "backward",
    "surface": "track",
    "ranking": "gun",
    "categories": [],
    "rounds": [{"name": "final", "heats": 1}],
}
ROAD: Final = (Mat("start", 0), Mat("5 km", 5_000), Mat("finish", 10_000))
TROUBLE: Final = Trouble(drop=0.008, dup=0.02, late=0.01, reorder=0.05, ghosts=0.01, strangers=1)
ROAD_GUN, LAPS_GUN, CHIP_FOUND, TURNED, CLOSED, PUBLISHED = (n * MINUTE for n in (5, 35, 100, 112, 134, 135))
LINE: Final = Mat("line", 800)
LAPS: Final = (Mat("start", 0), Mat("400 m", 400), Mat("finish", 800))
"""Points of the 800 m: all three are the one line."""
LAP_SPEED: Final = 0.72
"""Pace over 800 m, of the pace over 10 km."""


class Championship:
    """Everybody is entered and drawn when it is made; `cues` is what happens then."""

    def __init__(self, server: Server, seed: int, runners: int, begin: datetime) -> None:
        self._server, self._seed, self._begin = server, seed, begin
        self._field = fields.runners(runners, seed, "backward")
        self._true = fields.passings(self._field, ROAD, seed)
        finishers = _first_to_last(self._true)
        self.first, self.cheat, self.forgotten = finishers[0], finishers[2], finishers[7]
        self.reads: Counter[str] = Counter()
        self.meet = race.open_meet(server, "Retro Championships", "Europe/Rome", begin, **MEET)
        server.patch(f"/v1/meets/{self.meet}", {"visibility": "public"})
        self.sprint = Sprint(server, self.meet, seed, begin)
        self.road = self._open_road()
        self.laps = self._open_laps()

    def cues(self, every_us: int) -> list[Cue]:
        """The programme; reads come in posts of what a mat saw in `every_us`."""
        return [
            *self.sprint.cues(),
            Cue(ROAD_GUN, self._fire_road),
            *self._read_cues(every_us),
            *(Cue(self._third_at(mat), partial(self._leaders, ROAD[mat].name)) for mat in range(1, len(ROAD))),
            Cue(LAPS_GUN, partial(race.fire, self._server, self.laps)),
            *self._lap_cues(),
            Cue(CHIP_FOUND, self._hand_out_chip),
            Cue(TURNED, self._disqualify),
            Cue(CLOSED, self._close),
            Cue(PUBLISHED, self._publish),
        ]

    # ── 10 km ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _open_road(self) -> race.Race:
        gun = self._begin + timedelta(microseconds=ROAD_GUN)
        rows = race.roster(self._field, without_chip={self.forgotten})
        return race.open_race(self._server, self.meet, rows, ROAD, gun, ROAD_EVENT)

    def _fire_road(self) -> str:
        race.fire(self._server, self.road)
        return f"10 km, gun: {len(self._field)} runners set off backwards"

    def _read_cues(self, every_us: int) -> list[Cue]:
        made = fields.reads(fields.seen(self._true, TROUBLE.drop, self._seed), TROUBLE, self._seed)
        arriving = fields.deliveries(made, TROUBLE, self._seed)
        posts = fields.batches(arriving, Duration(every_us))
        return [Cue(ROAD_GUN + post[-1].arrival_us, partial(self._post, self.road, post)) for post in posts]

    def _post(self, at: race.Race, post: Sequence[Delivery]) -> None:
        self.reads.update(race.post_reads(self._server, at, post))

    def _third_at(self, mat: int) -> int:
        """When the first three have passed there, and a little later."""
        return ROAD_GUN + sorted(p.at_us for p in self._true if p.mat == mat)[2] + MINUTE

    def _leaders(self, point: str) -> str:
        page = self._server.get(f"/v1/events/{self.road.event}/standings", point=point, limit=3)
        marks = ((item, split["mark"]) for item in page["items"] for split in item["splits"] if split["point"] == point)
        return f"10 km, {point}: " + "   ".join(medal(item | {"mark": mark}) for item, mark in marks)

    def _hand_out_chip(self) -> str:
        runner = next(r for r in self._field if r.bib == self.forgotten)
        body = {"chip": runner.chip, "bib": runner.bib}
        self._server.post(f"/v1/meets/{self.meet}/chip-assignments", body)
        standing = self.standing(runner.bib)
        return f"10 km, chip {runner.chip} was nobody's: it is bib {runner.bib}'s, who is {_place(standing)}"

    def _disqualify(self) -> str:
        """What it would do is asked first; then it is done."""
        before = self.standing(self.cheat)
        ruling = {"bib": self.cheat, "kind": "dq", "rule": "RR-1", "reason": "turned to run forwards at 7 km"}
        supposed = {"facts": [{"kind": "ruling", "heat_id": self.road.heat, "ruling": ruling}]}
        changes = self._server.post(f"/v1/events/{self.road.event}/what-if", supposed)["changes"]
        self._server.post(f"/v1/heats/{self.road.heat}/rulings", ruling)
        return f"10 km, bib {self.cheat} ({_place(before)}) disqualified by RR-1: {len(changes)} places change"

    def _close(self) -> None:
        end = self._begin + timedelta(microseconds=CLOSED)
        self._server.post(f"/v1/heats/{self.road.heat}/close", {"at": end.isoformat()})

    def _publish(self) -> str:
        """Who was not read on the way is looked at first: results with an open question do not become official."""
        event = f"/v1/events/{self.road.event}"
        word = {"official": "The referee", "reason": "Seen on the course by the marshals"}
        for odd in list(self._server.items(f"{event}/anomalies", state="open")):
            self._server.post(f"{event}/anomalies/{odd['id']}/accept", word)
        path = f"{event}/publications"
        made = self._server.post(path, {"status": "official"})
        return f"10 km, results official: version {made['version']}, digest {made['digest']}"

    def standing(self, bib: str) -> Any:
        return self._server.get(f"/v1/events/{self.road.event}/standings/{bib}")

    # ── 800 m ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _open_laps(self) -> race.Race:
        gun = self._begin + timedelta(microseconds=LAPS_GUN)
        entered = fields.runners(12, self._seed + 1, "backward", first_bib=9_101)
        self._lappers = [replace(runner, pace=runner.pace * LAP_SPEED) for runner in entered]
        points = [{"name": point.name, "distance_m": point.distance_m, "place": LINE.name} for point in LAPS]
        event = LAPS_EVENT | {"points": points}
        return race.open_race(self._server, self.meet, race.roster(self._lappers), [LINE], gun, event)

    def _lap_cues(self) -> list[Cue]:
        """One mat is start, lap and finish in one: which of them a crossing is, the server finds out."""
        crossings = fields.passings(self._lappers, LAPS, self._seed)
        on_the_line = [crossing._replace(mat=0) for crossing in crossings if crossing.mat > 0]
        made = fields.reads(on_the_line, Trouble(), self._seed, start=None)
        posts = fields.batches(made, Duration(5 * SECOND))
        cues = [Cue(LAPS_GUN + post[-1].arrival_us, partial(self._post, self.laps, post)) for post in posts]
        return [*cues, Cue(cues[-1].at_us + SECOND, self._lap_news)]

    def _lap_news(self) -> str:
        page = self._server.get(f"/v1/events/{self.laps.event}/standings", limit=3)
        return "800 m, final: " + "   ".join(medal(item) for item in page["items"])


def _first_to_last(true: Sequence[Passing]) -> list[str]:
    """Bibs in order of net time."""
    at = {(p.bib, p.mat): p.at_us for p in true}
    return sorted({p.bib for p in true}, key=lambda bib: at[bib, len(ROAD) - 1] - at[bib, 0])


def _place(standing: Any) -> str:
    return f"{standing['name']}, place {standing['place']} in {standing['mark']}"
