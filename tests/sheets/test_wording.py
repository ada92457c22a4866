"""What sheets call runners and rounds: singular and plural, sexes and relays, who signs."""

from dataclasses import replace

import pytest

from app.domain.meet import Advance, Category, RoundSpec
from app.sheets import FORMATS
from app.sheets.words import LANGUAGES
from tests.sheets.golden import sheets
from tests.sheets.meets import Small
from tests.timing.builders import Script, road, track


@pytest.mark.parametrize("format", ["txt", "md"])
def test_a_french_colon_stands_apart_from_who_signs(format: str) -> None:
    (french,) = sheets("track", "heat", "m100/round-1/1", "results", "fr")
    text = FORMATS[format].render([french]).decode()
    assert "Juge-arbitre : Anna Gruber __" in text or "Juge-arbitre : Anna Gruber …" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_neither_man_nor_woman_is_no_mixed_relay(language: str) -> None:
    small = Small(Script())
    group = Category(name="SEN", sex="X", min_age=16, max_age=120)
    small.script.event("e", replace(road(), categories=(group,)))
    small.runner("e", "1", "Runner", sex="X", age=30)
    small.script.draw("e")
    small.script.gun("e/final/1")
    for place, seconds in (("start", 0), ("finish", 1_780.5)):
        small.script.read(place, "1", seconds)
    by_sex, awards = (small.sheet("event", "e", name, language) for name in ("results-by-sex", "awards"))
    assert [table.title for table in by_sex.tables] == ["X"]
    assert awards.tables[0].title == "X – SEN"


def test_a_relay_team_of_both_is_mixed() -> None:
    small = Small(Script())
    small.script.event("e", track(400, sex="X", relay_legs=4))
    small.runner("e", "1", "Team", sex="X")
    small.script.draw("e")
    assert [table.title for table in small.sheet("event", "e", "results-by-sex").tables] == ["Mixed"]


@pytest.mark.parametrize(
    ("places", "times", "said"),
    [
        (2, 1, "First 2 in each heat (Q) and the next fastest (q) advance to: Final"),
        (1, 2, "The first in each heat (Q) and the next 2 fastest (q) advance to: Final"),
        (1, 1, "The first in each heat (Q) and the next fastest (q) advance to: Final"),
        (1, 0, "The first in each heat (Q) advances to: Final"),
        (0, 1, "The fastest (q) advances to: Final"),
        (3, 0, "First 3 in each heat (Q) advance to: Final"),
        (0, 8, "The 8 fastest (q) advance to: Final"),
    ],
)
def test_who_goes_on_is_said_in_the_singular_where_it_is_one(places: int, times: int, said: str) -> None:
    small = Small(Script())
    rounds = (RoundSpec(name="heats", advance=Advance(places=places, times=times)), RoundSpec(name="final"))
    small.script.event("e", replace(track(100), rounds=rounds))
    small.runner("e", "1", "Runner")
    small.script.heats(("1",), event="e", round="heats")
    assert said in small.sheet("event", "e", "start-list").lines + small.sheet("event", "e", "summary").lines
