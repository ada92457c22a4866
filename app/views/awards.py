"""Awards of an event as an answer shows them (R67): overall first, then the age groups, nobody twice."""

from collections.abc import Iterable, Mapping

from app.domain.ids import AthleteId, RegistrationId
from app.domain.meet import Person
from app.domain.state import MeetState
from app.domain.units import Duration
from app.rules.awards import Award, AwardRules, Finisher, awards
from app.timing.standing import Standing
from app.views.audience import Audience, Item
from app.views.names import NOBODY, is_young, name_for, origin_for


def awards_of(rows: Iterable[Standing], rules: AwardRules) -> list[tuple[Award, Standing]]:
    """Each award with the standing of who won it. Who has no place wins nothing, guests among them."""
    by_id = {row.registration: row for row in rows if row.place is not None}
    finishers = [
        Finisher(
            runner=row.registration,
            sex=row.sex,
            place=row.place or 0,
            category=row.category,
            net_us=None if row.net_us is None else Duration(row.net_us),
        )
        for row in by_id.values()
    ]
    return [(award, by_id[RegistrationId(award.runner)]) for award in awards(finishers, rules)]


def award_items(
    audience: Audience,
    state: MeetState,
    people: Mapping[AthleteId, Person],
    won: Iterable[tuple[Award, Standing]],
    rules: AwardRules,
) -> list[Item]:
    return [_item(audience, state, people, award, row, rules) for award, row in won]


def _item(
    audience: Audience,
    state: MeetState,
    people: Mapping[AthleteId, Person],
    award: Award,
    row: Standing,
    rules: AwardRules,
) -> Item:
    """`place` is the one among the awards, `place_category` the one in the results: who won overall is among those."""
    person = people.get(row.athlete, NOBODY)
    nation, club = origin_for(audience, person)
    return {
        "award": "overall" if award.category is None else "group",
        "category": award.category,
        "sex": award.sex,
        "place": award.place,
        "basis": rules.overall_basis if award.category is None else rules.group_basis,
        "bib": row.bib,
        "name": name_for(audience, person, is_young(state, row.athlete), row.bib),
        "nation": nation,
        "club": club,
        "place_sex": row.place_sex,
        "place_category": row.place_category,
        "mark": row.mark,
        "gun_us": row.gun_us,
        "net_us": row.net_us,
        "registration_id": row.registration,
        "athlete_id": row.athlete,
    }
