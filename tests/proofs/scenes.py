"""Scenes that only one operation may change: what it needs is rare, and the others would use it up before its turn."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from tests.proofs.small_meet import ENTRIES, GUN_US, LANES, MEET, RELAY, ROAD, SPRINT, SmallMeet

LAPS: Final = ROAD | {"name": "2000 m", "distance_m": 2_000, "surface": "track", "ruleset": "local"}
ID: Final = re.compile(r"\b(?:meet|evt|heat|ath|reg|time|job|ser|dev|pub)_[0-9a-f]{32}\b")


@dataclass
class Scene(SmallMeet):
    """A meet for one operation: its path parameters are `params`, its body `body`; `seen` are the ids of all in it."""

    params: dict[str, Any] = field(default_factory=dict)
    body: Any = None
    seen: set[str] = field(default_factory=set)

    def make(self, path: str, body: Any = None) -> Any:
        made = super().make(path, body)
        self.seen.update(ID.findall(str(made)))
        return made

    def race(self, spec: dict[str, Any], *bibs: str) -> tuple[str, str, str]:
        """Meet, event and the one heat of its first round, drawn; each chip is the bib with a C before it."""
        meet = self.make("/meets", MEET)["id"]
        event = self.make(f"/meets/{meet}/events", spec)["id"]
        for bib in bibs:
            runner = {"bib": bib, "family_name": f"Runner {bib}", "sex": "M"}
            self.make(f"/events/{event}/registrations", runner | {"chips": [f"C{bib}"]})
        first = spec.get("rounds", [{"name": "final"}])[0]["name"]
        (heat,) = self.make(f"/events/{event}/rounds/{first}/draw")["heats"]
        return meet, event, heat["id"]

    def read(self, meet: str, chip: str, *seconds: float) -> None:
        reads = [{"seq": n, "chip": chip, "at": GUN_US + round(s * 1e6)} for n, s in enumerate(seconds, 1)]
        self.make(f"/meets/{meet}/reads", {"source": "finish", "epoch": "1", "reads": reads})

    def finish(self, heat: str, *seconds: float) -> None:
        finishes = [{"bib": bib, "elapsed_us": round(s * 1e6)} for bib, s in zip(LANES, seconds, strict=True)]
        self.make(f"/heats/{heat}/finishes", {"method": "photo_finish", "finishes": finishes})

    def first(self, path: str) -> Any:
        return self.api.get(f"/v1{path}").raise_for_status().json()["items"][0]


def _level(scene: Scene) -> None:
    _, event, heat = scene.race(SPRINT, *LANES)
    scene.finish(heat, 10.1, 10.2, 10.2, 10.3)
    scene.params = {"event_id": event, "round": "heats"}


def _reserve(scene: Scene) -> None:
    _, event, heat = scene.race(SPRINT, *LANES)
    scene.finish(heat, 10.1, 10.2, 10.3, 10.4)
    scene.make(f"/events/{event}/rounds/heats/advance")
    scene.params, scene.body = {"event_id": event, "round": "final"}, {"bib": LANES[0]}


def _finished(scene: Scene) -> None:
    _, _, heat = scene.race(SPRINT, *LANES)
    scene.finish(heat, 10.1, 10.2, 10.3, 10.4)
    scene.params = {"heat_id": heat, "bib": LANES[0]}


def _missed_lap(scene: Scene) -> None:
    meet, _, heat = scene.race(LAPS, "1")
    scene.make(f"/heats/{heat}/start", {"at": "2026-06-07T10:00:00+02:00"})
    scene.read(meet, "C1", 72, 144.5, 289.3, 361.5)
    scene.params, scene.body = {"heat_id": heat}, {"bib": "1", "reason": "Seen by the lap scorer"}


def _relay(scene: Scene) -> None:
    _, event, heat = scene.race(RELAY, "NOR", "SWE")
    scene.params = {"event_id": event, "round": "final", "heat_id": heat, "if-match": "*"}


def _baton(scene: Scene) -> None:
    _relay(scene)
    scene.body = {"method": "photo_finish", "takeovers": [{"bib": "NOR", "leg": 1, "elapsed_us": 11_430_000}]}


def _lined_up(scene: Scene) -> None:
    _relay(scene)
    scene.body = {"heats": [{"number": 1, "starters": [{"bib": "NOR", "lane": 4}, {"bib": "SWE", "lane": 5}]}]}


def _ruled(scene: Scene) -> None:
    meet, _, heat = scene.race(SPRINT, *LANES)
    ruling = scene.make(f"/heats/{heat}/rulings", {"bib": LANES[0], "kind": "dq", "rule": "TR99.9"})
    odd = scene.first(f"/meets/{meet}/anomalies")
    scene.params = {"meet_id": meet, "seq": ruling["seq"], "anomaly_id": odd["id"]}


def _disputed(scene: Scene) -> None:
    meet, _, _ = scene.race(ROAD, "1", "2")
    scene.read(meet, "C1", 2_300)
    scene.read(meet, "C2", 2_310)
    scene.params = {"meet_id": meet, "seq": scene.first(f"/meets/{meet}/read-conflicts")["seq"]}


def _read(scene: Scene) -> None:
    meet, _, _ = scene.race(ROAD, "1")
    scene.read(meet, "C1", 2_300)
    scene.params = {"meet_id": meet, "seq": scene.first(f"/meets/{meet}/reads")["seq"]}


def _imported(scene: Scene) -> None:
    meet, event, _ = scene.race(RELAY, "NOR", "SWE")
    imported = scene.send("POST", f"/events/{event}/registrations/import", ENTRIES, "text/csv")
    scene.params = {"meet_id": meet, "import_id": imported["import_id"]}


SCENES: Final[dict[str, Callable[[Scene], None]]] = {
    "accept_meet_anomaly": _ruled,
    "confirm_crossing": _missed_lap,
    "draw_lots": _level,
    "get_finish": _finished,
    "get_import": _imported,
    "put_heats": _lined_up,
    "read_takeovers": _baton,
    "replace_qualifier": _reserve,
    "rule_on_conflict": _disputed,
    "rule_out_read": _read,
    "undo": _ruled,
    "withdraw_heat": _relay,
}
"""By operation."""


def set_up(*meets: SmallMeet) -> dict[str, list[str]]:
    """The operations of the document find their scenes in each of `meets`. By id: which of them alone may change it."""
    kept: dict[str, list[str]] = {}
    for name, build in SCENES.items():
        scene = Scene(meets[0].api)
        build(scene)
        for meet in meets:
            meet.others[name] = scene.params
            if scene.body is not None:
                meet.bodies[name] = scene.body
        kept |= {id: [name] for id in scene.seen}
    return kept
