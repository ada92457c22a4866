"""A line of the standings as an answer shows it."""

from collections.abc import Mapping, Sequence

from app.domain.ids import AthleteId
from app.domain.meet import Person
from app.domain.state import MeetState
from app.timing.standing import Standing
from app.views.audience import Audience, Item, flags_for
from app.views.names import NOBODY, is_young, name_for, origin_for
from app.views.splits import Course, gap_item, halves_of, pace_of, split_items
from app.views.worth import NOT_ASKED, Worth


def standing_items(
    audience: Audience,
    state: MeetState,
    people: Mapping[AthleteId, Person],
    rows: Sequence[Standing],
    worth: Worth | None = None,
) -> list[Item]:
    """Lines of one event."""
    if not rows:
        return []
    course = Course.of(state, state.events[state.registrations[rows[0].registration].entry.event].spec)
    return [_item(audience, state, people, row, course, worth) for row in rows]


def standing_item(
    audience: Audience,
    state: MeetState,
    people: Mapping[AthleteId, Person],
    row: Standing,
    worth: Worth | None = None,
) -> Item:
    """One line, joined with the identity that the audience may see."""
    return standing_items(audience, state, people, [row], worth)[0]


def _item(
    audience: Audience,
    state: MeetState,
    people: Mapping[AthleteId, Person],
    row: Standing,
    course: Course,
    worth: Worth | None,
) -> Item:
    person = people.get(row.athlete, NOBODY)
    nation, club = origin_for(audience, person)
    return {
        "place": row.place,
        "place_sex": row.place_sex,
        "place_category": row.place_category,
        "bib": row.bib,
        "name": name_for(audience, person, is_young(state, row.athlete), row.bib),
        "sex": row.sex,
        "category": row.category,
        "nation": nation,
        "club": club,
        "team": state.registrations[row.registration].entry.team,
        "role": row.role,
        "wave": row.wave,
        "round": row.round,
        "heat_id": row.heat,
        "status": row.status,
        "rule": row.rule,
        "state": row.state,
        "mark": row.mark,
        "elapsed_us": row.elapsed_us,
        "gun_us": row.gun_us,
        "net_us": row.net_us,
        "gap_us": row.gap_us,
        "gap": gap_item(row, course),
        "pace": pace_of(row, course),
        "halves": halves_of(course, row),
        "splits": list(split_items(course, row)),
        "flags": flags_for(audience, row.flags),
        **(worth.item(audience, state, row) if worth else NOT_ASKED),
        "timed_by": row.timed_by,
        "resolution_us": row.resolution_us,
        "registration_id": row.registration,
        "athlete_id": row.athlete,
    }
