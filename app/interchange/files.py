"""What goes out, in plain sight: file name → what it is, and how it is written from the values of a competition.

Files with birth dates and ages are the officials' alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from app.domain.refusals import Invalid
from app.interchange import athleticlive, evt, gru, hytek, lif, opentrack, ppl, runsignup, sch, text
from app.interchange.text import Encoding
from app.interchange.values import Athlete, Competition

PLAIN: Final = "text/plain"
CSV: Final = "text/csv"
JSON: Final = "application/json"


@dataclass(frozen=True, slots=True)
class File:
    title: str
    media: str
    write: Callable[[Competition], bytes]
    """Of a heat: with one contest and one race. Of an event: with one contest."""
    results: bool = False
    """Whether it says how runners finished; else who starts."""
    officials: bool = False
    """Only for who may read the meet as an organizer."""
    windows: bool = False
    """Whether programs of its kind may want Windows-1252; what they are is not published, so it is asked for."""

    def encoded(self, of: Competition, encoding: Encoding) -> bytes:
        """`Invalid` for a bib that the encoding has not: by it a runner is known when the file comes back."""
        bibs = (line.athlete.bib for contest in of.contests for race in contest.races for line in race.lines)
        for bib in (*bibs, *(entry.athlete.bib for contest in of.contests for entry in contest.entries)):
            if encoding != "utf-8" and not all(map(text.in_windows, bib)):
                message = f"Windows-1252 has not all characters of the bib {bib!r}: take the file in UTF-8"
                raise Invalid("/encoding", "not_in_encoding", message)
        return text.recoded(self.write(of), encoding)


def _lif(of: Competition) -> bytes:
    (contest,) = of.contests
    (race,) = contest.races
    return lif.write(lif.of_race(contest, race))


def _athletes(of: Competition) -> list[Athlete]:
    return [entry.athlete for contest in of.contests for entry in contest.entries if not entry.withdrawn]


HEAT: Final[Mapping[str, File]] = {
    "results.lif": File("FinishLynx results", PLAIN, _lif, results=True, windows=True),
}
MEET: Final[Mapping[str, File]] = {
    "lynx.evt": File("FinishLynx start lists", PLAIN, lambda of: evt.write(evt.of_contests(of.contests)), windows=True),
    "lynx.ppl": File(
        "FinishLynx people", PLAIN, lambda of: ppl.write(ppl.of_athletes(_athletes(of))), officials=True, windows=True
    ),
    "lynx.sch": File("FinishLynx schedule", PLAIN, lambda of: sch.write(sch.of_contests(of.contests)), windows=True),
    "entries.hytek.csv": File("Hy-Tek entries", CSV, hytek.write_entries, officials=True, windows=True),
    "results.hytek.csv": File("Hy-Tek results", CSV, hytek.write_results, results=True, windows=True),
    "results.opentrack.json": File("OpenTrack competition", JSON, opentrack.write, results=True),
    "events.athleticlive.csv": File("AthleticLIVE events", CSV, athleticlive.write_events),
    "roster.athleticlive.csv": File("AthleticLIVE roster", CSV, athleticlive.write_roster),
    "results.athleticlive.csv": File("AthleticLIVE results", CSV, athleticlive.write_results, results=True),
}
EVENT: Final[Mapping[str, File]] = {
    **MEET,
    "results.gru.csv": File("ChronoTrack results", CSV, lambda of: gru.write(of.contests[0]), results=True),
    "results.runsignup.csv": File("RunSignup results", CSV, lambda of: runsignup.write(of.contests[0]), results=True),
}
