"""A 100 m championship over the API alone: 64 sprinters from nine nations, three rounds, and all that goes wrong.

    python examples/sprint_championship.py --base http://127.0.0.1:8000 --token …

Each step prints what the server answered and holds it against the rules, by their numbers in docs/rules.md. The field,
the times and the lots come from one seed, so the sheet is always the same: `expected/sprint_championship.txt`.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from server import Say, Server, run

SEED = 2026
NATIONS = ("AUT", "BRA", "GER", "GHA", "JPN", "KEN", "NOR", "NZL", "USA")
DAY = "2026-06-06"


@dataclass
class Sprinter:
    bib: str
    nation: str
    us: int
    """What the sprinter can run, in microseconds."""
    seed_mark: str


def sprinters(chance: Random) -> list[Sprinter]:
    """Every eighth entry brings a hand time, which seeding makes 0.24 s slower (R12)."""
    times = sorted(chance.sample(range(10_000, 11_600), 64))
    out = []
    for number, ms in enumerate(times, 1):
        by_hand = number % 8 == 5
        tenths = -(-(ms - 240) // 100)
        mark = f"{tenths // 10}.{tenths % 10}h" if by_hand else f"{-(-ms // 10) / 100:.2f}"
        out.append(Sprinter(str(100 + number), NATIONS[number % len(NATIONS)], ms * 1_000, mark))
    return out


@dataclass
class Championship:
    server: Server
    say: Say
    chance: Random = field(default_factory=lambda: Random(SEED))
    meet: str = ""
    event: str = ""
    field_of: dict[str, Sprinter] = field(default_factory=dict)

    def run(self) -> None:
        for step in (
            self.enter,
            self.plan,
            self.first_round,
            self.lots,
            self.semi_finals,
            self.withdrawal,
            self.final,
            self.change_after_publication,
        ):
            step()

    # ── before the first race ────────────────────────────────────────────────────────────────────────────────────────

    def enter(self) -> None:
        days = {"starts_on": DAY, "ends_on": DAY, "timezone": "Europe/Oslo"}
        self.meet = self.server.post("/meets", {"name": "Sprint championship", **days, "lanes": 8})["id"]
        event = {"name": "100 m", "distance_m": 100, "surface": "track", "sex": "M", "start": "lanes"}
        self.event = self.server.post(f"/meets/{self.meet}/events", {**event, "timing": "photo_finish"})["id"]
        for one in sprinters(self.chance):
            self.field_of[one.bib] = one
            person = {"family_name": f"Sprinter {one.bib}", "sex": "M", "nation": one.nation}
            self.server.post(
                f"/events/{self.event}/registrations", {"bib": one.bib, **person, "seed_mark": one.seed_mark}
            )
        entered = self.server.items(f"/events/{self.event}/registrations")
        assert len({one["nation"] for one in entered}) == 9
        self.say(
            f"{len(entered)} sprinters from 9 nations, {sum(one['seed_mark'][-1] == 'h' for one in entered)} by hand"
        )

    def plan(self) -> None:
        seen = self.server.post(f"/events/{self.event}/plan", {"preview": True})
        told = [(one["name"], one["heats"], one["advance"]) for one in seen["rounds"]]
        assert told == [
            ("round-1", 8, {"places": 2, "times": 8}),
            ("semi-final", 3, {"places": 2, "times": 2}),
            ("final", 1, None),
        ], "R21: 57-64 entries"
        because = seen["because"]
        assert (because["row"], because["rules"]) == ("up_to 64", ["R20", "R21"])
        self.server.post(f"/events/{self.event}/plan")
        for name, heats, advance in told:
            ways = f", {advance['places']}P+{advance['times']}T" if advance else ""
            self.say(f"plan: {name}, {heats} {'heat' if heats == 1 else 'heats'}{ways}")
        self.say(f"because {because['ruleset']} {because['ruleset_version']}, {because['table']}, {because['row']}")

    def draw(self, round: str, seed: int) -> list[list[dict[str, Any]]]:
        """The starters of each heat, in the order of the lanes."""
        drawn = self.server.post(f"/events/{self.event}/rounds/{round}/draw", {"draw_seed": seed})
        again = self.server.post(f"/events/{self.event}/rounds/{round}/draw", {"draw_seed": seed})
        assert again["heats"] == drawn["heats"], "R27: the same seed draws the same heats"
        self.say(f"\n{round}: drawn with seed {drawn['draw']['seed']} by {' '.join(drawn['draw']['rules'])}")
        heats = [self.server.items(f"/heats/{heat['id']}/starters") for heat in drawn["heats"]]
        for number, starters in enumerate(heats, 1):
            self.say(f"  heat {number}: " + "  ".join(f"{one['lane']}:{one['bib']}" for one in starters))
        return heats

    # ── racing ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def times(self, bibs: Iterable[str]) -> dict[str, int]:
        """What they run this time; no two of one race to the same hundredth."""
        taken: set[int] = set()
        out = {}
        for bib in bibs:
            ms = (self.field_of[bib].us + self.chance.randint(-60_000, 60_000)) // 1_000
            while ms // 10 in taken:
                ms += 10
            taken.add(ms // 10)
            out[bib] = ms * 1_000
        return out

    def heats(self, round: str) -> list[Any]:
        return list(self.server.ask("GET", f"/events/{self.event}/rounds/{round}/heats")["heats"])

    def race(self, heat: str, times: dict[str, int], at: str, **places: int) -> None:
        """`places` are the judge's, where the image cannot separate."""
        self.server.post(f"/heats/{heat}/start", {"at": f"{DAY}T{at}:00+02:00"})
        given = {name.removeprefix("bib_"): place for name, place in places.items()}
        finishes = [
            {"bib": bib, "elapsed_us": us} | ({"place": given[bib]} if bib in given else {})
            for bib, us in times.items()
        ]
        self.server.post(
            f"/heats/{heat}/finishes", {"method": "photo_finish", "wind_mps": "+0.7", "finishes": finishes}
        )

    def rule(self, heat: str, bib: str, kind: str, **given: Any) -> None:
        self.server.post(f"/heats/{heat}/rulings", {"bib": bib, "kind": kind, **given})

    def results(self, round: str) -> list[Any]:
        return self.server.items(f"/events/{self.event}/rounds/{round}/results")

    def show(self, lines: Sequence[Any], title: str) -> None:
        self.say(f"{title}")
        for one in lines:
            words = (one["mark"] or one["status"], one["thousandths"], one["rule"], one["qualification"])
            self.say(f"  {one['place'] or '–':>2}  {one['bib']}  {' '.join(filter(None, words))}")

    def first_round(self) -> None:
        heats = self.draw("round-1", 11)
        assert {len(heat) for heat in heats} == {8}, "R22"
        ranking = sorted(self.field_of.values(), key=seeded)
        best = {one.bib for one in ranking[:8]}
        assert all(len(best & {one["bib"] for one in heat}) == 1 for heat in heats), "R25: the best eight are apart"
        met = [count for heat in heats for count in Counter(one["nation"] for one in heat).values() if count > 1]
        assert max(met, default=1) <= 2, "R26: apart as far as changes with runners of the same rank can do it"
        self.say(f"  of seven or eight countrymen in eight heats, {len(met)} times two meet (R26)")
        run = {
            heat["id"]: [one["bib"] for one in starters]
            for heat, starters in zip(self.heats("round-1"), heats, strict=True)
        }
        times = {heat: self.times(bibs) for heat, bibs in run.items()}
        self.level_for_the_last_time(times)
        for number, (heat, ran) in enumerate(times.items(), 1):
            if number == 3:
                self.obstructed(heat, ran)
            if number == 5:
                self.false_start(heat, ran)
            self.race(heat, ran, f"10:{number:02}")
        absent = self.results("round-1")[-1]
        assert (absent["status"], absent["rule"]) == ("DQ", "TR16.8"), "R46: disqualified ones stand last"

    def level_for_the_last_time(self, times: dict[str, dict[str, int]]) -> None:
        """The 8th and the 9th by time are level to the thousandth (R34)."""
        out = min(times[list(times)[4]], key=times[list(times)[4]].__getitem__)
        rest = []
        for heat, ran in times.items():
            order = sorted((bib for bib in ran if bib != out), key=ran.__getitem__)
            rest += [(ran[bib], heat, bib) for bib in order[2:]]
        (last, _, _), (_, heat, bib) = sorted(rest)[7:9]
        times[heat][bib] = last

    def obstructed(self, heat: str, times: dict[str, int]) -> None:
        """R40: a void race stays, and is run again."""
        first, second, *_ = sorted(times, key=times.__getitem__)
        self.race(heat, times | {first: times[first] + 900_000}, "10:30")
        self.rule(heat, first, "note", reason="Impeded by a hurdle left on the track")
        self.server.post(f"/heats/{heat}/rerun")
        void, now = self.server.ask("GET", f"/heats/{heat}")["attempts"]
        assert (void["status"], now["status"]) == ("void", "counts")
        was = self.server.items(f"/heats/{heat}/results", as_of=void["results_as_of"])
        assert was[0]["bib"] == second
        assert not any(one["mark"] for one in self.server.items(f"/heats/{heat}/results"))
        self.say(f"heat 3: {first} was impeded; void, and run again (R40)")

    def false_start(self, heat: str, times: dict[str, int]) -> None:
        """R14: out at the first one."""
        out = min(times, key=times.__getitem__)
        self.server.post(f"/heats/{heat}/start", {"at": f"{DAY}T10:40:00+02:00"})
        made = self.server.post(f"/heats/{heat}/false-starts", {"runners": [{"bib": out, "reaction_us": 61_000}]})
        (one,) = made["runners"]
        assert (made["policy"], one["out"], one["rule"]) == ("immediate", True, "TR16.8"), "R14"
        self.server.post(f"/heats/{heat}/recall")
        del times[out]
        self.say(f"heat 5: false start by {out} (0.061 s), recalled, DQ TR16.8 (R13, R14)")

    def lots(self) -> None:
        path = f"/events/{self.event}/rounds/round-1"
        (tie,) = self.server.items(f"{path}/ties")
        assert (tie["by"], tie["spots"], tie["free_lanes"], tie["rule"]) == ("time", 1, 0, "R34")
        assert "all" not in tie["may_rule"], "there is no lane for both"
        refused = self.server.post(f"{path}/advance", expect=409)
        assert (refused["code"], tie["bibs"][0] in refused["detail"]) == ("undecided", True)
        (lot,) = self.server.post(f"{path}/lots", {"draw_seed": 7})["lots"]
        self.say(
            f"level for the last place by time: {' '.join(tie['bibs'])}; lots with seed 7: {lot['winners'][0]} (R34)"
        )
        fixed = self.server.post(f"{path}/advance")["qualifiers"]
        assert Counter(one["how"] for one in fixed) == {"Q": 16, "q": 7, "qD": 1}, "8 heats × 2 + 8 = 24"
        lines = self.results("round-1")
        self.show([one for one in lines if one["qualification"]], "round-1: who goes on")

    def semi_finals(self) -> None:
        before = {one["bib"]: one for one in self.results("round-1")}
        heats = self.draw("semi-final", 12)
        winners = sorted((one for one in before.values() if one["place"] == 1), key=lambda one: one["elapsed_us"])
        assert all(len({one["bib"] for one in winners[:3]} & {one["bib"] for one in heat}) == 1 for heat in heats), (
            "R24: the three fastest winners are in different semi-finals"
        )
        ids = [heat["id"] for heat in self.heats("semi-final")]
        for number, (heat, starters) in enumerate(zip(ids, heats, strict=True), 1):
            ran = self.times(one["bib"] for one in starters)
            order = sorted(ran, key=ran.__getitem__)
            if number == 2:
                ran[order[2]] = ran[order[1]]
                self.race(heat, ran, "14:10", **{f"bib_{bib}": 2 for bib in order[1:3]})
                self.inseparable(heat, order[1:3])
            else:
                self.race(heat, ran, f"14:{number:02}")
            if number == 3:
                self.protest(heat, order[0])
        path = f"/events/{self.event}/rounds/semi-final"
        fixed = self.server.post(f"{path}/advance")["qualifiers"]
        assert Counter(one["how"] for one in fixed) == {"Q": 7, "q": 1}, "R33: three by place, so one by time less"
        self.show([one for one in self.results("semi-final") if one["qualification"]], "semi-final: who goes on")

    def inseparable(self, heat: str, both: Sequence[str]) -> None:
        path = f"/events/{self.event}/rounds/semi-final/ties"
        tie = next(one for one in self.server.items(path) if one["by"] == "place")
        assert (tie["heat"], tie["bibs"], tie["rule"]) == (2, sorted(both), "R33")
        for bib in both:
            self.rule(heat, bib, "advance", how="all", reason="The judge cannot separate them")
        self.say(f"semi-final 2: {' and '.join(sorted(both))} inseparable for second place; both go on (R33)")

    def protest(self, heat: str, winner: str) -> None:
        """Disqualified, under protest, and reinstated by the jury: the reasons tell all three."""
        self.rule(heat, winner, "dq", rule="TR17.3.1", reason="Ran out of the lane")
        line = next(one for one in self.results("semi-final") if one["bib"] == winner)
        assert (line["status"], line["place"], line["qualification"]) == ("DQ", None, None), "R42, R47"
        self.rule(heat, winner, "note", reason="Protest by the team, 14:20")
        self.rule(heat, winner, "reinstate", how=None, rule="TR8", reason="The jury has seen the film")
        line = next(one for one in self.results("semi-final") if one["bib"] == winner)
        assert (line["status"], line["place"], line["qualification"]) == ("OK", 1, "Q"), "R47"
        why = self.server.ask("GET", f"/events/{self.event}/standings/{winner}")["because"]
        assert [one["kind"] for one in why["rulings"]] == ["dq", "note", "reinstate"]
        assert why["rules"]["ruleset"] == "world-athletics"
        self.say(f"semi-final 3: {winner} DQ TR17.3.1, protest, reinstated by the jury (R47)")

    def withdrawal(self) -> None:
        """R31: the next best has the lane, and nothing is drawn anew."""
        (final,) = self.draw("final", 13)
        before = self.results("semi-final")
        winners = [one["bib"] for one in before if one["place"] == 1]
        lanes = {one["bib"]: one["lane"] for one in final}
        assert {lanes[bib] for bib in winners} <= {3, 4, 5, 6}, "R29: the best four have the middle lanes"
        assert sorted(lanes.values()) == [1, 2, 3, 4, 5, 6, 7, 8]
        path = f"/events/{self.event}/rounds/final"
        first, *_ = self.server.items(f"{path}/reserves")
        left_out = [one for one in before if one["qualification"] is None and one["status"] == "OK"]
        assert first["bib"] == min(left_out, key=lambda one: one["elapsed_us"])["bib"]
        gone = winners[1]
        stood_in = self.server.post(f"{path}/replacements", {"bib": gone, "reason": "Injured in the warm-up"})
        assert (stood_in["by"], stood_in["lane"], stood_in["rule"]) == (first["bib"], lanes[gone], "R31")
        self.say(f"final: {gone} withdraws, {stood_in['by']} runs in lane {stood_in['lane']} (R31)")

    def final(self) -> None:
        (heat,) = self.heats("final")
        starters = self.server.items(f"/heats/{heat['id']}/starters")
        assert {tuple(one["flags"]) for one in starters} == {()}, "who stands in has qualified"
        ran = self.times(one["bib"] for one in starters)
        first, second, *_ = sorted(ran, key=ran.__getitem__)
        ran[first], ran[second] = 9_984_000, 9_989_000
        self.race(heat["id"], ran, "17:00")
        lines = self.results("final")
        told = [(one["place"], one["mark"], one["thousandths"]) for one in lines[:2]]
        assert told == [(1, "9.99", "(.984)"), (2, "9.99", "(.989)")], "R9: equal marks, different places"
        self.show(lines, "final")
        published = self.server.post(f"/events/{self.event}/publications", {"status": "provisional"})
        assert published["version"] == 1
        self.say("announced: version 1, provisional")

    def change_after_publication(self) -> None:
        """R47, R55: a new version; the one before stays word for word."""
        path = f"/events/{self.event}/publications"
        before = self.results("final")
        third = next(one for one in before if one["place"] == 3)
        self.rule(third["heat_id"], third["bib"], "dq", rule="TR17.2", reason="Obstruction, seen on film")
        self.server.post(path, {"status": "official", "note": "After the film"})
        versions = {one["version"]: one["id"] for one in self.server.items(path)}
        now = {one["bib"]: one["place"] for one in self.results("final")}
        moved = {one["bib"]: one["place"] - 1 for one in before if one["place"] and one["place"] > 3}
        assert {bib: now[bib] for bib in moved} == moved, "R47: everybody behind moves up"
        for version, place in ((1, 3), (2, None)):
            content = self.server.ask("GET", f"/publications/{versions[version]}/content")
            line = next(one for one in content["rounds"]["final"] if one["bib"] == third["bib"])
            assert line.get("place") == place
            assert self.server.ask("GET", f"/publications/{versions[version]}/verification")["holds"]
        self.show(self.results("final"), f"{third['bib']} disqualified after publication: version 2, official (R47)")


def seeded(one: Sprinter) -> float:
    """R12: a hand time as if taken by photo finish."""
    return float(one.seed_mark.rstrip("h")) + (0.24 if one.seed_mark.endswith("h") else 0.0)


if __name__ == "__main__":
    run(Championship, __doc__)
