"""Free texts (reasons, notes). They stand beside the log, so that they can be erased."""

from collections.abc import Iterable

from app.domain.ids import MeetId, TextId
from app.store import schema
from app.store.meets import Meets
from app.store.session import Session


class Texts:
    def __init__(self, session: Session, meets: Meets) -> None:
        self._session = session
        self._meets = meets

    def many(self, meet: MeetId, ids: Iterable[TextId]) -> dict[TextId, str]:
        """Those of them that the meet has; an erased one is empty."""
        sql = f"SELECT id, text FROM texts WHERE {self._session.among('id')} AND meet_no = ?"
        rows = self._session.rows(sql, self._session.listed(list(ids)), self._meets.no(meet))
        return {TextId(id): text for id, text in rows}


class TextsWriter(Texts):
    def put(self, meet: MeetId, id: TextId, words: str) -> None:
        """A new one: no id is used twice."""
        self._session.insert(schema.texts, [(id, self._meets.no(meet), words)])

    def erase(self, meet: MeetId, ids: Iterable[TextId]) -> None:
        """The words go for good; the ids stay, as facts name them."""
        sql = f"UPDATE texts SET text = '' WHERE {self._session.among('id')} AND meet_no = ?"
        self._session.run(sql, self._session.listed(list(ids)), self._meets.no(meet))
        self._session.erased = True
