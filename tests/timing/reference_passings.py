"""What the slow and obvious scorer takes for the passings of a runner: the facts, and the reads that count, by R63."""

from typing import Any

from app.domain.facts import (
    AthleteDescribed,
    ChipAssigned,
    EventDescribed,
    HeatClosed,
    LineTimeTaken,
    ReadRuledOut,
    Recorded,
    Registered,
    RegistrationWithdrawn,
    RoundDrawn,
    Ruling,
    SourceDescribed,
    StartSignal,
)
from tests.timing.builders import Script

SECOND = 1_000_000
DAY = 24 * 3_600 * SECOND
VMAX = {
    "forward": ((400, 11.0), (1_000, 8.5), (3_000, 7.5), (10**9, 7.0)),
    "backward": ((200, 8.0), (400, 6.5), (1_000, 5.8), (10**9, 5.2)),
}


def least(metres: int, direction: str) -> int:
    """R63: leg / vmax, rounded up to the microsecond (vmax has one decimal, so this is exact)."""
    speed = next(v for longest, v in VMAX[direction] if metres <= longest)
    return -(-metres * 10 * SECOND // round(speed * 10))


class ReferencePassings:
    def __init__(self, script: Script) -> None:
        self.facts = [(e.seq, e.fact) for e in script.log if isinstance(e, Recorded)]
        ruled_out = {f.read_seq for _, f in self.facts if isinstance(f, ReadRuledOut)}
        self.raw = [e for e in script.log if not isinstance(e, Recorded) and e[0] not in ruled_out]
        self.epochs = script.sources
        self.events = {f.event: f.spec for _, f in self.facts if isinstance(f, EventDescribed)}
        self.entries = [f for _, f in self.facts if isinstance(f, Registered)]
        self.people = {f.athlete: f for _, f in self.facts if isinstance(f, AthleteDescribed)}
        self.sources = {f.source: f for _, f in self.facts if isinstance(f, SourceDescribed)}
        self.chips = [f for _, f in self.facts if isinstance(f, ChipAssigned)]
        self.drawn = [(f.event, h) for _, f in self.facts if isinstance(f, RoundDrawn) for h in f.heats]
        self.guns = {f.heat: (seq, f.at) for seq, f in self.facts if isinstance(f, StartSignal)}
        self.closings = {f.heat: f.at for _, f in self.facts if isinstance(f, HeatClosed)}
        self.line_times = [f for _, f in self.facts if isinstance(f, LineTimeTaken)]
        self.rulings = [f for _, f in self.facts if isinstance(f, Ruling)]
        self.withdrawn = {f.registration for _, f in self.facts if isinstance(f, RegistrationWithdrawn)}
        self.received = script.received
        self.reads = [self.corrected(row) for row in self.raw]
        last_gun = max((at for _, at in self.guns.values()), default=0)
        recorded = [int(e.recorded_at) for e in script.log if isinstance(e, Recorded)]
        told = [r["at"] for r in self.reads if r["at"] <= min(last_gun + DAY, r["latest"])]
        self.now = max([*recorded, *told], default=0)

    # ── reads ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def corrected(self, row: Any) -> dict[str, Any]:
        source = self.sources[self.epochs[row[1]]]
        at = row[4] + source.offset_us
        owner = None
        for chip in self.chips:
            since, until = chip.since, chip.until
            if chip.chip == row[2] and (since is None or at >= since) and (until is None or at < until):
                owner = chip.athlete
        place = row[5] or source.place
        latest = self.received.get(row[1:], at) + 60 * SECOND
        main = source.role == "main"
        return {"at": at, "athlete": owner, "place": place, "main": main, "hand": False, "latest": latest}

    def heat_of(self, entry: Any) -> Any:
        return next((h for event, h in self.drawn if event == entry.event and h.wave == entry.wave), None)

    def opening(self, entry: Any) -> tuple[int, int] | None:
        heat = self.heat_of(entry)
        if heat is None or heat.heat not in self.guns:
            return None
        seq, at = self.guns[heat.heat]
        return at - self.events[entry.event].start_window_before_us, seq

    def belongs(self, entry: Any, at: int) -> bool:
        """Of the athlete's heats whose window has opened, the one that opened last; and it must not be closed."""
        others = [e for e in self.entries if e.athlete == entry.athlete and e.registration not in self.withdrawn]
        mine = [entry] if entry.registration in self.withdrawn else others
        started = [e for e in mine if e is entry or not self.absent(e)]
        opened = [(o, e) for e in started if (o := self.opening(e)) is not None and o[0] <= at]
        if not opened or max(opened, key=lambda pair: pair[0])[1] is not entry:
            return False
        closed = self.closings.get(self.heat_of(entry).heat)
        return closed is None or at < closed

    def absent(self, entry: Any) -> bool:
        words = [r.kind for r in self.rulings if r.registration == entry.registration]
        return [word for word in words if word in ("dq", "dns", "dnf", "reinstate")][-1:] == ["dns"]

    def reads_of(self, entry: Any) -> list[dict[str, Any]]:
        heat = self.heat_of(entry)
        if heat is None:
            return []
        gone = entry.registration in self.withdrawn
        reads = [r for r in self.reads if r["athlete"] == entry.athlete and not gone]
        finish = self.events[entry.event].points[-1].place
        taken = [t for t in self.line_times if t.registration == entry.registration]
        reads += [{"at": t.at, "place": finish, "main": False, "hand": True} for t in taken]
        return sorted((r for r in reads if self.belongs(entry, r["at"])), key=lambda r: r["at"])

    # ── passings ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def passings(self, entry: Any) -> tuple[dict[int, int], list[dict[str, Any]]]:
        """Metres → instant (the start as it was read), and the reads."""
        spec, opening = self.events[entry.event], self.opening(entry)
        reads = self.reads_of(entry)
        if opening is None:
            return {}, reads
        gun = opening[0] + spec.start_window_before_us
        points = list(spec.points)
        finish = points[-1]
        alone = [p.distance_m for p in points if p.place == finish.place and p.distance_m > 0] == [finish.distance_m]
        out: dict[int, int] = {}
        if points[0].distance_m == 0:
            on_mat = [r for r in reads if r["place"] == points[0].place and r["at"] <= gun + self.start_window(spec)]
            at_finish = [r["at"] for r in reads if r["place"] == finish.place]
            if alone and at_finish and max(at_finish) >= gun + self.from_start(spec, finish):
                early_enough = [r for r in on_mat if r["at"] + self.from_start(spec, finish) <= max(at_finish)]
                on_mat = early_enough or on_mat
            reads, on_mat = self.without_start_twins(spec, gun, reads, on_mat)
            on_mat = [r for r in on_mat if r["main"]] or on_mat
            if on_mat:
                out[0] = max(r["at"] for r in on_mat)
        start = max(gun, out.get(0, gun))
        reads = self.without_twins(spec, start, reads)
        at_finish = [r["at"] for r in reads if r["place"] == finish.place]
        reachable = alone and at_finish and max(at_finish) >= start + self.from_start(spec, finish)
        for point in points:
            if point.distance_m == 0:
                continue
            possible = [r for r in reads if r["place"] == point.place]
            possible = [r for r in possible if r["at"] >= start + self.from_start(spec, point)]
            for before in points:
                if 0 < before.distance_m < point.distance_m and before.distance_m in out:
                    earliest = out[before.distance_m] + self.between(spec, before, point)
                    possible = [r for r in possible if r["at"] >= earliest]
            if point is not finish and reachable:
                latest = max(at_finish) - self.between(spec, point, finish)
                possible = [r for r in possible if r["at"] <= latest]
            if possible:
                first = possible[0]["at"]
                same = [r for r in possible if r["main"] and r["at"] <= first + 5 * SECOND]
                out[point.distance_m] = same[0]["at"] if same else first
        return out, self.reads_of(entry)

    def start_window(self, spec: Any) -> int:
        again = [p for p in spec.points if p.place == spec.points[0].place and p.distance_m > 0]
        return (
            min(spec.start_window_after_us, self.from_start(spec, again[0]) - 1)
            if again
            else spec.start_window_after_us
        )

    def from_start(self, spec: Any, point: Any) -> int:
        fastest = least(point.distance_m, spec.direction)
        if spec.min_lap_us and spec.points[0].distance_m == 0 and spec.points[0].place == point.place:
            return max(fastest, spec.min_lap_us)
        if spec.surface == "track" and len([p for p in spec.points if p.place == point.place and p.distance_m > 0]) > 1:
            tenths = 85 if spec.direction == "forward" else 60
            return max(fastest, -(-point.distance_m * 10 * SECOND // tenths))
        return fastest

    def between(self, spec: Any, one: Any, other: Any) -> int:
        metres = other.distance_m - one.distance_m
        fastest = least(metres, spec.direction)
        if one.place != other.place:
            return fastest
        if spec.min_lap_us:
            return max(fastest, spec.min_lap_us)
        if spec.surface == "track":
            lap = (42 if spec.direction == "forward" else 60) * SECOND
            return max(fastest, lap * metres // 400)
        return fastest

    def without_start_twins(
        self, spec: Any, gun: int, reads: list[Any], on_mat: list[Any]
    ) -> tuple[list[Any], list[Any]]:
        """R63: a read on the start mat beside one that an earlier read there leads to; both go."""
        bad: list[int] = []
        started = max(gun, min((r["at"] for r in on_mat), default=gun))
        for one in on_mat:
            for other in reads:
                there = [p for p in spec.points if p.place == other["place"] and p.distance_m > 0]
                if not there or other["place"] == one["place"] or one["hand"] or other["hand"]:
                    continue
                if abs(one["at"] - other["at"]) <= 200_000 and other["at"] >= started + self.from_start(spec, there[0]):
                    bad += [id(one), id(other)]
        return [r for r in reads if id(r) not in bad], [r for r in on_mat if id(r) not in bad]

    def without_twins(self, spec: Any, start: int, reads: list[dict[str, Any]]) -> list[dict[str, Any]]:
        def possible(read: dict[str, Any]) -> bool:
            there = [p for p in spec.points if p.place == read["place"] and p.distance_m > 0]
            return not read["hand"] and bool(there) and read["at"] >= start + self.from_start(spec, there[0])

        def twin(read: dict[str, Any]) -> bool:
            return possible(read) and any(
                possible(other) and other["place"] != read["place"] and abs(other["at"] - read["at"]) <= 200_000
                for other in reads
            )

        return [read for read in reads if not twin(read)]
