"""Every race of `tests/races`, and every example of the guide, is answered as an official expects."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli.script.game import Ground, scratch
from app.cli.script.grammar import parse
from app.cli.script.keywords import FORMS, REFUSED
from app.cli.script.play import check

ROOT = Path(__file__).resolve().parent.parent.parent
RACES = sorted((ROOT / "tests" / "races").glob("*.race"))
GUIDE = (ROOT / "docs/guide/race-scripts.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```race\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    with scratch() as ground:
        yield ground


@pytest.mark.parametrize("race", RACES, ids=[race.stem for race in RACES])
def test_the_race_ends_as_its_script_says(ground: Ground, race: Path) -> None:
    found = check(ground, str(race.relative_to(ROOT)), race.read_text(encoding="utf-8"))
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_the_examples_of_the_guide_hold(ground: Ground, example: str) -> None:
    assert check(ground, "guide", example) == []


def test_there_are_enough_races_and_examples() -> None:
    assert len(RACES) >= 40
    assert len(EXAMPLES) >= 3


@pytest.mark.parametrize("race", RACES, ids=[race.stem for race in RACES])
def test_every_race_says_what_is_at_stake_and_is_short(race: Path) -> None:
    lines = race.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert len(lines) <= 40


def test_every_form_of_a_statement_is_played_in_some_race() -> None:
    forms = (*FORMS, REFUSED)
    scripts = [parse(race.stem, race.read_text(encoding="utf-8"), forms) for race in RACES]
    assert set(forms) == {said.form for script in scripts for said in script.statements}
