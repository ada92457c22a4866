"""What an event's results are worth: teams, awards of age groups (R67, R80, R81), certificates and time slips."""

from collections.abc import Iterator, Mapping
from typing import Final

from app.domain.ids import EventId
from app.domain.meet import Sex
from app.rules.rulesets import rules_of
from app.sheets.documents.columns import columns, line, or_empty, row, table
from app.sheets.documents.frame import event_heading, sheet_of, signers
from app.sheets.documents.printed import SEXES, Printed
from app.sheets.documents.shared import ALL_PLACES, OVERALL, Within, with_shared
from app.sheets.sheet import Sheet, Table
from app.timing.projection import Projection
from app.timing.standings import StandingsTable
from app.timing.teams import TeamTable, team_table
from app.views.audience import Item
from app.views.awards import award_items, awards_of
from app.views.standings import standing_items
from app.views.teams import team_items

TEAMS: Final = ("place", "team", "score", "mark", "scorers")
CARD: Final = ("bib", "name", "nation", "club", "place", "place_sex", "place_category", "category", "mark", "pace")
AWARDS: Final = ("award", "sex", "category", "place", "bib", "name", "nation", "club", "mark")

AWARDED: Final[Within] = {"place": lambda item: (item["sex"], item["category"])}

Teams = Mapping[Sex, TeamTable]


def teams(of: Printed, id: EventId, tables: Teams) -> Sheet:
    """Team results by sex, with who scored and at which place."""
    event = of.state.events[id]
    made = columns(of.words, TEAMS)
    found = []
    for sex, scored in tables.items():
        items = with_shared(
            of, [event], team_items(of.audience, of.state, of.people, scored, 0, len(scored)), ALL_PLACES
        )
        rows = [row(_team(of, item), made) for item in items]
        if rows:
            found.append(Table(made, tuple(rows), of.sex(sex, event)))
    return sheet_of(
        of,
        "teams",
        events=[event],
        subject=of.event(event),
        heading=event_heading(of, event),
        tables=or_empty(found, made),
        notes=[] if found else [of.words("note.nothing_here")],
        signatures=signers(event),
    )


def _team(of: Printed, item: Item) -> Item:
    scorers = ", ".join(f"{one['name']} ({one['place']})" for one in item["scorers"])
    incomplete = of.words("note.incomplete") if item["score"] is None else None
    score = item["score"] if item["mark"] is None else None
    return {**item, "score": score, "scorers": scorers or incomplete}


def awards(of: Printed, id: EventId, standings: StandingsTable) -> Sheet:
    """Overall first, then the age groups; nobody twice unless the rules allow it."""
    event = of.state.events[id]
    rules = rules_of(of.state.spec, event.spec).awards
    won = awards_of(standings.rows(0, len(standings)), rules)
    items = with_shared(of, [event], award_items(of.audience, of.state, of.people, won, rules), AWARDED)
    groups: dict[str, list[Item]] = {}
    for item in items:
        sex = of.sex(item["sex"], event)
        groups.setdefault(f"{sex} – {item['category'] or of.words('word.overall')}", []).append(item)
    made = columns(of.words, AWARDS, unshown=("award", "sex", "category"))
    return sheet_of(
        of,
        "awards",
        events=[event],
        subject=of.event(event),
        heading=event_heading(of, event),
        tables=or_empty(
            (Table(made, tuple(row(one, made) for one in found), title) for title, found in groups.items()), made
        ),
        notes=[] if groups else [of.words("note.nothing_here")],
        signatures=["secretary"],
    )


def time_slips(of: Printed, id: EventId, standings: StandingsTable) -> Sheet:
    """What each finisher may take home, to be cut apart: places, times and splits."""
    return _of_each(of, id, standings, "time-slips")


def certificates(of: Printed, id: EventId, standings: StandingsTable) -> Sheet:
    """A certificate for each finisher."""
    return _of_each(of, id, standings, "certificates")


def _of_each(of: Printed, id: EventId, standings: StandingsTable, name: str) -> Sheet:
    event = of.state.events[id]
    lines = standing_items(of.audience, of.state, of.people, standings.rows(0, len(standings)))
    items = with_shared(of, [event], lines, OVERALL)
    return sheet_of(
        of,
        name,
        events=[event],
        subject=of.event(event),
        heading=event_heading(of, event),
        tables=or_empty(_cards(of, items, with_splits=name == "time-slips"), columns(of.words, CARD)),
        notes=[] if any(item["status"] == "OK" for item in items) else [of.words("note.no_results")],
        signatures=["secretary"] if name == "certificates" else [],
    )


def _cards(of: Printed, items: list[Item], *, with_splits: bool) -> Iterator[Table]:
    for item in (item for item in items if item["status"] == "OK"):
        made = table(of.words, CARD, [item])
        splits = [line(made.columns, "note", name=one["point"], mark=one["mark"]) for one in item["splits"][:-1]]
        yield Table(made.columns, (*made.rows, *(splits if with_splits else ())))


def all_teams(now: Projection, id: EventId) -> Teams:
    standings = now.table(id)
    sexes = dict.fromkeys(standings.roster.sexes)
    return {sex: team_table(standings, sex) for sex in SEXES if sex in sexes}
