"""Everything odd about an event or a meet. A kind is one function and one line here."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from app.rules.anomalies import Kind
from app.timing import odd_reads, odd_results
from app.timing.anomaly import Anomaly, Finder, Scene

FINDERS: Final[Mapping[Kind, Finder]] = {
    "impossible_speed": odd_results.impossible_speed,
    "too_fast_for_category": odd_results.too_fast_for_category,
    "net_over_gun": odd_results.net_over_gun,
    "ghost_read": odd_reads.ghost_read,
    "missing_point": odd_reads.missing_point,
    "missed_lap": odd_reads.missed_lap,
    "wrong_wave": odd_reads.wrong_wave,
    "two_places": odd_reads.two_places,
    "chips_apart": odd_reads.chips_apart,
    "read_conflict": odd_reads.read_conflict,
    "clock_ahead": odd_reads.clock_ahead,
    "clocks_apart": odd_reads.clocks_apart,
    "bib_like_chip": odd_reads.bib_like_chip,
    "no_evidence": odd_results.no_evidence,
    "finisher_dns": odd_results.finisher_dns,
    "undecided": odd_results.undecided,
    "qualifier_missing": odd_results.qualifier_missing,
    "dq_rule": odd_results.dq_rule,
}


def find(scene: Scene) -> Iterator[Anomaly]:
    """In the order of the kinds. An event whose rules ignore a kind is not looked at for it."""
    for kind, finder in FINDERS.items():
        asked = [board for board in scene.boards if kind not in board.roster.course.rules.anomalies.ignored]
        if asked or (scene.whole and not scene.boards):
            yield from finder(replace(scene, boards=asked))
