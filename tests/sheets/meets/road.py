"""A small road race: every status in ten lines."""

from dataclasses import replace

from app.domain.meet import Category
from app.domain.units import Duration, Instant, parse_instant
from tests.sheets.meets.small import S, Small, describe
from tests.timing.builders import Script, road


def road_race() -> Small:
    script = Script(recorded_at=Instant(int(parse_instant("2027-01-15T08:00:00+01:00"))))
    small = Small(script)
    describe(
        script,
        name="Harbour 10 km",
        timezone="Europe/Oslo",
        starts_on="2027-01-15",
        ends_on="2027-01-15",
        city="Bergen",
    )
    groups = tuple(
        Category(name=f"{sex}{name}", sex=sex, min_age=low, max_age=high)
        for sex in ("M", "W")
        for name, low, high in (("-SEN", 16, 39), ("40", 40, 120))
    )
    cut = Duration(5_400 * S)
    script.event("10k", replace(road(categories=groups, cut_off_us=cut), name="Harbour 10 km"))
    field_of_10k = (
        ("101", "Holm, Rune", "NOR", "M", 29, "Bergen Bakover", (1, 895, 1_781)),
        ("115", "Lindqvist, Per", "SWE", "M", 44, "IFK Lidingö", (2, 940, 1_862)),
        ("240", "Tanaka, Kei", "JPN", "M", 31, None, (4, 933, 1_862)),
        ("873", "Ortega, Marta", "ESP", "W", 27, "Bergen Bakover", (73, 1_210, 2_473)),
        ("874", "Nilsen, Åse", "NOR", "W", 52, None, (75, 1_400, 2_900)),
        ("204", "Bell, Tom", "GBR", "M", 51, None, (3, 1_335)),
        ("311", "Fischer, Uwe", "GER", "M", 38, None, ()),
        ("400", "Late, Lara", "GER", "W", 61, None, (90, 2_900, 5_500)),
        ("500", "Short, Cut", "GBR", "M", 30, None, (5, 1_000, 1_990)),
        ("600", "Visitor, Vic", "IRL", "M", 33, "Bergen Bakover", (6, 1_001, 2_000)),
    )
    for bib, name, nation, sex, age, club, _ in field_of_10k:
        small.runner(
            "10k", bib, name, nation, sex=sex, age=age, club=club, role="guest" if bib == "600" else "competitor"
        )
    script.draw("10k")
    script.gun("10k/final/1")
    for bib, *_, times in field_of_10k:
        for place, seconds in zip(("start", "5k", "finish"), times, strict=False):
            script.read(place, bib, seconds)
    script.read("finish", "nobody", 5_700)
    script.rule("500", "dq", heat="10k/final/1", rule="TR6.2")
    script.recorded_at = Instant(int(parse_instant("2027-01-15T11:48:00+01:00")))
    small.announce("10k", "provisional")
    return small
