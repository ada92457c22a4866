"""Facts with optional fields, all of them given. Not a log: for the codec alone."""

from typing import Final

from app.domain.design import Design, Official
from app.domain.facts import (
    AthleteDescribed,
    Charged,
    ChipAssigned,
    DesignChosen,
    EventDescribed,
    Fact,
    FalseStart,
    FinishesRead,
    HeatDrawn,
    HeatRerun,
    MeetDescribed,
    ReadConflict,
    Reading,
    RecordsListed,
    Registered,
    RosterImported,
    RoundDrawn,
    Ruling,
    SourceDescribed,
    Starter,
)
from app.domain.ids import Bib, Chip, FalseStartId, ImportId, RulingId, TextId
from app.domain.meet import Advance, Ages, Category, EventSpec, MeetSpec, RoundSpec, TimingPoint
from app.domain.records import Record, RecordList, Takes
from app.domain.units import Duration, Instant
from tests.domain.log import ANNA, ANNA_DASH, BEA_DASH, DASH, GUN, HEAT_1, MAT, TAG

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
