"""Places that several share have `=` before them on paper, in every document (R44); programs read numbers."""

from dataclasses import replace

import pytest

from app.domain.meet import Category
from app.sheets import FORMATS
from app.sheets.sheet import Table
from app.sheets.words import LANGUAGES
from tests.sheets.golden import sheets
from tests.sheets.meets import MEET, Small
from tests.timing.builders import Script, road


def column(table: Table, key: str) -> list[object]:
    index = [one.key for one in table.columns].index(key)
    return [row.cells[index] for row in table.rows]


def level(**rules: object) -> Small:
    """Two teams of three, side by side all the way."""
    small = Small(Script())
    groups = (Category(name="M40", sex="M", min_age=40, max_age=120),)
    small.script.event("e", replace(road(), categories=groups, rules=rules))
    for team, bibs in {"Bergen": ("1", "2", "3"), "Oslo": ("4", "5", "6")}.items():
        for bib in bibs:
            small.runner("e", bib, f"Runner{bib}", age=44, team=team)
    small.script.draw("e")
    small.script.gun("e/final/1")
    for bib in "123456":
        small.script.read("start", bib, 1)
        small.script.read("finish", bib, 1_800 + int(bib) % 3)
    return small


@pytest.mark.parametrize("document", ["medals", "placing"])
def test_nations_share_a_rank(document: str) -> None:
    (made,) = sheets("track", "meet", MEET, document)
    numbers, printed = column(made.tables[0], "rank"), column(made.tables[0].printed(), "rank")
    assert printed == [f"={rank}" if numbers.count(rank) > 1 else rank for rank in numbers]
    assert any(str(rank).startswith("=") for rank in printed)


def test_teams_share_a_place() -> None:
    made = level().sheet("event", "e", "teams").tables[0]
    assert (column(made, "place"), column(made.printed(), "place")) == ([1, 1], ["=1", "=1"])


def test_runners_share_awards() -> None:
    made = level().sheet("event", "e", "awards").tables[0]
    assert column(made, "place")[:2] == [1, 1]
    assert column(made.printed(), "place")[:2] == ["=1", "=1"]


@pytest.mark.parametrize("document", ["time-slips", "certificates"])
def test_what_runners_take_home_says_that_they_share(document: str) -> None:
    made = level().sheet("event", "e", document)
    shown = made.tables[0].printed()
    assert [column(shown, key)[0] for key in ("place", "place_sex", "place_category")] == ["=1", "=1", "=1"]
    for format in ("txt", "md", "html"):
        assert "=1" in FORMATS[format].render([made]).decode()


@pytest.mark.parametrize("document", ["teams", "awards", "time-slips", "certificates", "results"])
def test_a_meet_may_want_no_sign(document: str) -> None:
    made = level(order={"shared_places": "4"}).sheet("event", "e", document)
    assert not any(row.shared for table in made.tables for row in table.rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sign_is_the_same_in_every_language(language: str) -> None:
    (made,) = sheets("track", "meet", MEET, "medals", language)
    assert column(made.tables[0].printed(), "rank")[2:4] == ["=3", "=3"]
    assert FORMATS["txt"].render([made]).decode().count("=3") == 2
