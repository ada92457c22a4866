"""A line of the standings as an answer shows it."""

from collections.abc import Iterable, Mapping

from app.domain.ids import AthleteId
from app.domain.meet import Person
from app.domain.state import MeetState
from app.timing.standings import Split, Standing
from app.views.audience import Audience, Item, flags_for
from app.views.names import NOBODY, is_young, name_for, origin_for


def standing_items(
    audience: Audience, state: MeetState, people: Mapping[AthleteId, Person], rows: Iterable[Standing]
) -> list[Item]:
    return [standing_item(audience, state, people, row) for row in rows]


def standing_item(audience: Audience, state: MeetState, people: Mapping[AthleteId, Person], row: Standing) -> Item:
    """One line, joined with the identity that the audience may see."""
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
        "heat_id": row.heat,
        "status": row.status,
        "state": row.state,
        "mark": row.mark,
        "elapsed_us": row.elapsed_us,
        "gun_us": row.gun_us,
        "net_us": row.net_us,
        "splits": [_split_item(split) for split in row.splits],
        "flags": flags_for(audience, row.flags),
        "timed_by": row.timed_by,
        "resolution_us": row.resolution_us,
        "registration_id": row.registration,
        "athlete_id": row.athlete,
    }


def _split_item(split: Split) -> Item:
    return {"point": split.point, "elapsed_us": split.elapsed_us, "mark": split.mark, "place": split.place}
