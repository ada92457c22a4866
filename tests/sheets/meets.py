"""Three small meets: a championship on the track, one backwards, and a road race; with every status and many notes."""

from dataclasses import dataclass, field, replace
from typing import Any, Final

from app.domain.facts import (
    AthleteDescribed,
    LegsNamed,
    MeetDescribed,
    Published,
    Qualifier,
    QualifiersFixed,
    RecordsListed,
)
from app.domain.ids import AthleteId, EventId, HeatId, MeetId, PublicationId, RegistrationId, TextId
from app.domain.meet import Advance, Category, MeetSpec, Person, RoundSpec
from app.domain.records import Record, RecordList
from app.domain.units import Duration, Instant, parse_instant
from app.operations.announced import content_of
from app.operations.publish import digest
from app.sheets.documents.events import EVENTS
from app.sheets.documents.heats import HEATS
from app.sheets.documents.meets import MEETS
from app.sheets.documents.printed import Printed
from app.sheets.sheet import Sheet
from app.sheets.words import words
from app.timing.projection import Projection
from app.views.audience import Audience
from tests.timing.builders import GUN, Script, points, road, track

MEET: Final = MeetId("meet_1")
S: Final = 1_000_000


@dataclass
class Small:
    """A meet as a log, and its people."""

    script: Script
    people: dict[AthleteId, Person] = field(default_factory=dict)
    texts: dict[TextId, str] = field(default_factory=dict)

    def runner(self, event: str, bib: str, name: str, nation: str | None = None, **given: Any) -> None:
        """`name` as it is printed: family names, then `,` and given ones."""
        family, _, given_name = name.partition(",")
        person = {key: given.pop(key) for key in ("club", "birth_date", "publish_name") if key in given}
        self.script.runner(bib, event, **given)
        id = AthleteId(given.get("athlete", f"a{bib}"))
        self.people[id] = Person(family_name=family, given_name=given_name.strip(), nation=nation, **person)

    def announce(
        self, event: str, status: Any = "official", note: str | None = None, protest_us: Duration | None = None
    ) -> None:
        projection = self.script.project()
        content = content_of(projection, EventId(event), self.people)
        before = projection.state.events[EventId(event)].publications
        text = TextId(f"txt_{len(self.texts)}") if note else None
        if text and note:
            self.texts[text] = note
        self.script.record(
            Published(
                publication=PublicationId(f"pub_{event}_{len(before) + 1}"),
                event=EventId(event),
                version=len(before) + 1,
                status=status,
                at_seq=projection.head,
                content=content,
                digest=digest(
                    f"{event} {len(before) + 1}"
                ),  # not of the content: what is announced may come to hold more
                engine="test",
                note=text,
                protest_us=protest_us,
            )
        )

    def sheets(
        self, noun: str, id: str, name: str, language: str = "en", audience: Audience = "organizer"
    ) -> tuple[Sheet, ...]:
        now = self.script.project()
        return sheets_of(now, self, noun, id, name, language, audience)

    def sheet(self, noun: str, id: str, name: str, language: str = "en", audience: Audience = "organizer") -> Sheet:
        (made,) = self.sheets(noun, id, name, language, audience)
        return made


def sheets_of(
    now: Projection, small: Small, noun: str, id: str, name: str, language: str, audience: Audience
) -> tuple[Sheet, ...]:
    makers: Any = {"heat": HEATS, "event": EVENTS, "meet": MEETS}[noun]
    of = Printed(audience, now.state, small.people, now.head, words(language), small.texts)
    return tuple(makers[name].make(of, id, makers[name].take(now, id)))


def _meet(script: Script, **spec: Any) -> None:
    script.record(MeetDescribed(spec=MeetSpec(**spec)))


# ── the track ────────────────────────────────────────────────────────────────────────────────────────────────────────

HEATS_OF_100: Final = (
    (("31", 10.2071, 0.141), ("7", 10.2129, 0.152), ("12", 10.2178, 0.149), ("44", 10.396, 0.138)),
    (("51", 10.2450, 0.150), ("52", 10.2450, 0.131), ("53", 10.611, 0.162), ("54", 10.71, 0.158)),
)


def track_championship() -> Small:
    script = Script(recorded_at=Instant(int(parse_instant("2027-01-15T18:17:00+01:00"))))
    small = Small(script)
    _meet(
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


# ── backwards ────────────────────────────────────────────────────────────────────────────────────────────────────────


def retro_championship() -> Small:
    """Hand times, a revised result, and a heat that has not started."""
    script = Script(recorded_at=Instant(int(parse_instant("2027-01-15T11:00:00+01:00"))))
    small = Small(script)
    _meet(
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


# ── the road ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def road_race() -> Small:
    script = Script(recorded_at=Instant(int(parse_instant("2027-01-15T08:00:00+01:00"))))
    small = Small(script)
    _meet(
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


MAKERS: Final = {"track": track_championship, "retro": retro_championship, "road": road_race}
