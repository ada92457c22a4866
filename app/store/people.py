"""Identities. They stand beside the log, so that they can be corrected and erased."""

from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Final

from app.domain.ids import AthleteId, MeetId
from app.domain.meet import Person
from app.domain.refusals import NotFound
from app.store import schema
from app.store.meets import Meets
from app.store.session import Row, Session

_FIELDS: Final = tuple(schema.people.columns.keys())[2:]
_SELECT: Final = f"SELECT id, {', '.join(_FIELDS)} FROM people WHERE "
_OVERWRITE: Final = (
    f" ON CONFLICT (id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _FIELDS)} "
    "WHERE people.meet_no = excluded.meet_no"
)
_values: Final = attrgetter(*_FIELDS)


def _person(row: Row) -> Person:
    return Person(**dict(zip(_FIELDS, (*row[1:-1], bool(row[-1])), strict=True)))


class People:
    def __init__(self, session: Session, meets: Meets) -> None:
        self._session = session
        self._meets = meets

    def get(self, meet: MeetId, athlete: AthleteId) -> Person | None:
        return self.many(meet, [athlete]).get(athlete)

    def many(self, meet: MeetId, athletes: Iterable[AthleteId]) -> dict[AthleteId, Person]:
        """Those of them that the meet has."""
        where = f"{self._session.among('id')} AND meet_no = ?"
        rows = self._session.rows(_SELECT + where, self._session.listed(list(athletes)), self._meets.no(meet))
        return {AthleteId(row[0]): _person(row) for row in rows}

    def of_meet(self, meet: MeetId) -> dict[AthleteId, Person]:
        rows = self._session.rows(_SELECT + "meet_no = ?", self._meets.no(meet))
        return {AthleteId(row[0]): _person(row) for row in rows}


class PeopleWriter(People):
    def __init__(self, session: Session, meets: Meets) -> None:
        super().__init__(session, meets)
        self._written: dict[tuple[MeetId, AthleteId], Person] = {}

    def many(self, meet: MeetId, athletes: Iterable[AthleteId]) -> dict[AthleteId, Person]:
        """Whom this transaction wrote, it need not read again."""
        asked = list(athletes)
        written = {id: self._written[meet, id] for id in asked if (meet, id) in self._written}
        others = [id for id in asked if id not in written]
        return written | super().many(meet, others) if others else written

    def put(self, meet: MeetId, athlete: AthleteId, person: Person) -> None:
        self.put_many(meet, {athlete: person})

    def put_many(self, meet: MeetId, people: Mapping[AthleteId, Person]) -> None:
        """New ones and corrected ones; `NotFound` where one of them is another meet's."""
        no = self._meets.no(meet)
        rows = [(athlete, no, *_values(person)) for athlete, person in people.items()]
        if self._session.insert(schema.people, rows, _OVERWRITE) < len(rows):
            raise NotFound("athlete", next(iter(people.keys() - self.many(meet, people).keys())))
        self._written.update(((meet, athlete), person) for athlete, person in people.items())

    def erase(self, meet: MeetId, athlete: AthleteId) -> None:
        """Nothing of the identity stays but its sex, which the ranking needs and the log holds too; `NotFound`."""
        changed = self._session.changed(
            "UPDATE people SET family_name = '', given_name = '', birth_date = NULL, nation = NULL, club = NULL, "
            "publish_name = NULL, external_id = NULL, erased = TRUE WHERE id = ? AND meet_no = ?",
            athlete,
            self._meets.no(meet),
        )
        if not changed:
            raise NotFound("athlete", athlete)
        self._written.pop((meet, athlete), None)
        self._session.erased = True
