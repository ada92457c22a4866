"""A small meet as a log: what the tests of the fold start from, and one fact of every kind."""

from collections.abc import Iterable
from typing import Final

from app.domain.design import Design
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
from app.domain.meet import Ages, EventSpec, MeetSpec
from app.domain.records import RecordList
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
