"""What every document is made of: whom it is for, the meet, its people, and where in the log that was."""

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Generic, TypeVar

from app.domain.design import Role
from app.domain.ids import AthleteId, EventId, TextId
from app.domain.meet import MeetSpec, Person, Sex
from app.domain.state import Event, MeetState
from app.domain.units import Instant
from app.rules.conduct import RED
from app.sheets.sheet import PLAIN, Look, Sheet, Signature
from app.sheets.words import Words, clock, local_time, words
from app.timing.projection import Projection
from app.views.audience import Audience, Item

Id = TypeVar("Id")

BACKWARDS: Final = (
    "backward",
    "retro",
    "ruckwart",
    "rueckwart",
    "reculons",
    "arriere",
    "indietro",
    "atras",
    "espaldas",
)
"""How names of events say that they are run backwards, in the languages of the sheets and without accents."""
SEXES: Final[Mapping[Sex, str]] = {"M": "men", "W": "women", "X": "sex_x"}
UNNAMED: Final = MeetSpec(name="", timezone="UTC", starts_on="1970-01-01", ends_on="1970-01-01")


@dataclass(frozen=True, slots=True)
class Printed:
    audience: Audience
    state: MeetState
    people: Mapping[AthleteId, Person]
    seq: int
    words: Words = field(default_factory=lambda: words("en"))
    texts: Mapping[TextId, str] = field(default_factory=dict)
    """Notes of publications, and the words of the meet's records."""
    look: Look = PLAIN
    site: str | None = None
    """Where the public finds the meet."""
    event_site: str | None = None
    """Where it finds an event, whose id stands for `{event_id}`."""
    officials: Mapping[Role, str] = field(default_factory=dict)
    """Who signs as what."""

    @property
    def meet(self) -> MeetSpec:
        return self.state.spec or UNNAMED

    def event(self, event: Event) -> str:
        """What it is called; a race backwards says so in the language of the sheet, unless its name does."""
        name = event.spec.name
        if event.spec.direction == "forward":
            return name
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        said = any(word in plain for word in BACKWARDS)
        return name if said else self.words("word.backward", name=name)

    def sex(self, sex: Sex, event: Event) -> str:
        """`Men`, `Women`; a relay team of both is mixed, a runner who is neither is `X`."""
        relay = event.spec.relay_legs > 1
        return self.words(f"word.{'mixed' if sex == 'X' and relay else SEXES[sex]}")

    @property
    def record_words(self) -> str:
        listed = self.state.records
        return self.texts.get(listed.words, "") if listed and listed.words else ""

    def text(self, id: TextId | None) -> str | None:
        return None if id is None else self.texts.get(id)

    def address(self, event: EventId | None = None) -> str | None:
        """Where the public finds an event; the meet, where there is no page for that."""
        if event is None or self.event_site is None:
            return self.site
        return self.event_site.replace("{event_id}", event)

    def signing(self, role: Role) -> Signature:
        return Signature(self.words(f"signature.{role}"), self.officials.get(role, ""))

    def where_when(self) -> str:
        """`Northlake Stadium, Northlake · 12–14 June 2026`"""
        meet = self.meet
        place = ", ".join(part for part in (meet.venue, meet.city, meet.country) if part)
        days = self.words.span(date.fromisoformat(meet.starts_on), date.fromisoformat(meet.ends_on))
        return f"{place} · {days}" if place else days

    def issued(self, key: str, at: Instant, **more: object) -> str:
        """A moment in words: `Issued at 18:17, Fri 12 JUN 2026`."""
        local = local_time(at, self.meet.timezone)
        return self.words(f"status.{key}", time=clock(local), day=self.words.day(local.date()), **more)

    def said_at(self, latest: int = 0) -> Instant:
        """When the last thing that counts here was recorded; `latest` where something was seen later than that."""
        log = self.state.log
        index = bisect_right(log, self.seq, key=lambda recorded: recorded.seq)
        return Instant(max(log[index - 1].recorded_at if index else 0, latest))


@dataclass(frozen=True, slots=True)
class Maker(Generic[Id]):
    """How a sheet comes about: `take` what it needs of the results, then `make` it: one sheet, or a book of several."""

    take: Callable[[Projection, Id], Any]
    make: Callable[[Printed, Id, Any], Sequence[Sheet]]


def one(make: Callable[[Printed, Id, Any], Sheet]) -> Callable[[Printed, Id, Any], Sequence[Sheet]]:
    """The maker of a single sheet."""
    return lambda of, whom, taken: (make(of, whom, taken),)


def nothing(now: Projection, id: object) -> None:
    """Of a document that the meet's state alone says everything of."""


def seconds(duration_us: int | None) -> str | None:
    """A reaction as it is printed, to the thousandth: `0.141`. It is measured so, and not rounded."""
    if duration_us is None:
        return None
    whole, rest = divmod(abs(duration_us), 1_000_000)
    return f"{'-' if duration_us < 0 else ''}{whole}.{rest // 1_000:03}"


def with_writing(item: Item) -> Item:
    """A line of results, its lists and times in writing."""
    red = not RED.isdisjoint(item["flags"])
    codes = [CODES[flag] for flag in item["flags"] if flag in CODES and not (red and flag == "card")]
    return {
        **item,
        "records": " ".join(item.get("records", ())),
        "reaction": seconds(item.get("reaction_us")),
        "flags": " ".join(item["flags"]),
        "codes": " ".join(codes) or None,
    }


CODES: Final = {flag: flag for flag in ("OC", "CUT", "YRC", "RC", "L", "NWI")} | {"card": "YC"}
"""Flag → as it is printed (R42). The first of two yellow cards is not said: the second says it."""
