"""Races at the API: set up, started, read and finished, in few words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.units import Instant, format_instant, parse_instant
from tests.api.organizer import Organizer

GUN = "2026-06-06T10:00:00.000000Z"
GUN_US = int(parse_instant(GUN))
POINTS = [
    {"name": "Start", "distance_m": 0},
    {"name": "5 km", "distance_m": 5_000},
    {"name": "Finish", "distance_m": 10_000},
]


def after_gun(seconds: float) -> int:
    """Microseconds since 1970."""
    return GUN_US + round(seconds * 1_000_000)


def written(seconds: float) -> str:
    return format_instant(Instant(after_gun(seconds)))


@dataclass
class Road:
    """A mass start over 10 km with a mat at each point. Bib n carries chip Cn."""

    organizer: Organizer
    meet: str
    event: str
    heat: str
    sent: dict[str, int] = field(default_factory=dict)

    def gun(self, at: str = GUN) -> Any:
        return self.organizer.make(f"/heats/{self.heat}/start", {"at": at}, expect=200)

    def read(self, place: str, bib: str, seconds: float, **given: Any) -> Any:
        """One read of a runner's chip, with the next number of its mat."""
        self.sent[place] = given.pop("seq", self.sent.get(place, 0) + 1)
        one = {"seq": self.sent[place], "chip": f"C{bib}", "at": after_gun(seconds), **given}
        return self.post(place, [one])

    def post(self, place: str, reads: list[dict[str, Any]]) -> Any:
        return self.organizer.make(
            f"/meets/{self.meet}/reads", {"source": place, "epoch": "1", "reads": reads}, expect=200
        )

    def finish(self, times: Mapping[str, float]) -> None:
        for bib, seconds in times.items():
            self.read("Finish", bib, seconds)

    def rule(self, bib: str, kind: str, **given: Any) -> Any:
        return self.organizer.make(f"/heats/{self.heat}/rulings", {"bib": bib, "kind": kind, **given})

    def accept_all(self) -> None:
        """An official looks at every anomaly that is open, and lets it stand."""
        path = f"/events/{self.event}/anomalies"
        for one in self.organizer.items(path, state="open"):
            self.organizer.make(f"{path}/{one['id']}/accept", {"official": "Sand", "reason": "Seen"}, expect=200)

    def standings(self, **query: Any) -> list[Any]:
        return self.organizer.items(f"/events/{self.event}/standings", **query)

    def places(self, **query: Any) -> dict[str, int | None]:
        return {line["bib"]: line["place"] for line in self.standings(**query)}


def show(organizer: Organizer, meet: str, visibility: str) -> None:
    answer = organizer.send("PATCH", f"/meets/{meet}", {"visibility": visibility}, match="now")
    assert answer.status_code == 200, answer.text


def road(organizer: Organizer, bibs: tuple[str, ...] = ("1", "2", "3"), **event: Any) -> Road:
    meet = organizer.meet()
    id = organizer.event(meet, points=POINTS, ranking="gun", **event)
    for bib in bibs:
        organizer.register(id, bib, f"Runner{bib}", given_name="Ada", chips=[f"C{bib}"])
    (heat,) = organizer.drawn(id)
    return Road(organizer, meet, id, heat)


@dataclass
class Track:
    """A 100 m with one heat after another; lanes in the order of the bibs."""

    organizer: Organizer
    meet: str
    event: str
    heats: list[str]

    def finishes(self, heat: int, *finishes: dict[str, Any], **given: Any) -> Any:
        body = {"method": "photo_finish", "finishes": list(finishes), **given}
        return self.organizer.make(f"/heats/{self.heats[heat]}/finishes", body)

    def results(self, heat: int = 0, **query: Any) -> list[Any]:
        return self.organizer.items(f"/heats/{self.heats[heat]}/results", **query)


def track(organizer: Organizer, *heats: tuple[str, ...], round: str = "final", **event: Any) -> Track:
    meet = organizer.meet()
    id = organizer.sprint(meet, **event)
    for bib in (bib for heat in heats for bib in heat):
        organizer.register(id, bib, f"Runner{bib}", given_name="Ada")
    lists = [
        {"number": number, "starters": [{"bib": bib, "lane": lane} for lane, bib in enumerate(heat, 3)]}
        for number, heat in enumerate(heats, 1)
    ]
    answer = organizer.send("PUT", f"/events/{id}/rounds/{round}/heats", {"heats": lists})
    assert answer.status_code == 200, answer.text
    return Track(organizer, meet, id, [heat["id"] for heat in answer.json()["heats"]])
