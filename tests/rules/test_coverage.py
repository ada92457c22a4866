"""What the documentation says of each rule is about files that there are."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/rules.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| R")]
BUILT = ("yes", "for officials", "rule", "partly")
STATES = (*BUILT, "not yet", "no")


def files(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_every_rule_has_one_row() -> None:
    assert [number for number, *_ in ROWS] == [f"R{number}" for number in range(1, 110)]


def test_every_file_that_is_named_exists() -> None:
    named = {file for _, _, _, where, tested in ROWS for file in files(where) + files(tested)}
    assert [file for file in sorted(named) if not (ROOT / file).is_file()] == []


def test_what_is_built_has_a_place_and_a_test_and_nothing_else_has() -> None:
    for number, _, built, where, tested in ROWS:
        state, _, why = built.partition(":")
        assert state in STATES, number
        assert bool(why) or state in ("yes", "for officials", "not yet"), f"{number} says nothing of what is missing"
        assert (bool(files(where)), bool(files(tested))) == (state in BUILT, state in BUILT), number


def test_rules_are_in_the_program_and_their_tests_among_the_tests() -> None:
    for number, _, _, where, tested in ROWS:
        assert all(file.startswith("app/") for file in files(where)), number
        assert all(file.startswith("tests/") for file in files(tested)), number
