"""Who withdraws or steps out: had there been a start, or not."""

from app.domain.facts import HeatRerun, RegistrationWithdrawn, StartRecalled
from app.domain.ids import HeatId, RegistrationId
from tests.timing.two_rounds import HEAT, line, meet, run


def test_r42_who_withdraws_before_the_gun_has_not_started() -> None:
    script = meet()
    script.rule("1", "withdrawn", HEAT)
    script.record(RegistrationWithdrawn(registration=RegistrationId("e/3")))
    script.gun(HEAT)
    script.rule("2", "withdrawn", HEAT)
    script.gun(HEAT, 1.0)
    found = {bib: line(script, bib) for bib in "123"}
    assert {bib: (one.status, one.state) for bib, one in found.items()} == {
        "1": ("DNS", "withdrawn"),
        "2": ("DNF", "withdrawn"),
        "3": ("DNS", "withdrawn"),
    }


def test_who_withdraws_after_a_start_that_was_recalled_has_not_started() -> None:
    script = meet()
    script.gun(HEAT)
    script.rule("1", "withdrawn", HEAT)
    script.record(StartRecalled(heat=HeatId(HEAT)))
    script.gun(HEAT, 60.0)
    assert line(script, "1").status == "DNS"


def test_who_withdrew_and_was_read_at_the_finish_had_started() -> None:
    script = meet()
    script.rule("1", "withdrawn", HEAT)
    run(script, HEAT)
    assert (line(script, "1").status, line(script, "1").elapsed_us) == ("DNF", None)


def test_who_stepped_out_before_some_ran_again_had_started() -> None:
    script = meet()
    run(script, HEAT)
    script.rule("2", "withdrawn", HEAT)
    script.rule("1", "card", HEAT, card="YC")
    script.record(HeatRerun(heat=HeatId(HEAT), only=(RegistrationId("e/3"),)))
    script.gun(HEAT, 900.0)
    assert line(script, "2").status == "DNF"
