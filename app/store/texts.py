"""Free texts (reasons, notes). They stand beside the log, so that they can be erased."""

from collections.abc import Iterable

from app.domain.ids import MeetId, TextId
from app.store import schema
from app.store.meets import Meets
from app.store.session import Session


class Texts:
    def __init__(self, session: Session) -> None:
        self._session = session

    def many(self, ids: Iterable[TextId]) -> dict[TextId, str]:
        """Those of them that exist; an erased one is empty."""
        condition, wanted = self._session.among("id"), self._session.listed(list(ids))
        rows = self._session.rows(f"SELECT id, text FROM texts WHERE {condition}", wanted)
        return {TextId(id): text for id, text in rows}


class TextsWriter(Texts):
    def __init__(self, session: Session, meets: Meets) -> None:
        super().__init__(session)
        self._meets = meets

    def put(self, meet: MeetId, id: TextId, words: str) -> None:
        self._session.put(schema.texts, {"id": id, "meet_no": self._meets.no(meet), "text": words})

    def erase(self, id: TextId) -> None:
        self._session.run("UPDATE texts SET text = '' WHERE id = ?", id)
        self._session.erased = True
