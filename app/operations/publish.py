"""Publications: what was announced, kept word for word without names, and checked against what the log says today."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, Final, Literal

from app import __version__
from app.domain.facts import Published
from app.domain.ids import EventId, PublicationId
from app.operations.anomalies import none_open
from app.operations.find import event_of
from app.operations.sheet import TimedSheet, writable
from app.rules.rulesets import under
from app.timing.heats import HeatResult
from app.timing.projection import Projection
from app.timing.standings import Standing
from app.views.audience import flags_for

ENGINE: Final = f"backstraight {__version__}"

_FIELDS: Final[Mapping[str, str]] = {
    "registration": "registration_id",
    "athlete": "athlete_id",
    "heat": "heat_id",
    "number": "heat",
}
"""What is called otherwise in print than in a line of the results."""

UNSAID: Final = frozenset({"seq", "method", "start_us", "gap_us"})
"""Of a line what is not announced: its position in the log moves with every fact, results do not."""

Row = Mapping[str, Any]


def publish(
    sheet: TimedSheet, id: EventId, status: Literal["provisional", "official"], note: str | None = None
) -> Published:
    """Announce the results of an event as they stand, as its next version. Earlier versions stay.

    Official ones only when no anomaly is open.
    """
    event = event_of(writable(sheet.state), id)
    if status == "official":
        none_open(sheet.projection, id)
    content = content_of(sheet.projection, id)
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
    )
    sheet.record(published)
    return published


def content_of(projection: Projection, id: EventId) -> str:
    """Canonical JSON: standings, and the results of each round where there are several or lanes; runners by bib and id.

    Everybody may read it: flags that are for officials alone are left out. Keys are sorted, and lines have no blanks,
    nulls or empty lists: the same results give the same text, whenever it is made. `rules` says under which.
    """
    event, table = projection.state.events[id], projection.table(id)
    spec = event.spec
    told = [round.name for round in spec.rounds if round.name in event.rounds]
    if spec.surface == "road" and len(spec.rounds) == 1:
        told = []
    content = {
        "event_id": id,
        "rules": asdict(under(projection.state.spec, spec)),
        "ranking": spec.ranking,
        "standings": [line_of(row) for row in table.rows(0, len(table))],
        "rounds": {round: [line_of(row) for row in projection.round_results(id, round)] for round in told},
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


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


def verify(published: Published, projection: Projection) -> list[Difference]:
    """Recompute what was announced; `projection` is the meet as it was at `published.at_seq`."""
    kept = digest(published.content)
    if kept != published.digest:
        return [Difference("publication", None, "digest", published.digest, kept)]
    today = content_of(projection, published.event)
    return [] if today == published.content else list(_differences(json.loads(published.content), json.loads(today)))


def _differences(announced: Row, today: Row) -> Iterator[Difference]:
    for key in ("rules", "ranking"):
        # What was announced before rulesets had versions says nothing of them.
        if key in announced and announced[key] != today[key]:
            yield Difference("publication", None, key, announced[key], today[key])
    yield from _lines("standings", announced["standings"], today["standings"])
    for round in sorted(announced["rounds"].keys() | today["rounds"].keys()):
        yield from _lines(round, announced["rounds"].get(round, []), today["rounds"].get(round, []))


def _lines(where: str, announced: list[Row], today: list[Row]) -> Iterator[Difference]:
    """Runner by runner; a line that only one side has differs as a whole, an order that differs is one difference."""
    then, now = (
        {(line.get("heat_id"), line["registration_id"]): line for line in lines} for lines in (announced, today)
    )
    for key in [*then, *(key for key in now if key not in then)]:
        one, other = then.get(key), now.get(key)
        if one is None or other is None:
            yield Difference(where, (one or other or {})["bib"], "line", one, other)
            continue
        for field in sorted(one.keys() | other.keys()):
            if one.get(field) != other.get(field):
                yield Difference(where, one["bib"], field, one.get(field), other.get(field))
    if list(then) != list(now) and then.keys() == now.keys():
        yield Difference(where, None, "order", [line["bib"] for line in announced], [line["bib"] for line in today])


def line_of(row: Standing | HeatResult) -> dict[str, Any]:
    """What is said of a runner."""
    told = {field: getattr(row, field) for field in row.__slots__ if field not in UNSAID}
    told["flags"] = tuple(flags_for("public", row.flags))
    line = {_FIELDS.get(field, field): value for field, value in told.items() if value not in (None, ())}
    if isinstance(row, Standing) and row.splits:
        line["splits"] = [asdict(split) for split in row.splits]
    return line
