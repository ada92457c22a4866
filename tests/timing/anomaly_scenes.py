"""Races with one thing odd in each, for what an official is told about it."""

from app.domain.facts import Qualifier, QualifiersFixed
from app.domain.ids import RegistrationId
from app.domain.units import Duration
from tests.timing.builders import S, Script, mass_start, points, road
from tests.timing.test_anomalies import E, rounds, three_mats, waves
from tests.timing.test_lap_chart import MISSED, laps, race


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
