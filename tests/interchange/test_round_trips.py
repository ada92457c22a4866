"""Each format written and read back: the same places, marks and statuses, whatever anybody is called."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import given, settings

from app.domain.facts import Status
from app.domain.refusals import Invalid
from app.interchange import athleticlive, evt, gru, hytek, lif, opentrack, ppl, runsignup, sch, text
from app.interchange.files import EVENT, HEAT
from app.interchange.text import Encoding
from app.interchange.values import Athlete, Competition, Contest, Entry, Line, Race
from tests.interchange.samples import HOSTILE, competitions

Said = tuple[str, int | None, str | None, Status | None]
"""Bib, place, mark, status."""


def said_of(lines: tuple[Line, ...]) -> list[Said]:
    return [(line.athlete.bib, line.place, line.mark, line.status) for line in lines]


@pytest.mark.parametrize("name", ["'t Hooft", "=1+1", "-0.4", "", "'"])
def test_what_is_guarded_comes_back_and_no_other_apostrophe_goes(name: str) -> None:
    assert text.unguarded(text.guarded(name)) == name


def back_from_lif(data: bytes) -> list[Said]:
    return [
        (row.id, int(row.place) if row.place.isdigit() else None, row.time or None, lif.status_of(row))
        for row in lif.read(data).rows
    ]


def back_from_hytek(data: bytes) -> list[Said]:
    return [(one.athlete.bib, one.heat_place, one.mark, one.status) for one in hytek.read_results(data)]


def back_from_opentrack(data: bytes) -> list[Said]:
    return [said for race in opentrack.read(data).contests[0].races for said in said_of(race.lines)]


def back_from_athleticlive(data: bytes) -> list[Said]:
    return [(one.bib, one.place, one.time, one.status) for one in athleticlive.read_results(data)]


BACK: dict[str, Callable[[bytes], list[Said]]] = {
    "results.lif": back_from_lif,
    "results.hytek.csv": back_from_hytek,
    "results.opentrack.json": back_from_opentrack,
    "results.athleticlive.csv": back_from_athleticlive,
    "results.gru.csv": lambda data: said_of(tuple(gru.read(data))),
    "results.runsignup.csv": lambda data: said_of(tuple(runsignup.read(data))),
}
FILES = {**EVENT, **HEAT}


def test_every_file_with_results_is_read_back() -> None:
    assert set(BACK) == {name for name, file in FILES.items() if file.results}


@pytest.mark.parametrize("name", BACK)
@given(competition=competitions())
def test_places_marks_and_statuses_come_back(name: str, competition: Competition) -> None:
    lines = competition.contests[0].standings
    if name == "results.athleticlive.csv":
        lines = tuple(line for line in lines if line.status is not None)
    assert BACK[name](FILES[name].write(competition)) == said_of(lines)


@given(competition=competitions())
def test_what_was_measured_comes_back_from_a_lif_to_the_thousandth(competition: Competition) -> None:
    rows = lif.read(HEAT["results.lif"].write(competition)).rows
    assert lif.measured(rows) == [line.elapsed_us for line in competition.contests[0].standings]
    assert [row.lane for row in rows] == [line.lane for line in competition.contests[0].standings]


@given(competition=competitions())
def test_start_lists_and_people_come_back(competition: Competition) -> None:
    lines = competition.contests[0].standings
    (heat,) = evt.read(EVENT["lynx.evt"].write(competition))
    assert [(one.id, one.lane) for one in heat.starts] == [(line.athlete.bib, line.lane) for line in lines]
    assert sch.read(EVENT["lynx.sch"].write(competition)) == [(1, 1, 1)]
    people = [person for _, person in ppl.read(EVENT["lynx.ppl"].write(competition))]
    here = [entry.athlete.bib for entry in competition.contests[0].entries if not entry.withdrawn]
    assert [(one.id, one.gender) for one in people] == [(bib, "W") for bib in here]
    roster = athleticlive.read_roster(EVENT["roster.athleticlive.csv"].write(competition))
    assert [one.bib for _, one in roster] == [line.athlete.bib for line in lines]


@given(competition=competitions())
def test_entries_come_back_from_hytek_with_the_runners_of_teams(competition: Competition) -> None:
    (contest,) = competition.contests
    back = hytek.read_entries(EVENT["entries.hytek.csv"].write(competition))
    assert [(one.athlete.bib, one.seed_mark, one.status, one.relay) for one in back] == [
        (entry.athlete.bib, entry.seed_mark or "", "S" if entry.withdrawn else "", contest.relay_legs == 4)
        for entry in contest.entries
    ]
    assert [numbers(one.legs) for one in back] == [numbers(entry.legs) for entry in contest.entries]
    results = hytek.read_results(EVENT["results.hytek.csv"].write(competition))
    assert [(numbers(one.legs), one.exhibition) for one in results] == [
        (numbers(line.legs), line.guest) for line in contest.standings
    ]


def numbers(legs: tuple[Athlete, ...]) -> list[str]:
    return [one.bib for one in legs]


@given(competition=competitions())
def test_splits_come_back_from_a_lif(competition: Competition) -> None:
    rows = lif.read(HEAT["results.lif"].write(competition)).rows
    said = [re.findall(r"([0-9:.]+) \(([0-9:.]+)\)", row.splits) for row in rows]
    assert said == [[(one.mark, one.lap) for one in line.splits] for line in competition.contests[0].standings]


@pytest.mark.parametrize("name", [name for name, file in FILES.items() if file.windows])
@settings(max_examples=25)
@given(competition=competitions())
def test_windows_1252_says_the_same_of_everybody(name: str, competition: Competition) -> None:
    """Cell by cell, but for letters that it has not."""
    file = FILES[name]
    ours, theirs = (file.encoded(competition, encoding) for encoding in ("utf-8", "windows-1252"))
    plain, windows = ours.decode(), theirs.decode("cp1252")
    delimiter = ";" if "hytek" in name else ","
    assert [line.count(delimiter) for line in windows.split("\r\n")] == [
        line.count(delimiter) for line in plain.split("\r\n")
    ]
    if name in BACK:
        assert BACK[name](theirs) == BACK[name](ours)


def test_a_bib_that_windows_1252_has_not_is_refused() -> None:
    competition = replace(hostile("Ida"), contests=(with_bib(hostile("Ida").contests[0], "Ž1"),))
    assert "Ž1".encode("cp1252") in EVENT["lynx.evt"].encoded(competition, "windows-1252")
    competition = replace(competition, contests=(with_bib(competition.contests[0], "李1"),))
    assert EVENT["lynx.evt"].encoded(competition, "utf-8")
    with pytest.raises(Invalid, match="bib '李1'"):
        EVENT["lynx.evt"].encoded(competition, "windows-1252")


def with_bib(contest: Contest, bib: str) -> Contest:
    (race,) = contest.races
    lines = tuple(replace(line, athlete=replace(line.athlete, bib=bib)) for line in race.lines)
    return replace(contest, races=(replace(race, lines=lines),))


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Łukasz Đorđe", "Lukasz Dorde"),
        ("Müller-Lüdenscheidt", "Müller-Lüdenscheidt"),
        ("Nguyễn Thị Ẩm", "Nguyên Thi Âm"),
        ("e\u0301\u0302", "é"),
        ("\uff1b\u037e；＝1", "?;??1"),
        ("李小龙", "???"),
        ("≠", "?"),
    ],
)
def test_letters_that_windows_1252_has_not_lose_their_marks(name: str, written: str) -> None:
    assert text.recoded(text.clean(name).encode(), "windows-1252").decode("cp1252") == written


def hostile(name: str, *, relay: bool = False) -> Competition:
    """Two runners, or two teams of four, meet, event, club and category of that name."""
    athletes = [
        Athlete(bib=bib, family_name=name, given_name=name, sex="M", nation=name, club=name, team=name, category=name)
        for bib in ("7", "9")
    ]
    legs = tuple(athletes * 2) if relay else ()
    lines = tuple(Line(athlete=one, status="OK", place=1, rank=1, mark="10.02", lane=3, legs=legs) for one in athletes)
    race = Race(round=1, round_name=name, heat=1, lines=lines)
    entries = tuple(Entry(athlete=one, legs=legs) for one in athletes)
    contest = Contest(
        number=1,
        name=name,
        code=name,
        sex="M",
        distance_m=100,
        relay_legs=4 if relay else 1,
        rounds=(name,),
        races=(race,),
        entries=entries,
        standings=lines,
    )
    return Competition(
        name=name,
        starts_on="2026-06-06",
        ends_on="2026-06-06",
        venue=name,
        city=name,
        country=name,
        contests=(contest,),
    )


ROWS = dict.fromkeys(FILES, 2) | {"lynx.sch": 1, "events.athleticlive.csv": 1}
ABOVE = {"results.lif": 1, "lynx.evt": 1, "results.hytek.csv": 1} | {
    name: 1 for name in FILES if name.endswith((".gru.csv", ".runsignup.csv", ".athleticlive.csv"))
}


@pytest.mark.parametrize("relay", [False, True])
@pytest.mark.parametrize("name", [name for name in FILES if not name.endswith(".json")])
def test_no_name_breaks_a_row(name: str, relay: bool) -> None:
    """As many lines as there are runners, each with as many delimiters as if all had been called Ida."""
    assert len(HOSTILE) >= 200
    delimiter = ";" if "hytek" in name else ","
    plain = FILES[name].write(hostile("Ida", relay=relay)).decode()
    for called in HOSTILE:
        text = FILES[name].write(hostile(called, relay=relay)).decode()
        lines = text.splitlines()
        assert len(lines) == ROWS[name] + ABOVE.get(name, 0), called[:40]
        if name.startswith("lynx") or "hytek" in name or name.endswith("lif"):
            assert [line.count(delimiter) for line in lines] == [
                line.count(delimiter) for line in plain.splitlines()
            ], called[:40]
        assert text.replace("\r\n", "").replace("\n", "").isprintable() or "\u200d" in text, called[:40]


@pytest.mark.parametrize("relay", [False, True])
@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252"])
@pytest.mark.parametrize("name", [name for name in FILES if not name.endswith(".json")])
def test_no_cell_is_a_formula(name: str, encoding: Encoding, relay: bool) -> None:
    delimiter, lines_alone = ";" if "hytek" in name else ",", name.startswith("lynx") or "hytek" in name
    quoting: Literal[0, 3] = csv.QUOTE_NONE if lines_alone else csv.QUOTE_MINIMAL
    for called in HOSTILE:
        text = FILES[name].encoded(hostile(called, relay=relay), encoding).decode(encoding)
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting):
            risky = [cell for cell in cells if cell.startswith(("=", "@", "+", "-")) and cell != "-1"]
            assert risky == [], called[:40]


def test_json_holds_hostile_names_as_text() -> None:
    for called in HOSTILE:
        (contest,) = opentrack.read(EVENT["results.opentrack.json"].write(hostile(called))).contests
        assert [entry.athlete.bib for entry in contest.entries] == ["7", "9"]
