"""What tables must hold together: each way to break them is refused, and the refusal says what to do."""

from typing import Any

import pytest

from app.domain.refusals import Invalid
from app.rules.ruleset import Ruleset, merged
from app.rules.shipped import value_of
from app.rules.sound import CHECKS, check
from tests.rules.broken_tables import BROKEN, PLAIN

CODES = {
    "blocks_differ", "break_differs", "does_not_add_up", "lanes_differ", "listed_twice", "no_last_row", "no_name",
    "not_a_name", "out_of_range", "overlapping_categories", "unknown_scoring_table", "unknown_unit", "unordered",
}  # fmt: skip


def refusal(change: dict[str, Any]) -> Invalid:
    changed = value_of(merged(PLAIN, change), Ruleset)
    with pytest.raises(Invalid) as refused:
        check(changed)
    return refused.value


@pytest.mark.parametrize(("change", "pointer", "said"), [one[1:] for one in BROKEN], ids=[one[0] for one in BROKEN])
def test_tables_that_do_not_hold_together_are_refused(change: dict[str, Any], pointer: str, said: str) -> None:
    refused = refusal(change)
    assert refused.pointer == pointer
    assert said in refused.message


def test_codes_are_these_and_no_others() -> None:
    assert {refusal(change).code for _, change, *_ in BROKEN} == CODES


@pytest.mark.parametrize("name", [one.__name__ for one in CHECKS])
def test_every_check_is_needed_by_one_of_these_cases(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.rules.sound.CHECKS", [one for one in CHECKS if one.__name__ != name])
    assert any(not refuses(change) for _, change, _, _ in BROKEN)


def refuses(change: dict[str, Any]) -> bool:
    try:
        check(value_of(merged(PLAIN, change), Ruleset))
    except Invalid:
        return True
    return False


def test_a_wind_row_of_one_discipline_may_be_shorter_than_one_of_another() -> None:
    rows = [
        {"longest_m": 200, "start": "gun", "seconds": 10},
        {"longest_m": 110, "start": "gun", "seconds": 13, "discipline": "hurdles"},
    ]
    check(value_of(merged(PLAIN, {"wind": {"measured": rows}}), Ruleset))


def test_an_age_group_may_have_a_name_of_two_hundred_signs() -> None:
    check(value_of(merged(PLAIN, {"categories": {"groups": [{"name": 200 * "A"}]}}), Ruleset))
