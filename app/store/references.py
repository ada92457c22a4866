"""Which ids a fact names, and whether a log that came from elsewhere brings all of them.

A fact that names what another meet holds would show it, and let it be overwritten, to whoever holds this meet.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import is_dataclass
from functools import cache
from typing import Any, Final, get_args, get_type_hints

from app.domain import newcomers
from app.domain.codec import kind_of
from app.domain.facts import (
    AthleteDescribed,
    ChipAssigned,
    EventDescribed,
    Fact,
    FalseStart,
    LineTimeTaken,
    MeetDescribed,
    Published,
    Recorded,
    Registered,
    RosterImported,
    RoundDrawn,
    Ruling,
    SourceDescribed,
    Undone,
)
from app.domain.ids import (
    AssignmentId,
    AthleteId,
    EventId,
    FalseStartId,
    HeatId,
    ImportId,
    PublicationId,
    RegistrationId,
    RulingId,
    SourceId,
    TextId,
    TimeId,
)

Noun = Any
"""One of the types of `ids.py`."""

BRINGS: Final[Mapping[type, Noun]] = {
    AthleteDescribed: AthleteId,
    EventDescribed: EventId,
    Registered: RegistrationId,
    RoundDrawn: HeatId,
    SourceDescribed: SourceId,
    ChipAssigned: AssignmentId,
    LineTimeTaken: TimeId,
    Ruling: RulingId,
    FalseStart: FalseStartId,
    Published: PublicationId,
    RosterImported: ImportId,
}
"""What a fact of that kind is the first to name."""
_NOUNS: Final[Mapping[Noun, str]] = {
    AthleteId: "athlete",
    EventId: "event",
    RegistrationId: "registration",
    HeatId: "heat",
    SourceId: "source",
    AssignmentId: "assignment",
    TimeId: "time",
    RulingId: "ruling",
    FalseStartId: "false_start",
    PublicationId: "publication",
    ImportId: "import",
    TextId: "text",
}
_STAYS: Final = (MeetDescribed, EventDescribed, AthleteDescribed, Registered, SourceDescribed)
"""Described anew, never undone: later facts rest on them."""


def named(value: Any) -> Iterator[tuple[Noun, str]]:
    """Every id in a fact, with its type."""
    for name, part in _ways(value.__class__):
        found = getattr(value, name)
        for one in found if isinstance(found, tuple) else (found,):
            if one is None:
                continue
            if part in _NOUNS:
                yield part, one
            else:
                yield from named(one)


def fault(
    log: Iterable[Recorded], people: Collection[str], texts: Collection[str], sources: Iterable[str]
) -> str | None:
    """What is wrong with a whole log in order: an id that nothing brings, or an undoing of what cannot be undone.

    `people` and `texts` stand beside the log; `sources` are those that its reads name.
    """
    known: set[tuple[Noun, str]] = {(TextId, text) for text in texts}
    kinds: dict[int, type[Fact]] = {}
    for one in log:
        kinds[one.seq] = kind = type(one.fact)
        for noun, id in named(one.fact):
            if BRINGS.get(kind) is noun and (noun is not AthleteId or id in people):
                known.add((noun, id))
            elif (noun, id) not in known:
                return f"fact {one.seq} ({kind_of(one.fact)}) names {_NOUNS[noun]} {id!r}, which it does not hold"
        if isinstance(one.fact, RosterImported) and any(
            kinds.get(seq) not in newcomers.KINDS for seq in range(one.fact.first_seq, one.seq)
        ):
            return f"fact {one.seq} says that it brought facts which it did not bring"
        if isinstance(one.fact, Undone) and kinds.get(one.fact.target_seq, MeetDescribed) in _STAYS:
            return f"fact {one.seq} undoes number {one.fact.target_seq}, which is none that can be undone"
    gone = (source for source in sources if (SourceId, source) not in known)
    return next((f"reads name source {source!r}, which it does not hold" for source in gone), None)


@cache
def _ways(kind: Hashable) -> tuple[tuple[str, Noun], ...]:
    """The fields that hold ids, or values that hold some."""
    return tuple((name, part) for name, hint in get_type_hints(kind).items() for part in _parts(hint))


def _parts(hint: Any) -> Iterator[Noun]:
    """`AthleteId`, `AthleteId | None` and `tuple[AthleteId, ...]` hold an `AthleteId`."""
    if hint in _NOUNS or (is_dataclass(hint) and isinstance(hint, type) and _ways(hint)):
        yield hint
    for inner in get_args(hint):
        yield from _parts(inner)
