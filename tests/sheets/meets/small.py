"""A meet as a log with its people, and the sheets that are made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from app.domain.design import Role
from app.domain.facts import MeetDescribed, Published
from app.domain.ids import AthleteId, EventId, MeetId, PublicationId, TextId
from app.domain.meet import MeetSpec, Person
from app.domain.units import Duration
from app.operations.announced import content_of
from app.operations.publish import digest
from app.sheets.documents.events import EVENTS
from app.sheets.documents.heats import HEATS
from app.sheets.documents.meets import MEETS
from app.sheets.documents.printed import Maker, Printed
from app.sheets.sheet import Sheet
from app.sheets.words import words
from app.timing.projection import Projection
from app.views.audience import Audience
from tests.timing.builders import Script

MEET: Final = MeetId("meet_1")
S: Final = 1_000_000


@dataclass
class Small:
    """A meet as a log, and its people."""

    script: Script
    people: dict[AthleteId, Person] = field(default_factory=dict)
    texts: dict[TextId, str] = field(default_factory=dict)
    officials: dict[Role, str] = field(default_factory=dict)
    more: Mapping[str, Maker[MeetId]] = field(default_factory=dict)
    """Documents that only this meet has."""

    def runner(self, event: str, bib: str, name: str, nation: str | None = None, **given: Any) -> None:
        """`name` as it is printed: family names, then `,` and given ones."""
        family, _, given_name = name.partition(",")
        person = {key: given.pop(key) for key in ("club", "birth_date", "publish_name") if key in given}
        self.script.runner(bib, event, **given)
        id = AthleteId(given.get("athlete", f"a{bib}"))
        self.people[id] = Person(family_name=family, given_name=given_name.strip(), nation=nation, **person)

    def announce(
        self, event: str, status: Any = "official", note: str | None = None, protest_us: Duration | None = None
    ) -> None:
        projection = self.script.project()
        content = content_of(projection, EventId(event), self.people)
        before = projection.state.events[EventId(event)].publications
        text = TextId(f"txt_{len(self.texts)}") if note else None
        if text and note:
            self.texts[text] = note
        self.script.record(
            Published(
                publication=PublicationId(f"pub_{event}_{len(before) + 1}"),
                event=EventId(event),
                version=len(before) + 1,
                status=status,
                at_seq=projection.head,
                content=content,
                digest=digest(
                    f"{event} {len(before) + 1}"
                ),  # not of the content: what is announced may come to hold more
                engine="test",
                note=text,
                protest_us=protest_us,
            )
        )

    def sheets(
        self, noun: str, id: str, name: str, language: str = "en", audience: Audience = "organizer"
    ) -> tuple[Sheet, ...]:
        now = self.script.project()
        return sheets_of(now, self, noun, id, name, language, audience)

    def sheet(self, noun: str, id: str, name: str, language: str = "en", audience: Audience = "organizer") -> Sheet:
        (made,) = self.sheets(noun, id, name, language, audience)
        return made


def sheets_of(
    now: Projection, small: Small, noun: str, id: str, name: str, language: str, audience: Audience
) -> tuple[Sheet, ...]:
    makers: Any = {"heat": HEATS, "event": EVENTS, "meet": {**MEETS, **small.more}}[noun]
    of = Printed(audience, now.state, small.people, now.head, words(language), small.texts, officials=small.officials)
    return tuple(makers[name].make(of, id, makers[name].take(now, id)))


def describe(script: Script, **spec: Any) -> None:
    script.record(MeetDescribed(spec=MeetSpec(**spec)))
