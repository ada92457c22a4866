"""A small meet as a log: what the tests of the fold start from, and one fact of every kind."""

from collections.abc import Iterable
from typing import Final

from app.domain.design import Design, Official
from app.domain.facts import (
    AnomalyAccepted,
    AthleteDescribed,
    AthleteErased,
    Charged,
    ChipAssigned,
    ChipReleased,
    ConflictRuled,
    CrossingConfirmed,
    DesignChosen,
    EventDescribed,
    EventWithdrawn,
    Fact,
    FalseStart,
    FinishesRead,
    Handed,
    HeatClosed,
    HeatDrawn,
    HeatReopened,
    HeatRerun,
    HeatWithdrawn,
    LegsNamed,
    LineTimeDropped,
    LineTimeTaken,
    LotsDrawn,
    MeetClosed,
    MeetDescribed,
    MeetReopened,
    MeetWithdrawn,
    Published,
    Qualifier,
    QualifierReplaced,
    QualifiersFixed,
    ReadConflict,
    Reading,
    ReadRuledOut,
    Recorded,
    RecordsListed,
    Registered,
    RegistrationWithdrawn,
    RosterImported,
    RoundDrawn,
    Ruling,
    SourceDescribed,
    Starter,
    StartRecalled,
    StartSignal,
    TakeoversRead,
    Undone,
    WeatherRead,
)
from app.domain.fold import fold
from app.domain.ids import (
    ActorId,
    AnomalyId,
    AssignmentId,
    AthleteId,
    Bib,
    Chip,
    EventId,
    FalseStartId,
    HeatId,
    ImportId,
    PublicationId,
    RegistrationId,
    RulingId,
    SourceId,
    TextId,
    TimeId,
)
from app.domain.meet import Advance, Ages, Category, EventSpec, MeetSpec, RoundSpec, TimingPoint
from app.domain.records import Record, RecordList, Takes
from app.domain.state import MeetState
from app.domain.units import Duration, Instant

GUN: Final = Instant(1_777_813_200_000_000)

DASH, ROAD = EventId("evt_dash"), EventId("evt_road")
ANNA, BEA = AthleteId("ath_anna"), AthleteId("ath_bea")
HEAT_1, HEAT_2, FIELD = HeatId("heat_1"), HeatId("heat_2"), HeatId("heat_field")
ANNA_DASH, BEA_DASH, ANNA_ROAD = RegistrationId("reg_a"), RegistrationId("reg_b"), RegistrationId("reg_ar")
MAT, TAG = SourceId("src_mat"), AssignmentId("chip_a")

MEET = MeetSpec(name="Northlake Open", timezone="Europe/Oslo", starts_on="2026-06-12", ends_on="2026-06-14")
DASH_SPEC = EventSpec(name="100 m", distance_m=100, surface="track", sex="W", start="lanes", timing="photo_finish")
ROAD_SPEC = EventSpec(name="10 km", distance_m=10_000, surface="road", sex="X", start="mass", timing="transponder")


def entered(registration: RegistrationId, event: EventId, athlete: AthleteId, bib: str) -> Registered:
    return Registered(registration=registration, event=event, athlete=athlete, bib=Bib(bib))


def drawn(heat: HeatId, number: int, *starters: RegistrationId) -> HeatDrawn:
    lanes = enumerate(starters, 3)
    return HeatDrawn(heat=heat, number=number, starters=tuple(Starter(registration=r, lane=n) for n, r in lanes))


SETUP: Final[tuple[Fact, ...]] = (
    MeetDescribed(spec=MEET),
    EventDescribed(event=DASH, spec=DASH_SPEC),
    EventDescribed(event=ROAD, spec=ROAD_SPEC),
    AthleteDescribed(athlete=ANNA, sex="W", ages=Ages(race_day=30, year_end=31, first_day=30)),
    AthleteDescribed(athlete=BEA, sex="W"),
    entered(ANNA_DASH, DASH, ANNA, "7"),
    entered(BEA_DASH, DASH, BEA, "8"),
    entered(ANNA_ROAD, ROAD, ANNA, "7"),
    ChipAssigned(assignment=TAG, chip=Chip("C7"), athlete=ANNA),
    SourceDescribed(source=MAT, name="mat", place="finish"),
    RoundDrawn(event=DASH, round="final", heats=(drawn(HEAT_1, 1, ANNA_DASH), drawn(HEAT_2, 2, BEA_DASH)), seed=7),
    RoundDrawn(event=ROAD, round="final", heats=(HeatDrawn(heat=FIELD, number=1, open=True),)),
)
READY: Final = len(SETUP)

RACE: Final[tuple[Fact, ...]] = (
    StartSignal(heat=HEAT_1, at=GUN, source="gun"),
    FinishesRead(
        heat=HEAT_1,
        method="photo_finish",
        readings=(Reading(registration=ANNA_DASH, elapsed_us=Duration(12_345_000), reaction_us=Duration(143_000)),),
        wind_mm_per_s=300,
    ),
    LineTimeTaken(time=TimeId("time_1"), heat=HEAT_1, at=Instant(GUN + 12_300_000), registration=ANNA_DASH),
    Ruling(
        ruling=RulingId("rul_1"), heat=HEAT_1, registration=ANNA_DASH, kind="dq", rule="TR17.3", reason=TextId("txt_1")
    ),
    ReadConflict(source=MAT, epoch="1", source_seq=4, first_seq=13, at=GUN, chip=Chip("C7")),
)
CONFLICT: Final = READY + len(RACE)

LATER: Final[tuple[Fact, ...]] = (
    MeetClosed(),
    MeetReopened(),
    MeetWithdrawn(),
    EventWithdrawn(event=ROAD),
    RecordsListed(lists=(RecordList(name="club", title="", source="", as_of="2026-01-01", records=()),)),
    DesignChosen(design=Design(colour="#0b3c5d", accent="#b4232a")),
    AthleteErased(athlete=ANNA),
    RegistrationWithdrawn(registration=BEA_DASH),
    ChipReleased(assignment=TAG),
    LegsNamed(heat=HEAT_1, registration=ANNA_DASH, athletes=(ANNA, BEA)),
    RosterImported(roster_import=ImportId("imp_1"), event=DASH, first_seq=CONFLICT + 1, columns=TextId("txt_1")),
    HeatWithdrawn(heat=HEAT_2),
    StartRecalled(heat=HEAT_1),
    FalseStart(false_start=FalseStartId("fst_1"), heat=HEAT_1, runners=(Charged(registration=ANNA_DASH),)),
    HeatClosed(heat=HEAT_1, at=Instant(GUN + 60_000_000)),
    HeatReopened(heat=HEAT_1),
    WeatherRead(heat=HEAT_1, temperature_c=21, humidity_percent=48),
    HeatRerun(heat=HEAT_1),
    LineTimeDropped(time=TimeId("time_1")),
    TakeoversRead(
        heat=HEAT_1, method="hand",
        takeovers=(Handed(registration=ANNA_DASH, leg=1, elapsed_us=Duration(11_500_000)),),
    ),
    CrossingConfirmed(
        heat=HEAT_1, registration=ANNA_DASH, at=Instant(GUN + 6_100_000), reason=TextId("txt_5")
    ),
    AnomalyAccepted(
        anomaly=AnomalyId("anom_1"), kind="impossible_speed", official=TextId("txt_6"), reason=TextId("txt_7"),
        event=DASH, heat=HEAT_1, registration=ANNA_DASH,
    ),
    ConflictRuled(conflict_seq=CONFLICT, take="offered", reason=TextId("txt_2")),
    ReadRuledOut(read_seq=13, reason=TextId("txt_8")),
    QualifiersFixed(event=DASH, round="final", qualifiers=(Qualifier(registration=ANNA_DASH, how="Q"),)),
    LotsDrawn(
        event=DASH, round="final", among=(ANNA_DASH, BEA_DASH), winners=(BEA_DASH,), seed=7, label="final time",
    ),
    QualifierReplaced(
        event=DASH, round="final", into="final", out=ANNA_DASH, why="withdrawn", by=BEA_DASH, how="q",
        reason=TextId("txt_1"),
    ),
    Published(
        publication=PublicationId("pub_1"), event=DASH, version=1, status="official", at_seq=14, content="{}",
        digest="44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", engine="0.1.0", note=TextId("txt_3"),
    ),
    Undone(target_seq=READY + 1, reason=TextId("txt_4")),
)  # fmt: skip
"""Each possible after SETUP and RACE."""

WITH_EVERY_FIELD: Final[tuple[Fact, ...]] = (
    MeetDescribed(
        spec=MeetSpec(
            name="Northlake Open", timezone="Europe/Oslo", starts_on="2026-06-12", ends_on="2026-06-14",
            venue="Northlake Stadium", city="Northlake", country="NOR", lanes=6, lap_m=333, bib_scope="event",
            rehearsal=True, visibility="public", rules={"order": {"shared_places": "4"}}, lanes_out=(1, 6),
        )
    ),
    EventDescribed(
        event=DASH,
        spec=EventSpec(
            name="Retro 800 m", distance_m=800, surface="track", sex="M", start="mass", timing="hand", code="R800",
            relay_legs=4, discipline="walk", direction="backward", ranking="net", ruleset="local",
            points=(TimingPoint(name="finish", distance_m=800, place="line", cut_off_us=Duration(800_000_000)),),
            categories=(Category(name="Master 1", sex="M", min_age=40, max_age=54, age_on="year_end"),),
            cut_off_us=Duration(900_000_000), min_lap_us=Duration(60_000_000),
            start_window_before_us=Duration(1_000_000), start_window_after_us=Duration(2_000_000),
            rounds=(
                RoundSpec(
                    name="heats", advance=Advance(places=3, times=2), heats=2, per_heat=8, source="byes",
                    scheduled_at=GUN,
                ),
            ),
            ruleset_version="2026.1", rules={"wind": {"measured": [], "legal_mm_per_s": 4_000}},
            lanes_out=(2,), legs_m=(100, 200, 200, 300),
        ),
    ),
    DesignChosen(
        design=Design(
            colour="#123456", accent="#654321", paper="Letter", meet_address="https://live.example.org/{meet_id}",
            event_address="https://live.example.org/{meet_id}/{event_id}", logo=TextId("txt_9"),
            officials=(Official(role="referee", name=TextId("txt_10")),),
        )
    ),
    RecordsListed(
        lists=(
            RecordList(
                name="club", title="Club", source="its secretary", as_of="2026-01-01",
                records=(
                    Record(
                        code="NR", of="NOR", sex="M", distance_m=400, surface="road", mark_us=Duration(189_800_000),
                        unit_us=Duration(100_000), source="results", confidence="H", date="2019-05", holder="Norway",
                        nation="NOR", place="Bergen", category="M35", relay_legs=4, discipline="walk",
                        direction="backward", field="mixed", method="hand", wind_mm_per_s=-300, note="no",
                    ),
                ),
                takes=Takes(photo_finish_to_m=0, hand=False, transponder_on_track=True, wind=False),
            ),
        ),
        words=TextId("txt_8"),
    ),
    AthleteDescribed(athlete=ANNA, sex="X", ages=Ages(race_day=34, year_end=35, first_day=33)),
    Registered(
        registration=ANNA_DASH, event=DASH, athlete=ANNA, bib=Bib("007"), role="pacer", category="Master 1", wave="A",
        team="GRN", seed_mark_us=Duration(12_340_000), pb_us=Duration(12_000_000), sb_us=Duration(12_200_000),
        hand=("seed_mark", "sb"),
    ),
    RosterImported(
        roster_import=ImportId("imp_1"), event=DASH, first_seq=6, updated=2, source="clubs",
        columns=TextId("txt_1"),
    ),
    ChipAssigned(assignment=TAG, chip=Chip("C7"), athlete=ANNA, since=GUN, until=Instant(GUN + 1)),
    RoundDrawn(
        event=DASH, round="heats", seed=2**63, lanes_out=(1,), rules=("R22", "R28"), ruleset="local",
        ruleset_version="2026.1",
        heats=(
            HeatDrawn(
                heat=HEAT_1, number=1, wave="A", open=True,
                starters=(Starter(registration=ANNA_DASH, lane=3, position=4, group="B"),),
            ),
        ),
    ),
    SourceDescribed(
        source=MAT, name="mat", place="finish", role="backup", protocol="native", timezone="Europe/Oslo",
        date_hint="2026-06-12", offset_us=Duration(-250), error_us=Duration(4_000),
    ),
    FinishesRead(
        heat=HEAT_1, method="hand", wind_mm_per_s=-1_200,
        readings=(
            Reading(
                registration=ANNA_DASH, elapsed_us=Duration(12_345_000), reaction_us=Duration(-5_000), status="OK",
                rule="TR16.8", place=1, watches_us=(Duration(12_300_000), Duration(12_400_000)),
            ),
        ),
        offset_us=Duration(4_000),
    ),
    FalseStart(
        false_start=FalseStartId("fst_1"), heat=HEAT_1, reason=TextId("txt_1"),
        runners=(Charged(registration=ANNA_DASH, reaction_us=Duration(-12_000)),),
    ),
    ReadConflict(
        source=MAT, epoch="1", source_seq=4, first_seq=13, at=GUN, chip=Chip("C7"), bib=Bib("7"), place="finish"
    ),
    HeatRerun(heat=HEAT_1, only=(ANNA_DASH, BEA_DASH), reason=TextId("txt_1")),
    Ruling(
        ruling=RulingId("rul_1"), heat=HEAT_1, registration=ANNA_DASH, kind="penalty", how="jury", rule="RR-1",
        reason=TextId("txt_1"), elapsed_us=Duration(5_000_000), card="YRC",
    ),
)  # fmt: skip
"""Facts with optional fields, all of them given. Not a log: for the codec alone."""

LOG: Final = (*SETUP, *RACE)
EVERY_KIND: Final = {type(fact): fact for fact in (*SETUP, *RACE, *LATER)}


def recorded(facts: Iterable[Fact], first: int = 1) -> list[Recorded]:
    """Facts in their places of a log, a second apart."""
    return [
        Recorded(seq, Instant(GUN + seq * 1_000_000), ActorId("tok_desk"), fact)
        for seq, fact in enumerate(facts, first)
    ]


def state_of(*facts: Fact) -> MeetState:
    return fold(MeetState(), recorded(facts))


def after(*facts: Fact) -> MeetState:
    """The meet after set-up, race and these."""
    return state_of(*LOG, *facts)
