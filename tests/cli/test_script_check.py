"""`backstraight check-script`: what it says of scripts that do not hold, and of files that are none."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli.commands import run
from app.cli.script.game import MEET, OFFICIAL, Ground, scratch
from app.cli.script.play import check
from app.cli.script.statements import Misread
from app.domain.units import Instant
from app.operations import meets, publish
from app.operations.access import HOME

RACE = """runner 4 · runner 7
gun 10:00:00
finish 7 17.4823
finish 4 17.4899
"""
FINISHED = "expected 7 DQ started, got 7 DQ started missing"
RIGHT = "= 1 7 17.49 (.483)   2 4 17.49 (.490)\n"


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    with scratch() as ground:
        yield ground


def misread(ground: Ground, text: str) -> str:
    with pytest.raises(Misread) as found:
        check(ground, "x.race", text)
    return str(found.value)


# ── the command ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_scripts_that_hold_end_with_0_and_say_nothing_on_stdout(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "final.race"
    file.write_text(RACE + RIGHT, encoding="utf-8")
    assert run(["check-script", str(file), str(file)]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "2 scripts, 0 of them differ" in said.err


def test_a_difference_ends_with_1_and_names_file_line_and_both_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong, right = tmp_path / "wrong.race", tmp_path / "right.race"
    wrong.write_text(RACE + "= 1 7 17.49 (.483)   2 4 17.50 (.490)\n", encoding="utf-8")
    right.write_text(RACE + RIGHT, encoding="utf-8")
    assert run(["check-script", str(wrong), str(right)]) == 1
    said = capsys.readouterr()
    assert said.out == f"{wrong}:5: place 2: expected 4 17.50 (.490), got 4 17.49 (.490)\n"
    assert "2 scripts, 1 of them differ" in said.err


def test_a_file_that_is_no_script_ends_with_2_and_says_what_is_allowed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.race"
    file.write_text("runner 4\n  gun 10 o'clock\n", encoding="utf-8")
    assert run(["check-script", str(file)]) == 2
    said = capsys.readouterr()
    assert f"{file}:2:7: '10' where a time of day, as 10:00:17.4823 is allowed (gun TIME [wave NAME])" in said.err


@pytest.mark.parametrize("content", [None, b"runner \xff\n"], ids=["not there", "not UTF-8"])
def test_a_file_that_cannot_be_read_ends_with_2(
    tmp_path: Path, content: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.race"
    if content is not None:
        file.write_bytes(content)
    assert run(["check-script", str(file)]) == 2
    assert str(file) in capsys.readouterr().err


def test_a_byte_order_mark_is_no_part_of_a_script(tmp_path: Path) -> None:
    file = tmp_path / "final.race"
    file.write_text(RACE + RIGHT, encoding="utf-8-sig")
    assert run(["check-script", str(file)]) == 0


# ── what is no script ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("shoot 10:00:00", "x.race:1:1: 'shoot' begins no statement: allowed are a distance, =, accept, advance"),
        ("gun", "x.race:1:4: the end where a time of day"),
        ("gun 10:00:61", "x.race:1:5: '10:00:61' where a time of day"),
        ("gun 10:00 in a hurry", "x.race:1:11: 'in' where the end of the statement or wave NAME is allowed"),
        ("runner 7 chip", "x.race:1:14: the end where the code of a chip"),
        ("100 m sideways", "x.race:1:7: 'sideways' where the end of the statement or forward or backward"),
        ("100 miles", "x.race:1:1: '100' where a distance, as 100 m or 10 km is allowed"),
        ("card 7 GREEN", "x.race:1:8: 'GREEN' where one of YC, YRC, RC is allowed"),
        ("runner 7 · advance 7 luck", "x.race:1:22: 'luck' where one of all, lots, referee, jury, draw is allowed"),
        ("chip C7 is", "x.race:1:11: the end where a bib"),
        ("round heats 2P+x", "x.race:1:13: '2P+x' where the end of the statement or heats NUMBER"),
        ("meet on 2026-02-30", "x.race:1:9: '2026-02-30' where a day, as 2026-05-03 is allowed"),
        ("wind strong", "x.race:1:6: 'strong' where metres per second, as +0.3 is allowed"),
        ("= first 7", "x.race:1:3: allowed here: a place, as 1, =2 or – for none"),
        ("= 1", "x.race:1:4: allowed here: a bib behind the place"),
        ("= 1 7 17.49 fast", "x.race:1:13: allowed here: a place and a bib, a mark"),
        ("= 1 7 ...\n= 2 8", "x.race:2:1: the sheet ended with ..."),
        ("standings\ngun 10:00", "x.race:1:1: standings is a head: = lines stand below it"),
        ("refused bib_taken", "x.race:1:1: refused stands behind a statement that must be refused"),
        ("= 1 7\nrefused bib_taken", "x.race:2:1: refused stands behind a statement that must be refused"),
    ],
)
def test_what_is_no_statement_is_pointed_at(ground: Ground, text: str, problem: str) -> None:
    assert misread(ground, text).startswith(problem)


# ── what differs ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("expected", "problem"),
    [
        ("= 1 4 17.49 (.490)   2 7 17.49 (.483)", "place 1: expected 4 17.49 (.490), got 7 17.49 (.483)"),
        ("= 1 7 17.49   2 4 17.49 (.490)", "place 1: expected 7 17.49, got 7 17.49 (.483)"),
        ("= =1 7 17.49 (.483)   =1 4 17.49 (.490)", "place 1: expected =1 7 17.49 (.483), got 1 7 17.49 (.483)"),
        ("= 1 7 17.49 (.483)", "expected nobody else, got 2 4 17.49 (.490)"),
        (RIGHT + "= 3 9 18.00", "place 3: expected 3 9 18.00, got nobody"),
        ("= 1 7 17.49 (.483) Q   ...", "place 1: expected 7 17.49 (.483) Q, got 7 17.49 (.483)"),
        ("= 1 7 17.49 (.483) provisional   ...", "got 7 17.49 (.483) provisional missing"),
        ("= – 7 DQ   ...", "bib 7: expected – 7 DQ, got 1 7 17.49 (.483)"),
        ("splits 7 finish 17.49", "expected finish 17.49, got none"),
        ("reads 7 are used", "expected used, got none"),
        ("because 7 R62", "expected R62 among the reasons, got: gun 10:00:00; reading"),
        ("drawn 7", "expected 7, got 4 7"),
        ("printed wind +0.1", "expected +0.1, got none"),
        ("passing 7 at finish 10:00:17", "expected bib 7 at finish, got no passing there"),
    ],
)
def test_a_difference_says_what_was_expected_and_what_came(ground: Ground, expected: str, problem: str) -> None:
    found = check(ground, "x.race", RACE + expected)
    assert found
    assert found[0].startswith("x.race:")
    assert found[0].endswith(problem)


def test_all_differences_of_a_sheet_are_told_each_at_its_line(ground: Ground) -> None:
    found = check(ground, "x.race", RACE + "= 1 7 17.48\n= 2 4 17.48\n")
    assert [line.split(": ")[0] for line in found] == ["x.race:5", "x.race:6"]


def test_flags_that_are_there_are_no_secret_where_none_is_expected(ground: Ground) -> None:
    (found,) = check(ground, "x.race", RACE + "time 7 17.00\n= 1 7 17.00 unflagged   2 4 17.49\n")
    assert found.endswith("got 7 17.00 flagged time_ruled NWI")


def test_a_passing_is_held_against_its_time_and_its_reads(ground: Ground) -> None:
    race = "10 km road\nrunners 7\ngun 10:00:00\nread 7 finish 10:40:00 10:40:01\n"
    assert check(ground, "x.race", race + "passing 7 at finish 10:40:00 reads 2") == []
    found = check(ground, "x.race", race + "passing 7 at finish 10:40:01 reads 1")
    assert [line.partition(": ")[2] for line in found] == ["expected 10:40:01, got 10:40:00", "expected 1 reads, got 2"]


def test_a_receipt_that_differs_is_told_count_by_count(ground: Ground) -> None:
    race = "10 km road\nrunners 7\ngun 10:00:00\nread 7 finish 10:40:00\nreceipt stored 2 unknown 0\n"
    assert check(ground, "x.race", race) == ["x.race:5: stored: expected 2, got 1"]


# ── refusals ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_refused_unexpectedly_ends_the_script(ground: Ground) -> None:
    found = check(ground, "x.race", "runner 7 · runner 7 name Other\n= 1 7 9.99\n")
    assert len(found) == 1
    assert found[0].startswith("x.race:1: 'runner 7 name Other' was refused: bib_taken: bib 7 is already taken")


def test_what_had_to_be_refused_and_was_done_ends_the_script(ground: Ground) -> None:
    found = check(ground, "x.race", "runner 7\nrunner 8\nrefused bib_taken\n= 1 7 9.99\n")
    assert found == ["x.race:3: 'runner 8' was done, not refused"]


@pytest.mark.parametrize("told", ["refused lane_twice", "refused bib_taken because somebody said so"])
def test_another_refusal_than_the_expected_one_is_a_difference(ground: Ground, told: str) -> None:
    (found,) = check(ground, "x.race", f"runner 7\nrunner 7 name Other\n{told}\n")
    assert found.startswith(f"x.race:3: expected refused {told.split()[1]}")
    assert "got bib_taken: bib 7 is already taken" in found


def test_a_set_up_that_is_refused_leaves_the_event_as_it_was(ground: Ground) -> None:
    script = "10 km road\npoint half at 20 km\nrefused point_off_course\nrunner 7\ngun 10:00\n"
    assert check(ground, "x.race", script + "read 7 finish 10:40:00\n= 1 7 40:00\n") == []


# ── the ground ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_scripts_know_nothing_of_each_other(ground: Ground) -> None:
    assert check(ground, "one.race", RACE + RIGHT) == []
    assert check(ground, "two.race", "runner 7 name Other\n= – 7 entered\n") == []


def test_an_event_below_another_one_is_run_beside_it(ground: Ground) -> None:
    assert check(ground, "x.race", f"{RACE}{RIGHT}200 m\nrunners 1 2\ngun 11:00\nfinish 1 25.00\n= 1 1 25.00 ...") == []


def test_a_time_is_of_the_day_and_the_zone_of_the_meet(ground: Ground) -> None:
    script = "meet on 2026-06-14 zone Europe/Oslo\n10 km road\nrunners 1\ngun 23:50:00\nread 1 finish 24:30:00\n"
    assert check(ground, "x.race", f"{script}= 1 1 40:00\nbecause 1 gun 23:50:00\n") == []
    assert check(ground, "x.race", f"{script}passing 1 at finish 24:30:00\n") == []


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("runner 7\nread 7 finish 10:00:17", "not_started"),
        ("again", "not_found"),
        ("runner 7\nmeet lanes 6", "meet_is_open"),
        ("meet zone Nowhere", "unknown_timezone"),
        ("runner 7\nheat 1\nundo heat 1", "not_found"),
        ("receipt stored 1", "not_found"),
        ("runner 7\ngun 10:00\nconflict first", "not_found"),
        ("runner 7\nundo dq 7", "not_found"),
        ("runner 7\nversion 1\n= 1 7 9.99", "not_found"),
        ("runner 7\nsplits 8 none", "not_found"),
        ("runner 7\nreads of nowhere are used", "not_found"),
        ("runner 7\nheat 2\ngun 10:00", "not_found"),
        ("runner 7\ngun 10:00 wave B", "not_found"),
        ("chip C7 back", "not_found"),
        ("runner 7\ngun 10:00\nline 10:00:09 is 7", "not_found"),
    ],
)
def test_what_speaks_of_something_that_is_not_there_is_refused(ground: Ground, script: str, code: str) -> None:
    (found,) = check(ground, "x.race", script)
    assert f"was refused: {code}: " in found


def test_a_version_that_does_not_hold_is_told(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """A publication always holds; here its verification says that it does not."""
    differs = [publish.Difference("standings", "7", "mark", "9.99", "10.00")]
    monkeypatch.setattr("app.cli.script.answers.verify", lambda *_, same_people: differs)
    found = check(ground, "x.race", RACE + "publish official\nholds\n")
    assert found == ["x.race:6: version 1: mark of 7 differs"]


def test_the_clock_of_a_script_never_goes_back(ground: Ground) -> None:
    race = "10 km road\nrunners 7\ngun 10:00:00\nread 7 finish 10:38:00 received 10:39:00\nclock 10:10\nclose\n"
    assert check(ground, "x.race", race + "reads 7 are used\n= 1 7 38:00\n") == []


def test_behind_dq_stands_a_rule_or_whatever_else_may_follow(ground: Ground) -> None:
    race = RACE + "dq 4 TR17.3 · dq 7\n"
    assert check(ground, "x.race", race + "= – 4 DQ TR17.3 – 7 DQ\n= ...\n") == []
    assert check(ground, "x.race", race + "= – 4 DQ – 7 DQ started\n") == ["x.race:6: bib 7: " + FINISHED]


def test_everything_is_recorded_by_the_clock_of_the_script(ground: Ground) -> None:
    ground.now = Instant(5)
    with ground.desk.open_new(HOME, OFFICIAL) as sheet:
        assert sheet.now == Instant(5)
        meet = meets.open_meet(sheet, MEET)
    ground.now = Instant(6)
    with ground.desk.open(meet, OFFICIAL) as sheet:
        assert sheet.now == Instant(6)
    with ground.live.view(meet) as view:
        assert [one.recorded_at for one in view.projection.state.log] == [Instant(5)]
