"""Publications: what was announced, kept word for word without names, and checked against what the log says today."""

import json
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final, Literal

from app import __version__
from app.domain.facts import AthleteDescribed, AthleteErased, Published
from app.domain.ids import AthleteId, EventId, PublicationId
from app.domain.meet import Person
from app.domain.state import MeetState
from app.operations.announced import Row, content_of, hanging_on_nations, without_codes
from app.operations.anomalies import none_open
from app.operations.find import event_of
from app.operations.sheet import TimedSheet, writable
from app.rules.rulesets import rules_of
from app.timing.projection import Projection

ENGINE: Final = f"backstraight {__version__}"


def publish(
    sheet: TimedSheet, id: EventId, status: Literal["provisional", "official"], note: str | None = None
) -> Published:
    """Announce the results of an event as they stand, as its next version. Earlier versions stay.

    Official ones only when no anomaly is open.
    """
    event = event_of(writable(sheet.state), id)
    if status == "official":
        none_open(sheet.projection, id)
    content = content_of(sheet.projection, id, sheet.people)
    published = Published(
        publication=PublicationId(sheet.new_id("publication")),
        event=id,
        version=event.publications[-1][1].version + 1 if event.publications else 1,
        status=status,
        at_seq=sheet.projection.head,
        content=content,
        digest=digest(content),
        engine=ENGINE,
        note=sheet.text(note),
        protest_us=rules_of(sheet.state.spec, event.spec).announcing.protest_us,
    )
    sheet.record(published)
    return published


def digest(content: str) -> str:
    """SHA-256 in hex."""
    return sha256(content.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Difference:
    """Where today's answer is another one than the announced. `where`: `standings` or the name of a round."""

    where: str
    bib: str | None
    field: str
    announced: Any
    today: Any


def verify(
    published: Published, projection: Projection, people: Mapping[AthleteId, Person], *, same_people: bool
) -> list[Difference]:
    """Recompute what was announced; `projection` is the meet as it was at `published.at_seq`.

    Who was erased or has another nation since (not the `same_people`) broke a national record all the same: codes that
    hang on nations are left out of the comparison then, on both sides.
    """
    kept = digest(published.content)
    if kept != published.digest:
        return [Difference("publication", None, "digest", published.digest, kept)]
    today = content_of(projection, published.event, people)
    if today == published.content:
        return []
    unsure = frozenset() if same_people else hanging_on_nations(projection.state)
    then, now = (without_codes(json.loads(content), unsure) for content in (published.content, today))
    return list(_differences(then, now, with_records="records" in json.loads(published.content)))


def same_people(state: MeetState, since: int) -> bool:
    """Whether nobody was described anew or erased behind that position: the nations are those of then."""
    later = state.log[bisect_right(state.log, since, key=lambda recorded: recorded.seq) :]
    return not any(isinstance(recorded.fact, AthleteDescribed | AthleteErased) for recorded in later)


def _differences(announced: Row, today: Row, *, with_records: bool) -> Iterator[Difference]:
    """What was announced before publications had records says nothing of them, and older ones nothing of rules."""
    for key in ("rules", "ranking"):
        if key in announced and announced[key] != today[key]:
            yield Difference("publication", None, key, announced[key], today[key])
    unsaid = frozenset() if with_records else frozenset({"records"})
    if with_records:
        yield from _lines("records", announced["records"], today["records"], unsaid, _which)
    yield from _lines("standings", announced["standings"], today["standings"], unsaid)
    for round in sorted(announced["rounds"].keys() | today["rounds"].keys()):
        yield from _lines(round, announced["rounds"].get(round, []), today["rounds"].get(round, []), unsaid)


Key = tuple[Any, ...]


def _who(line: Row) -> Key:
    return line.get("heat_id"), line["registration_id"]


def _which(record: Row) -> Key:
    return (*_who(record), record["record_list"], record["code"], record.get("category"))


def _lines(
    where: str, announced: list[Row], today: list[Row], unsaid: frozenset[str], key: Callable[[Row], Key] = _who
) -> Iterator[Difference]:
    """Runner by runner; a line that only one side has differs as a whole, an order that differs is one difference."""
    then, now = ({key(line): line for line in lines} for lines in (announced, today))
    for one_of in [*then, *(each for each in now if each not in then)]:
        one, other = then.get(one_of), now.get(one_of)
        if one is None or other is None:
            yield Difference(where, (one or other or {})["bib"], "line", one, other)
            continue
        for field in sorted((one.keys() | other.keys()) - unsaid):
            if one.get(field) != other.get(field):
                yield Difference(where, one["bib"], field, one.get(field), other.get(field))
    if list(then) != list(now) and then.keys() == now.keys():
        yield Difference(where, None, "order", [line["bib"] for line in announced], [line["bib"] for line in today])
