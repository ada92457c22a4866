"""Races with something odd in them, and what an official is asked about them."""

from collections.abc import Iterable
from typing import Any

from app.domain.facts import Qualifier, QualifiersFixed, ReadConflict
from app.domain.ids import Chip, EventId, HeatId, RegistrationId, SourceId
from app.domain.meet import Advance, RoundSpec
from app.domain.units import Duration
from app.timing.anomaly import Anomaly
from tests.timing.builders import S, Script, at, mass_start, points, road, track
from tests.timing.lap_scenes import MISSED, laps, race

E = EventId("e")
HEAT = HeatId("e/final/1")


def found(script: Script, event: EventId | None = E) -> list[Anomaly]:
    return script.project().anomalies(event)


def kinds(script: Script, event: EventId | None = E) -> list[str]:
    return [one.kind for one in found(script, event)]


def three_mats(*bibs: str, **runner: Any) -> Script:
    script = Script()
    script.event(spec=road())
    for bib in bibs:
        script.runner(bib, **runner)
    script.draw()
    script.gun()
    return script


def sprint(seconds: float, metres: int = 100, **runner: Any) -> Script:
    script = Script()
    script.event(spec=track(metres))
    script.runner("1", **runner)
    script.heats(["1"])
    script.finishes(HEAT, ("1", seconds))
    return script


def waves() -> Script:
    script = Script()
    script.event(spec=road(points=points(("start", 0), ("finish", 10_000))))
    script.runner("1", wave="A")
    script.runner("2", wave="B")
    script.draw(waves=("A", "B"))
    script.gun("e/final/1", 0)
    script.gun("e/final/2", 300)
    return script


def conflicting(place: str = "finish") -> Script:
    script = mass_start()
    script.source(place)
    first = script.read(place, "1", 2_400)
    script.record(
        ReadConflict(source=SourceId(place), epoch="1", source_seq=1, first_seq=first, at=at(2_410), chip=Chip("C2"))
    )
    return script


def two_readers(apart: float, bibs: Iterable[str] = "123") -> Script:
    script = mass_start()
    script.source("finish")
    script.source("finish", "backup", role="backup")
    for n, bib in enumerate(bibs):
        script.read("finish", bib, 2_400 + 10 * n)
        script.read("backup", bib, 2_400 + 10 * n + apart)
    return script


ROUNDS = (RoundSpec(name="heats", advance=Advance(places=1)), RoundSpec(name="final"))


def rounds() -> Script:
    script = Script()
    script.event(spec=track(100, rounds=ROUNDS))
    for bib in "123":
        script.runner(bib)
    script.heats(["1", "2", "3"], round="heats")
    return script


def ghost() -> Script:
    script = three_mats("1")
    script.reads("1", start=2)
    for n in range(22):
        script.read("5k", "1", 300 + 10 * n)
    script.reads("1", finish=2_400)
    return script


def two_points_missing() -> Script:
    script = Script()
    script.event(spec=road(points=points(("start", 0), ("3k", 3_000), ("5k", 5_000), ("finish", 10_000))))
    for bib in "123":
        script.runner(bib)
    script.draw()
    script.gun()
    script.reads("1", start=2, finish=2_400)
    script.reads("2", start=2, half=1_200)
    script.reads("3", start=2, **{"3k": 800, "5k": 1_300}, finish=2_600)
    return script


def missed_lap() -> Script:
    return race(laps(2_400), {"2": [70.0 * k for k in range(1, 7)], "1": MISSED})


def other_wave() -> Script:
    script = waves()
    for n in range(21):
        script.read("start", "1", 290 + n)
    script.reads("2", start=310)
    return script


def copied_chip() -> Script:
    script = three_mats("1", "2")
    script.reads("2", half=1_100, finish=2_399.95)
    script.read("5k", "1", 1_200)
    script.read("finish", "1", 2_400)
    script.read("5k", "1", 2_400.2)
    script.read("finish", "1", 2_500)
    return script


def ahead() -> Script:
    script = mass_start()
    script.source("finish", offset_us=3 * S)
    script.read_early("finish", "1", 7_200 + 2_400, received=2_401)
    return script


def worn_by_another() -> Script:
    script = mass_start()
    script.chip("spare", "1")
    script.reads("1", start=1)
    script.read("finish", "1", 2_400)
    script.read("finish", "2", 2_450)
    script.read("finish", "1", 2_500, chip="spare")
    return script


def like_a_bib() -> Script:
    script = Script()
    script.event(spec=road(points=points(("start", 0), ("finish", 10_000))))
    script.runner("41", chips=())
    script.draw()
    script.gun()
    script.read("finish", "41", 2_400, chip="0041")
    script.read("finish", "41", 2_401, chip="0041")
    return script


def longer_net() -> Script:
    script = mass_start(ranking="net")
    script.reads("1", start=10, finish=2_400)
    script.rule("1", "time", elapsed_us=Duration(2_500 * S))
    return script


def ruled() -> Script:
    script = mass_start()
    script.rule("1", "time", elapsed_us=Duration(2_400 * S))
    return script


def not_started() -> Script:
    script = three_mats("1")
    script.rule("1", "dns")
    script.reads("1", start=1, half=1_200, finish=2_400)
    return script


def tied() -> Script:
    script = rounds()
    script.finishes("e/heats/1", ("2", 10.2), ("1", 10.2), ("3", 10.4))
    return script


def left_out() -> Script:
    script = rounds()
    script.finishes("e/heats/1", ("1", 10.2), ("2", 10.3), ("3", 10.4))
    fixed = tuple(Qualifier(registration=RegistrationId(f"e/{bib}"), how="Q") for bib in "12")
    script.record(QualifiersFixed(event=E, round="heats", qualifiers=fixed))
    script.heats(["1"], round="final")
    return script


def without_rule() -> Script:
    script = sprint(10.0)
    script.rule("1", "dq")
    return script
