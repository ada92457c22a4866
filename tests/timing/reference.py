"""A slow and obvious scorer, written from the rules and sharing nothing with `app.timing`: lists, loops, no memory.

It reads the facts of a script itself. Only what an official could work out with a pencil is in its answer.
"""

from typing import Any

from app.domain.ids import Bib
from app.domain.meet import Category
from tests.timing.reference_passings import SECOND, ReferencePassings

RETRO_GROUPS = (
    Category(name="Youth", max_age=18),
    Category(name="Main", min_age=19, max_age=39),
    Category(name="Master 1", min_age=40, max_age=54),
    Category(name="Master 2", min_age=55),
)
"""R76: what a race backwards has where it names no groups."""


class Reference(ReferencePassings):
    def result(self, entry: Any) -> dict[str, Any]:
        spec, opening = self.events[entry.event], self.opening(entry)
        out: dict[str, Any] = dict.fromkeys(("status", "elapsed", "gun", "net", "uncut"))
        out["state"] = "entered"
        passed, _ = self.passings(entry)
        if opening is not None:
            self.by_reads(out, entry, spec, opening[0] + spec.start_window_before_us, passed)
        out["raw"] = out["elapsed"]
        self.by_rulings(out, entry, spec)
        if out["status"] not in ("OK", "CUT"):
            out["elapsed"] = out["gun"] = out["net"] = None
        if out["status"] in ("CUT", "CUT ON WAY"):
            out["status"] = "DNF"
        del out["uncut"]
        return out

    def by_reads(self, out: dict[str, Any], entry: Any, spec: Any, gun: int, passed: dict[int, int]) -> None:
        finish = passed.get(spec.points[-1].distance_m)
        closed = self.heat_of(entry).heat in self.closings
        has_mat = spec.points[0].distance_m == 0
        walked = spec.start_window_after_us + spec.points[-1].distance_m * SECOND
        all_in = spec.cut_off_us if spec.cut_off_us is not None else walked
        if finish is not None:
            out["gun"] = finish - gun
            out["net"] = finish - max(passed[0], gun) if 0 in passed else None
            out["elapsed"] = out["net"] if spec.ranking == "net" and out["net"] is not None else out["gun"]
            late = spec.cut_off_us is not None and out["gun"] > spec.cut_off_us
            late |= self.cut_on_way(spec, gun, passed)
            out["status"], out["state"] = "CUT" if late else "OK", "finished"
        elif passed:
            out["state"] = "started"
            out["status"] = out["uncut"] = "DNF" if closed or self.now >= gun + all_in else None
            if self.cut_on_way(spec, gun, passed):
                out["status"] = "CUT ON WAY"
        elif closed or self.now >= gun + (spec.start_window_after_us if has_mat else all_in):
            out["status"] = "DNS"

    def cut_on_way(self, spec: Any, gun: int, passed: dict[int, int]) -> bool:
        """R66: passed a point after it had closed."""
        limits = {p.distance_m: p.cut_off_us for p in spec.points if p.cut_off_us is not None}
        return any(metres in passed and passed[metres] - gun > limit for metres, limit in limits.items())

    def by_rulings(self, out: dict[str, Any], entry: Any, spec: Any) -> None:
        withdrawn = entry.registration in self.withdrawn
        told, gone, lifted = None, withdrawn, False
        for ruling in self.rulings:
            if ruling.registration != entry.registration:
                continue
            if ruling.kind in ("dq", "dns", "dnf"):
                told, gone = ruling.kind.upper(), withdrawn
            elif ruling.kind == "withdrawn":
                gone = True
            elif ruling.kind == "reinstate":
                told, gone, lifted = None, withdrawn, True
            elif ruling.kind == "time":
                out["elapsed"] = out["net" if spec.ranking == "net" else "gun"] = ruling.elapsed_us
                out["status"], out["state"] = "OK", "finished"
            elif ruling.kind == "penalty" and out["elapsed"] is not None:
                out["elapsed"] += ruling.elapsed_us
        if lifted and out["elapsed"] is not None:
            out["status"], out["state"] = "OK", "finished"
        elif lifted and out["status"] == "CUT ON WAY":
            out["status"] = out["uncut"]
        if gone:
            out["status"] = told or ("DNF" if out["state"] in ("started", "finished") else "DNS")
            out["state"] = "withdrawn"
        elif told:
            out["status"] = told
            if told == "DNS":
                out["state"] = "entered"
            elif told == "DNF" or out["state"] == "entered":
                out["state"] = "started"

    def category(self, entry: Any) -> str | None:
        ages, sex = self.people[entry.athlete].ages, self.people[entry.athlete].sex
        if entry.category:
            return str(entry.category)
        spec = self.events[entry.event]
        for c in spec.categories or (RETRO_GROUPS if spec.direction == "backward" else ()):
            takes = ages is not None and (c.min_age or 0) <= ages.race_day <= (
                1_000 if c.max_age is None else c.max_age
            )
            if takes and c.sex in (None, sex):
                return str(c.name)
        return None

    def standings(self, event: str) -> dict[str, dict[str, Any]]:
        """By bib: status, state, elapsed, gun, net, and the three places."""
        mine = {e.bib: e for e in self.entries if e.event == event}
        out = {str(bib): self.result(e) for bib, e in mine.items()}
        ranked = {b for b, line in out.items() if line["status"] == "OK" and mine[Bib(b)].role != "guest"}
        for bib, line in out.items():
            sex, category = self.people[mine[Bib(bib)].athlete].sex, self.category(mine[Bib(bib)])
            same_sex = {b for b in ranked if self.people[mine[Bib(b)].athlete].sex == sex}
            same_category = {b for b in same_sex if category and self.category(mine[Bib(b)]) == category}
            for name, group in (("place", ranked), ("place_sex", same_sex), ("place_category", same_category)):
                faster = sum(out[b]["elapsed"] < line["elapsed"] for b in group) if bib in group else None
                line[name] = None if faster is None else faster + 1
        return out
