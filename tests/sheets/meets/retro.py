"""A championship backwards."""

from dataclasses import replace
from typing import Final

from app.domain.facts import RecordsListed
from app.domain.meet import Advance, RoundSpec
from app.domain.records import Record, RecordList, Takes
from app.domain.units import Duration, Instant, parse_instant
from tests.sheets.meets.small import S, Small, describe
from tests.timing.builders import Script, track

BEST: Final = RecordList(
    name="backwards",
    title="Best marks",
    source="Statistics",
    as_of="2026-01-01",
    takes=Takes(hand=True, photo_finish_to_m=0, wind=False),
    records=(
        Record(
            code="WB",
            sex="W",
            distance_m=200,
            surface="track",
            direction="backward",
            mark_us=Duration(37_940_000),
            unit_us=Duration(10_000),
            source="Statistics",
            confidence="L",
            date="2012-08-25",
            holder="M. Albrecht",
            nation="GER",
            place="Lleida",
        ),
    ),
)


def retro_championship() -> Small:
    """Hand times, a revised result, and a heat that has not started."""
    script = Script(recorded_at=Instant(int(parse_instant("2027-01-15T11:00:00+01:00"))))
    small = Small(script)
    describe(
        script,
        name="Campionato Retrorunning",
        timezone="Europe/Rome",
        starts_on="2027-01-15",
        ends_on="2027-01-16",
        city="Bologna",
        lanes=6,
    )
    script.record(RecordsListed(lists=(BEST,)))
    back = {"direction": "backward", "ruleset": "irr-retro-2016", "timing": "hand"}
    script.event("b100", replace(track(100, sex="M", **back), name="100 m retro"))
    script.event("b800", replace(track(800, sex="X", **back), name="800 m retro"))
    for bib, name, nation in (
        ("1", "Lopez Rodriguez, Cristian", "ESP"),
        ("2", "Wegner, Roland", "GER"),
        ("3", "Yoder, Aaron", "USA"),
    ):
        small.runner("b100", bib, name, nation)
        small.runner("b800", bib, name, nation)
    (heat,) = script.heats(("1", "2", "3"), event="b100")
    script.gun(heat)
    script.finishes(heat, ("1", 13.31), ("2", 13.55), ("3", 13.92), method="hand")
    small.announce("b100")
    script.recorded_at = Instant(script.recorded_at + 3_600 * S)
    script.rule("1", "dq", heat=heat, rule="RR-1")
    small.announce("b100", note="Protest of GER upheld")
    script.heats(("1", "2", "3"), event="b800")
    _heats_of_200(small)
    return small


def _heats_of_200(small: Small) -> None:
    """Hand times: a best mark, two level for the last place in the final, and every way to be out (R91, R95)."""
    script = small.script
    rounds = (RoundSpec(name="heats", advance=Advance(places=2, times=2)), RoundSpec(name="final"))
    back = {"direction": "backward", "ruleset": "irr-retro-2016", "timing": "hand"}
    script.event("b200", replace(track(200, sex="W", rounds=rounds, **back), name="200 m retro"))
    names = (
        *("Albrecht, Maria", "Kühn, Sabine", "Wirth, Anna", "Dolfi, Martina", "Corcuera González, María del Carmen"),
        *("Bąk, Zofia", "Wehmschulte, Ute", "Zambello, Silvia", "Metzler, Karin", "Clewley, Kay", "Gaston-Hird, S"),
        "Hierzegger-Schwarzenbacher, Lea",
    )
    nations = ("GER", "AUT", "GER", "ITA", "ESP", "POL", "GER", "ITA", "LIE", "CAN", "GBR", "AUT")
    bibs = [str(number) for number in range(21, 33)]
    for bib, name, nation in zip(bibs, names, nations, strict=True):
        small.runner("b200", bib, name, nation, sex="W", pb_us=Duration(42_000_000))
    one, two = script.heats(bibs[:6], bibs[6:], event="b200", round="heats")
    script.gun(one, 3_000)
    script.finishes(one, *zip(bibs[:4], (36.9, 38.01, 40.0, 41.0), strict=True), method="hand")
    script.finishes(one, (bibs[4], None, {"status": "DNF"}), (bibs[5], None, {"status": "DNS"}), method="hand")
    script.gun(two, 3_600)
    script.finishes(two, *zip(bibs[6:10], (39.0, 39.5, 41.0, 41.2), strict=True), method="hand")
    script.rule(bibs[10], "dq", heat=two, rule="RR-6")
    script.rule(bibs[11], "dq", heat=two, rule="RR-7")
