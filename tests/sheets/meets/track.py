"""A championship on the track."""

from dataclasses import replace
from typing import Any, Final

from app.domain.facts import AthleteDescribed, LegsNamed, Qualifier, QualifiersFixed, RecordsListed
from app.domain.ids import AthleteId, EventId, HeatId, RegistrationId
from app.domain.meet import Advance, Person, RoundSpec
from app.domain.records import Record, RecordList
from app.domain.units import Duration, Instant, parse_instant
from tests.sheets.meets.hurdles import RECORDS as OVER_HURDLES
from tests.sheets.meets.hurdles import hurdles
from tests.sheets.meets.small import S, Small, describe
from tests.timing.builders import GUN, Script, points, track

HEATS_OF_100: Final = (
    (("31", 10.2071, 0.141), ("7", 10.2129, 0.152), ("12", 10.2178, 0.149), ("44", 10.396, 0.138)),
    (("51", 10.2450, 0.150), ("52", 10.2450, 0.131), ("53", 10.611, 0.162), ("54", 10.71, 0.158)),
)


def track_championship() -> Small:
    script = Script(recorded_at=Instant(int(parse_instant("2027-01-15T18:17:00+01:00"))))
    small = Small(
        script, officials={"referee": "Anna Gruber", "photo_finish": "Łukasz Świątek", "call_room": "李 小龙"}
    )
    describe(
        script,
        name="Northlake Open Championships",
        timezone="Europe/Oslo",
        starts_on="2027-01-15",
        ends_on="2027-01-17",
        venue="Northlake Stadium",
        city="Northlake",
        country="NOR",
        lanes=9,
    )
    script.record(RecordsListed(lists=(RECORDS,)))
    _sprint(small)
    _distance(small)
    _relay(small)
    hurdles(small)
    return small


RECORDS: Final = RecordList(
    name="of-the-meet",
    title="Records",
    source="Statistics",
    as_of="2026-01-01",
    records=(
        Record(
            code="CR",
            sex="M",
            distance_m=100,
            surface="track",
            mark_us=Duration(10_210_000),
            unit_us=Duration(10_000),
            source="Statistics",
            confidence="H",
            date="2024-06-15",
            holder="FELDMANN Ivo",
            nation="GRN",
            place="Northlake",
        ),
        *OVER_HURDLES,
    ),
)


def _sprint(small: Small) -> None:
    script = small.script
    rounds = (
        RoundSpec(name="round-1", advance=Advance(places=2, times=2)),
        RoundSpec(name="final", scheduled_at=Instant(GUN + 7_200 * S)),
    )
    script.event("m100", replace(track(100, sex="M", rounds=rounds), name="100 Metres Men"))
    field_of_100: dict[str, tuple[str, str, dict[str, Any]]] = {
        "31": ("Holm, Rune", "NOR", {"pb_us": Duration(10_050_000), "sb_us": Duration(10_210_000)}),
        "7": ("Adeyo, Samuel", "KEN", {"pb_us": Duration(10_230_000)}),
        "12": ("Brandt-Wasserfallen-Zurbriggen, Luca Maximilian", "SUI", {"pb_us": Duration(10_110_000)}),
        "44": ("Ono, Daichi", "JPN", {"sb_us": Duration(10_420_000), "pb_us": Duration(10_300_000)}),
        "19": ("Ramos, Iván", "ESP", {}),
        "25": ("Lind, Erik", "SWE", {}),
        "40": ("李, 小龙", "CHN", {}),
        "51": ("Novák, Petr", "CZE", {}),
        "52": ("Łukasz, Wiśniewski", "POL", {}),
        "53": ("عبد الله, محمد", "KSA", {}),
        "54": ("Young, Sam", "GBR", {"birth_date": "2011-03-04", "age": 15}),
        "55": ("Gast, Otto", "GER", {"role": "guest"}),
    }
    for bib, (name, nation, given) in field_of_100.items():
        small.runner("m100", bib, name, nation, **given)
    one, two = script.heats(
        ("31", "7", "12", "44", "19", "25", "40"), ("51", "52", "53", "54", "55"), event="m100", round="round-1"
    )
    for heat, found, wind in ((one, HEATS_OF_100[0], 700), (two, HEATS_OF_100[1], -180)):
        script.gun(heat, 0 if heat == one else 600)
        read = [(bib, seconds, {"reaction_us": Duration(round(react * S))}) for bib, seconds, react in found]
        script.finishes(heat, *read, wind_mm_per_s=wind)
    script.finishes(two, ("55", 10.9))
    script.finishes(
        one,
        ("19", None, {"status": "DNF"}),
        ("25", None, {"status": "DQ", "rule": "TR16.8", "reaction_us": Duration(82_000)}),
        ("40", None, {"status": "DNS"}),
    )
    _qualified(script)
    (final,) = script.heats(("7", "31", "51", "52", "12", "44"), event="m100", round="final")
    script.gun(final, 7_200)
    order = (("31", 10.1981), ("7", 10.2032), ("51", 10.2032), ("52", 10.30), ("12", 10.31), ("44", 10.32))
    script.finishes(final, *order, wind_mm_per_s=2_140)
    small.announce("m100")


def _qualified(script: Script) -> None:
    letters = {"31": "Q", "7": "Q", "51": "Q", "52": "Q", "12": "q", "44": "q"}
    fixed = tuple(Qualifier(registration=RegistrationId(f"m100/{bib}"), how=how) for bib, how in letters.items())
    script.record(QualifiersFixed(event=EventId("m100"), round="round-1", qualifiers=fixed))


def _distance(small: Small) -> None:
    """1500 m by photo finish, laps by chip at the line."""
    script = small.script
    laps = points(("300 m", 300, "line"), ("700 m", 700, "line"), ("1100 m", 1_100, "line"), ("finish", 1_500, "line"))
    spec = replace(track(1_500, sex="W"), name="1500 Metres Women", points=laps)
    script.event("w1500", spec)
    for bib, name, nation in (("21", "Varen, Ida", "NOR"), ("8", "Kamau, Grace", "KEN"), ("42", "Rossi, Elena", "ITA")):
        small.runner("w1500", bib, name, nation, sex="W")
    (heat,) = script.heats(("21", "8", "42"), event="w1500")
    script.gun(heat, 10_000)
    for bib, times in {"8": (50.1, 120.4, 190.2), "21": (50.4, 120.9, 190.1), "42": (51.0, 123.0)}.items():
        for seconds in times:
            script.read("line", bib, 10_000 + seconds)
    script.finishes(heat, ("21", 255.121), ("8", 255.128), ("42", None, {"status": "DNF"}))


def _relay(small: Small) -> None:
    script = small.script
    script.event("w4x100", replace(track(100, sex="W", relay_legs=4), name="4x100 Metres Relay Women"))
    for number, (team, nation) in enumerate((("Norway", "NOR"), ("Spain", "ESP")), 101):
        small.runner("w4x100", str(number), team, nation, sex="W", team=team)
    (heat,) = script.heats(("101", "102"), event="w4x100")
    for n, name in enumerate(("Berg, Liv", "Varen, Ida", "Dahl, Mia", "Moe, Eva")):
        family, _, given = name.partition(",")
        script.record(AthleteDescribed(athlete=AthleteId(f"leg{n}"), sex="W"))
        small.people[AthleteId(f"leg{n}")] = Person(family_name=family, given_name=given.strip(), nation="NOR")
    script.record(
        LegsNamed(
            heat=HeatId(heat),
            registration=RegistrationId("w4x100/101"),
            athletes=tuple(AthleteId(f"leg{n}") for n in range(4)),
        )
    )
    script.gun(heat, 12_000)
    script.finishes(heat, ("101", 42.893), ("102", None, {"status": "DQ", "rule": "TR24.7"}))
