"""A published final with its passings, replayed (source and licence: `data/rome2024/`)."""

import json
from pathlib import Path

from app.domain.ids import HeatId
from tests.timing.builders import Script, points, track

FINAL = Path(__file__).parent / "data" / "rome2024" / "men-800m-final-reads.jsonl"
COURSE = points(("Start", 0), *((f"{m}m", m) for m in range(100, 800, 100)), ("Finish", 800))


def final(timing: str) -> tuple[Script, dict[str, tuple[int, str]]]:
    """The reads of everyone, a mat every 100 m; the published place and mark of each bib."""
    runners = [json.loads(line) for line in FINAL.read_text(encoding="utf-8").splitlines()]
    script = Script()
    script.event(spec=track(800, timing=timing, points=COURSE))
    for r in runners:
        script.runner(r["bib"])
    script.draw()
    script.gun()
    for r in reversed(runners):
        for read in reversed(r["reads"]):
            script.read(read["point"], r["bib"], read["t_s"])
    if timing == "photo_finish":
        script.finishes("e/final/1", *((r["bib"], r["mark_s"]) for r in runners))
    return script, {r["bib"]: (r["place"], r["mark"]) for r in runners}


def test_places_and_marks_of_an_800_m_final_are_the_published_ones() -> None:
    script, published = final("photo_finish")
    results = script.project().heat_results(HeatId("e/final/1"))
    assert {r.bib: (r.place, r.mark) for r in results} == published


def test_its_passings_alone_give_the_same_places_and_seven_splits() -> None:
    script, published = final("transponder")
    lines = script.lines()
    assert {bib: line.place for bib, line in lines.items()} == {bib: place for bib, (place, _) in published.items()}
    assert {len(line.splits) for line in lines.values()} == {8}
    assert not any(line.flags for line in lines.values())
