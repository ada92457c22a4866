"""A meet in every format that the API has for a computer, each read back: the same places, marks and statuses."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence

from hypothesis import given, settings

from app.domain.facts import Status
from app.domain.ids import EventId, HeatId
from app.domain.units import Duration
from app.interchange import athleticlive, evt, gather, gru, hytek, lif, opentrack, ppl, runsignup, sch, xlsx
from app.interchange.files import EVENT, HEAT
from app.interchange.gather import Gathered
from app.interchange.values import Competition, Line
from app.rules.marks import parse_mark
from app.sheets import FORMATS
from app.timing.heats import HeatResult
from app.timing.standing import Standing
from tests.interchange import meets
from tests.sheets.meets.small import Small, sheets_of

Said = dict[str, tuple[int | None, Duration | None, Status | None]]
"""Bib → place, mark, status."""
RACE, RESULTS = HeatId(meets.HEAT), EventId("e")
OUT: dict[str, Status] = {"DNF": "DNF", "DNS": "DNS", "DQ": "DQ"}


def said(rows: Iterable[tuple[str, int | str | None, str | None, Status | None]]) -> Said:
    """Of who is out a mark says nothing, nor of who has none."""
    return {
        bib: (int(place) if place else None, parse_mark(mark) if mark and status == "OK" else None, status)
        for bib, place, mark, status in rows
    }


def of_results(rows: Sequence[HeatResult] | Sequence[Standing]) -> Said:
    return said((row.bib, row.place, row.mark, row.status) for row in rows)


def of_lines(lines: Iterable[Line]) -> Said:
    return said((line.athlete.bib, line.place, line.mark, line.status) for line in lines)


def of_lif(data: bytes) -> Said:
    rows = lif.read(data).rows
    return said((row.id, row.place if row.place.isdigit() else None, row.time, lif.status_of(row)) for row in rows)


def of_hytek(data: bytes) -> Said:
    return said((one.athlete.bib, one.heat_place, one.mark, one.status) for one in hytek.read_results(data))


def of_opentrack(data: bytes) -> Said:
    return of_lines(opentrack.read(data).contests[0].races[0].lines)


def of_athleticlive(data: bytes) -> Said:
    return said((one.bib, one.place, one.time, one.status) for one in athleticlive.read_results(data))


def of_csv(data: bytes) -> Said:
    rows = csv.DictReader(io.StringIO(data.decode(), newline=""))
    return said((row["bib"], row["place"], row["mark"], status_of(row["status"])) for row in rows)


def of_json(data: bytes) -> Said:
    rows = json.loads(data)["rows"]
    return said((row["bib"], row["place"], row["mark"], status_of(row["status"])) for row in rows)


def of_xlsx(data: bytes) -> Said:
    """As paper has it: the reason stands where a mark would, and below the last row one is empty. A column in which
    nobody has anything is not there."""
    rows = iter(xlsx.rows(data))
    last, titles = next((number, cells) for number, cells in rows if "BIB" in cells)
    found: list[tuple[str, str, str, Status | None]] = []
    for number, cells in rows:
        if number > last + 1:
            break
        row = dict(zip(titles, cells, strict=False))
        last, shown = number, row.get("GUN") or row.get("RESULT") or ""
        out = OUT.get(shown.split(" ")[0])
        found.append((row.get("BIB", ""), row.get("PL", ""), shown, out or ("OK" if shown else None)))
    return said(one for one in found if one[0])


def status_of(text: str | None) -> Status | None:
    return "OK" if text == "OK" else OUT.get(text or "")


SHEETS: dict[str, Callable[[bytes], Said]] = {"csv": of_csv, "json": of_json, "xlsx": of_xlsx}
OF_ROUND: dict[str, Callable[[bytes], Said]] = {"results.hytek.csv": of_hytek, "results.opentrack.json": of_opentrack}
OF_STANDINGS: dict[str, Callable[[bytes], Said]] = {
    "results.athleticlive.csv": of_athleticlive,
    "results.gru.csv": lambda data: of_lines(gru.read(data)),
    "results.runsignup.csv": lambda data: of_lines(runsignup.read(data)),
}


def test_no_format_of_the_api_is_left_out() -> None:
    without_results = {name for name, file in EVENT.items() if not file.results}
    assert set(EVENT) == without_results | set(OF_ROUND) | set(OF_STANDINGS)
    assert set(FORMATS) == set(SHEETS) | {"html", "md", "txt", "pdf"}, "which are for people"


@settings(max_examples=50)
@given(made=meets.meets())
def test_every_format_tells_the_places_marks_and_statuses_of_the_meet(made: Small) -> None:
    now = made.script.project()
    event, heat = gather.of_event(now, RESULTS), gather.of_heat(now, RACE)
    table, ran = of_results(event.standings[RESULTS]), of_results(heat.heats[RACE])
    competition = Gathered("organizer", now.state, made.people, event).event(RESULTS)
    race = Gathered("organizer", now.state, made.people, heat).heat(RACE)

    assert of_lif(HEAT["results.lif"].write(race)) == ran
    for name, back in OF_ROUND.items():
        assert back(EVENT[name].write(competition)) == ran, name
    for name, back in OF_STANDINGS.items():
        finished = {bib: line for bib, line in table.items() if line[2] or "athleticlive" not in name}
        assert back(EVENT[name].write(competition)) == finished, name
    for format, back in SHEETS.items():
        for noun, id, expected in (("heat", RACE, ran), ("event", RESULTS, table)):
            sheets = sheets_of(now, made, noun, id, "results", "en", "organizer")
            assert back(FORMATS[format].render(sheets)) == expected, (format, noun)
    starts_and_runners_come_back(competition)


def starts_and_runners_come_back(competition: Competition) -> None:
    (contest,) = competition.contests
    (race,) = contest.races
    lines = {line.athlete.bib: line for line in race.lines}
    (start,) = evt.read(EVENT["lynx.evt"].write(competition))
    assert {one.id: one.lane for one in start.starts} == {bib: line.lane for bib, line in lines.items()}
    assert sch.read(EVENT["lynx.sch"].write(competition)) == [(1, 1, 1)]
    assert {one.id for _, one in ppl.read(EVENT["lynx.ppl"].write(competition))} == set(lines)
    for one in hytek.read_results(EVENT["results.hytek.csv"].write(competition)):
        assert [leg.bib for leg in one.legs] == [leg.bib for leg in lines[one.athlete.bib].legs]
    entered = hytek.read_entries(EVENT["entries.hytek.csv"].write(competition))
    assert {one.athlete.bib for one in entered} == set(lines)
