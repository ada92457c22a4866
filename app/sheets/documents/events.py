"""Every sheet of an event, by its name in the address."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from app.domain.ids import EventId
from app.sheets.documents import broken, entries, honours, rounds, standings
from app.sheets.documents.printed import Maker, nothing, one
from app.timing.projection import Projection
from app.timing.standings import StandingsTable


def _table(now: Projection, id: EventId) -> StandingsTable:
    return now.table(id)


EVENTS: Final[Mapping[str, Maker[EventId]]] = {
    "entries": Maker(nothing, one(entries.entries)),
    "start-list": Maker(nothing, one(entries.start_list)),
    "results": Maker(_table, one(standings.results)),
    "summary": Maker(rounds.rounds, one(rounds.summary)),
    "results-by-sex": Maker(_table, one(partial(standings.results, by="sex"))),
    "results-by-category": Maker(_table, one(partial(standings.results, by="category"))),
    "results-by-club": Maker(_table, one(partial(standings.results, by="club"))),
    "qualifiers": Maker(rounds.rounds, one(rounds.qualifiers)),
    "disqualifications": Maker(rounds.rounds, one(rounds.disqualifications)),
    "records": Maker(broken.taken, one(broken.of_event)),
    "teams": Maker(honours.all_teams, one(honours.teams)),
    "awards": Maker(_table, one(honours.awards)),
    "time-slips": Maker(_table, one(honours.time_slips)),
    "certificates": Maker(_table, one(honours.certificates)),
    "bib-labels": Maker(nothing, one(entries.bib_labels)),
}
