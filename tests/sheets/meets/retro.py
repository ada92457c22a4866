"""A championship backwards."""

from dataclasses import replace

from app.domain.units import Instant, parse_instant
from tests.sheets.meets.small import S, Small, describe
from tests.timing.builders import Script, track


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
    return small
