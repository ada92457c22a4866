"""What stands around the rows of a sheet: its head, records, legend, signatures, and when it was issued."""

import pytest

from app.domain.facts import WeatherRead
from app.domain.ids import HeatId
from app.sheets.sheet import Signature
from tests.sheets.meets import road_race, track_championship
from tests.sheets.one_sheet import HEAT, sheet, tied


def test_the_head_says_meet_place_dates_event_round_and_heat_r49() -> None:
    assert (HEAT.meet, HEAT.where_when) == (
        "Northlake Open Championships",
        "Northlake Stadium, Northlake, NOR · 15–17 January 2027",
    )
    assert (HEAT.title, HEAT.subject) == ("RESULTS", "100 Metres Men – Round 1 – Heat 1 of 2")


def test_the_head_says_who_goes_on_in_words_and_start_and_wind_r49() -> None:
    assert HEAT.lines == (
        "First 2 in each heat (Q) and the next 2 fastest (q) advance to: Final",
        "Start: Fri 15 JAN 2027, 09:00 (UTC+1) · Wind: +0.7 m/s (10 s)",
    )


@pytest.mark.parametrize(
    ("read", "said"),
    [
        ({"temperature_c": 21, "humidity_percent": 48}, "Temp 21 °C · Hum 48 %"),
        ({"temperature_c": -3}, "Temp -3 °C"),
        ({"humidity_percent": 0}, "Hum 0 %"),
    ],
)
def test_the_head_says_how_warm_and_how_damp_it_was_r49(read: dict[str, int], said: str) -> None:
    for small, heat, event in (
        (track_championship(), "w1500/final/1", "w1500"),
        (road_race(), "10k/final/1", "10k"),
    ):
        small.script.record(WeatherRead(heat=HeatId(heat), **read))
        for made in (small.sheet("heat", heat, "results"), small.sheet("event", event, "results")):
            assert f" (UTC+1) · {said}" in " | ".join(made.lines)
        heading = small.sheet("heat", heat, "results").heading
        assert (heading["temperature_c"], heading["humidity_percent"]) == (
            read.get("temperature_c"),
            read.get("humidity_percent"),
        )


def test_the_wind_says_how_long_it_is_measured_by_the_rules_r15() -> None:
    assert tied().lines[-1].endswith("Wind: +0.3 m/s (10 s)")
    row = {"longest_m": 200, "start": "gun", "seconds": 12}
    assert tied(wind={"measured": [row]}).lines[-1].endswith("Wind: +0.3 m/s (12 s)")
    assert tied(wind={"measured": []}).lines[-1].endswith("Wind: +0.3 m/s")


def test_the_block_has_the_records_from_before_r50() -> None:
    assert HEAT.records is not None
    assert HEAT.records.rows[0].cells == ("CR", "10.21", "FELDMANN Ivo", "GRN", "Northlake", "15 JUN 2024")


def test_the_legend_has_only_the_codes_used_r54() -> None:
    codes = [code for code, _ in HEAT.legend]
    assert codes == ["DNF", "DNS", "DQ", "Q", "q", "PB", "SB", "CR", "=", "(.)", "TR16.8"]
    final = sheet("track", "heat", "m100/final/1", "results")
    assert [code for code, _ in final.legend] == ["w", "(.)"]


def test_the_rule_behind_dq_is_told_in_the_language_of_the_sheet_r54() -> None:
    german = sheet("track", "heat", "m100/round-1/1", "results", "de")
    assert dict(german.legend)["TR16.8"] == "Fehlstart"


def test_signatures_fit_how_it_was_timed_r55() -> None:
    assert [one.role for one in HEAT.signatures] == ["Referee", "Chief photo finish judge", "Competition secretary"]
    assert sheet("retro", "heat", "b100/final/1", "results").signatures[1] == Signature("Chief timekeeper")


def test_who_signs_is_named_where_somebody_said_it_r49() -> None:
    assert [one.name for one in HEAT.signatures] == ["Anna Gruber", "Łukasz Świątek", ""]
    assert sheet("track", "heat", "m100/round-1/1", "call-room").signatures == (
        Signature("Call room judge", "李 小龙"),
    )
    german = sheet("track", "heat", "m100/round-1/1", "results", "de")
    assert german.signatures[0] == Signature("Schiedsrichter", "Anna Gruber")


def test_the_end_of_the_last_runner_is_when_unannounced_results_are_issued() -> None:
    small = road_race()
    small.script.rule("101", "note", heat="10k/final/1")
    small.script.read("finish", "204", 4_000)
    assert small.sheet("event", "10k", "results").issued == "Issued at 11:48, Fri 15 JAN 2027"
