"""100 m hurdles on nine lanes, with every status, letter, card and record that a sheet may show."""

from dataclasses import replace
from typing import Any, Final

from app.domain.facts import Qualifier, QualifiersFixed, WeatherRead
from app.domain.ids import EventId, RegistrationId
from app.domain.meet import Advance, RoundSpec
from app.domain.records import Record
from app.domain.units import Duration, Instant
from tests.sheets.meets.small import S, Small
from tests.timing.builders import GUN, track

EVENT: Final = "w100h"
RUNNERS: Final = (
    ("Varen", "Ida", "NOR"),
    ("Kowalczyk-Wiśniewska-Zielińska", "Magdalena", "POL"),
    ("Papadopoulou", "Αναστασία", "GRE"),
    ("van der Westhuizen", "Annemarie", "RSA"),
    ("Nguyễn", "Thị Ánh", "VIE"),
    ("O'Sullivan", "Niamh", "IRL"),
    ("Иванова", "Екатерина", "BUL"),
    ("Schwarzenbacher", "Maria-Magdalena", "AUT"),
    ("Ñíguez de la Torre", "Begoña", "ESP"),
    ("Dubois", "Claire", "FRA"),
    ("כהן", "נועה", "ISR"),
    ("Kamau", "Grace", "KEN"),
    ("佐藤", "花子", "JPN"),
    ("Soler", "Anna", "ESP"),
    ("Montgomery-Featherstonehaugh", "Al", "GBR"),
    ("Berg", "Liv", "NOR"),
    ("Rossi", "Elena", "ITA"),
    ("Lind", "Åsa", "SWE"),
)
BIBS: Final = [str(201 + index) for index in range(len(RUNNERS))]


def record(code: str, mark_us: int, holder: str, nation: str, **more: Any) -> Record:
    return Record(
        code=code,
        sex="W",
        distance_m=100,
        discipline="hurdles",
        surface="track",
        mark_us=Duration(mark_us),
        unit_us=Duration(10_000),
        source="Statistics",
        confidence="H",
        date="2019-08-04",
        holder=holder,
        nation=nation,
        place="Northlake",
        **more,
    )


RECORDS: Final = (
    record("WR", 12_120_000, "SURNAME Given", "AAA"),
    record("CR", 12_660_000, "HÄGGLUND Britt", "SWE"),
    record("NR", 12_700_000, "DAHL Mia", "NOR", of="NOR"),
    record("NR", 12_850_000, "GARCÍA Luz", "ESP", of="ESP"),
)


def hurdles(small: Small) -> None:
    script = small.script
    rounds = (
        RoundSpec(name="semi-final", advance=Advance(places=2, times=2)),
        RoundSpec(name="final", scheduled_at=Instant(GUN + 20_000 * S)),
    )
    spec = replace(track(100, sex="W", discipline="hurdles", rounds=rounds), name="100 Metres Hurdles Women")
    script.event(EVENT, spec)
    for bib, (family, given, nation) in zip(BIBS, RUNNERS, strict=True):
        small.runner(
            EVENT, bib, f"{family}, {given}", nation, sex="W", pb_us=Duration(12_900_000), sb_us=Duration(13_000_000)
        )
    one, two = script.heats(BIBS[:9], BIBS[9:], event=EVENT, round="semi-final")
    script.gun(one, 15_000)
    script.finishes(one, *_read(BIBS[:7], 12.841, 12.899, 12.9, 12.991, 13.013, 13.017, 13.4), wind_mm_per_s=-1_310)
    script.finishes(one, (BIBS[7], None, {"status": "DQ", "rule": "TR22.6"}), (BIBS[8], None, {"status": "DNF"}))
    script.gun(two, 15_600)
    script.finishes(two, *_read(BIBS[9:16], 12.7, 12.85, 12.987, 13.1, 13.1, 13.2, 13.8))
    script.finishes(two, (BIBS[16], None, {"status": "DNS"}), (BIBS[17], 14.9))
    _ruled(small, one, two)
    _final(small)
    small.announce(EVENT, "official")


def _read(bibs: list[str], *seconds: float) -> list[tuple[str, float, dict[str, Any]]]:
    react = {"reaction_us": Duration(140_000)}
    return [(bib, time, react) for bib, time in zip(bibs, seconds, strict=True)]


def _ruled(small: Small, one: str, two: str) -> None:
    script = small.script
    script.rule(BIBS[4], "card", heat=one, card="YC", rule="TR7.1")
    script.rule(BIBS[5], "lane", heat=one, rule="TR17.3.1")
    script.rule(BIBS[15], "card", heat=two, card="RC", rule="TR7.1")
    script.rule(BIBS[17], "card", heat=two, card="YC", rule="TR7.1")
    script.rule(BIBS[17], "card", heat=two, card="YC", rule="TR7.1")
    script.rule(BIBS[8], "advance", heat=one, how="referee", rule="TR17.1")
    script.rule(BIBS[6], "advance", heat=one, how="jury")
    script.rule(BIBS[14], "advance", heat=two, how="draw")
    letters = dict(zip(_advanced(), ("Q", "Q", "Q", "Q", "q", "q", "qR", "qJ", "qD"), strict=True))
    fixed = tuple(Qualifier(registration=RegistrationId(f"{EVENT}/{bib}"), how=how) for bib, how in letters.items())
    script.record(QualifiersFixed(event=EventId(EVENT), round="semi-final", qualifiers=fixed))


def _advanced() -> list[str]:
    return [BIBS[0], BIBS[1], BIBS[9], BIBS[10], BIBS[2], BIBS[11], BIBS[8], BIBS[6], BIBS[14]]


def _final(small: Small) -> None:
    """Nine lanes: a record, one that is equalled, two that the picture does not separate, and all statuses."""
    script, bibs = small.script, _advanced()
    (final,) = script.heats(bibs, event=EVENT, round="final")
    script.record(WeatherRead(heat=final, temperature_c=18, humidity_percent=55))
    script.gun(final, 20_000)
    script.finishes(final, *_read(bibs[:6], 12.646, 12.7, 12.799, 12.8, 12.8, 13.0), wind_mm_per_s=1_940)
    script.finishes(
        final,
        (bibs[6], None, {"status": "DNF"}),
        (bibs[7], None, {"status": "DQ", "rule": "TR16.8", "reaction_us": Duration(71_000)}),
        (bibs[8], None, {"status": "DNS"}),
    )
