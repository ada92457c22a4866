"""One entry: whose it is, whether it may be, and the facts that it makes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from app.domain.facts import Brought, ChipAssigned, Registered
from app.domain.ids import AssignmentId, AthleteId, Bib, Chip, RegistrationId
from app.domain.meet import Role
from app.domain.refusals import (
    AlreadyRegistered,
    BibTaken,
    ChipTaken,
    IdentityDiffers,
    Invalid,
    OutOfMeet,
    SexDoesNotFit,
)
from app.domain.units import Duration
from app.operations.chips import clash
from app.operations.people import Identity, Known, checked, difference, merged
from app.operations.roll import Roll
from app.operations.waves import spelled
from app.rules.marks import parse_mark
from app.timing.penalties import red_cards

Outcome = Literal["created", "updated", "unchanged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One registration as it is asked for. A field that is None was not given."""

    bib: Bib
    identity: Identity
    role: Role | None = None
    category: str | None = None
    wave: str | None = None
    team: str | None = None
    seed_mark: str | None = None
    pb: str | None = None
    sb: str | None = None
    chips: tuple[Chip, ...] = ()


MARKS: Final[Mapping[Brought, str]] = {"seed_mark": "seed_mark_us", "pb": "pb_us", "sb": "sb_us"}
"""Field of a request → field of the fact."""
HAND: Final = "h"
"""Behind a mark that was taken by hand: `10.2h`."""
_SAME_NAME: Final = ("role", "category", "wave", "team")


def enter(roll: Roll, entry: Entry, *, amend: bool = False) -> tuple[RegistrationId, Outcome]:
    """Put the entry on the roll. With `amend`, an entry that is there already takes over what differs."""
    asked = _given(roll, entry)
    identity = checked(entry.identity, roll.spec, known=roll.owner(entry.bib) is not None)
    athlete, known = _athlete(roll, entry.bib, identity, amend=amend)
    if roll.event.spec.sex not in ("X", known.person.sex):
        raise SexDoesNotFit(known.person.sex, roll.event.spec.sex, at="/sex")
    id = roll.by_athlete.get(athlete) if athlete else None
    if amend and id is not None and roll.withdrawn(id):
        return id, "unchanged"  # A list sent again brings nobody back who has withdrawn.
    before = roll.entry(id) if id is not None and not roll.withdrawn(id) else None
    if before is not None and not amend:
        raise AlreadyRegistered(entry.bib, before.bib, at="/bib")
    if before is None and athlete is not None:
        _refuse_out_of_meet(roll, athlete, entry.bib)
        _refuse_runner(roll, athlete, entry.bib)
    athlete = athlete or AthleteId(roll.new_id("athlete"))
    chips = _chips(roll, entry, athlete)
    id = id or RegistrationId(roll.new_id("registration"))
    if before is None:
        after = Registered(registration=id, event=roll.event.id, athlete=athlete, bib=entry.bib, **asked)
    else:
        after = replace(before, bib=entry.bib, **asked)
    return id, _put(roll, athlete, known, before, after, chips)


def _refuse_out_of_meet(roll: Roll, athlete: AthleteId, bib: Bib) -> None:
    """Who has a red card starts in no race after it (R38), so nothing new is entered for; entries from before stay."""
    for red in red_cards(roll.state, athlete):
        raise OutOfMeet(bib, red.card, red.seq, red.rule, at="/bib")


def _refuse_runner(roll: Roll, athlete: AthleteId, bib: Bib) -> None:
    """Nobody is both a team of a relay and a runner in it."""
    heats = [roll.state.heats[id] for id in roll.state.legs.get(athlete, ()) if id in roll.state.heats]
    named = (legs for heat in heats if heat.event == roll.event.id for legs in heat.legs.values())
    if any(athlete in legs.athletes for legs in named):
        message = f"{bib} is a runner of a team of this relay: enter the team under a bib that no runner wears"
        raise Invalid("/bib", "runner_as_team", message)


def _put(
    roll: Roll,
    athlete: AthleteId,
    known: Known,
    before: Registered | None,
    after: Registered,
    chips: list[ChipAssigned],
) -> Outcome:
    new = athlete not in roll.state.athletes and athlete not in roll.persons
    changed = new or known != roll.known(athlete)
    if changed:
        roll.identify(athlete, known)
    if after != before:
        roll.register(after)
    for chip in chips:
        roll.assign(chip)
    if before is None:
        return "created"
    return "updated" if changed or after != before or chips else "unchanged"


def _given(roll: Roll, entry: Entry) -> dict[str, Any]:
    """The given fields as the fact has them."""
    if not entry.bib.strip():
        raise Invalid("/bib", "no_bib", "a runner needs a bib: write any text that nobody else has")
    asked: dict[str, Any] = {name: value for name in _SAME_NAME if (value := getattr(entry, name))}
    if "wave" in asked:
        asked["wave"] = spelled(roll.event, entry.wave, roll.waves)
    brought = {name: text for name in MARKS if (text := getattr(entry, name)) is not None}
    asked |= marks_of(brought)
    return asked


def marks_of(texts: Mapping[Brought, str | None], kept: Iterable[Brought] = ()) -> dict[str, Any]:
    """The fields of the fact for marks as text; `kept` are the marks that were taken by hand so far."""
    if not texts:
        return {}
    fields = {MARKS[name]: None if text is None else mark_of(text, f"/{name}") for name, text in texts.items()}
    by_hand = {name for name, text in texts.items() if text and text.strip().endswith(HAND)}
    by_hand |= {name for name in kept if name not in texts}
    return {**fields, "hand": tuple(name for name in MARKS if name in by_hand)}


def mark_of(text: str, at: str) -> Duration:
    """`10.02`, or `10.2h` for one that was taken by hand."""
    try:
        return parse_mark(text.strip().removesuffix(HAND))
    except ValueError as problem:
        raise Invalid(at, "not_a_mark", str(problem)) from problem


def _athlete(roll: Roll, bib: Bib, identity: Identity, *, amend: bool) -> tuple[AthleteId | None, Known]:
    """Who it is: by external id, else by bib; nobody yet when neither is known. And the identity from now on."""
    owner = roll.owner(bib)
    named = roll.athlete_by_external_id(identity.external_id) if identity.external_id else None
    if named is not None and owner not in (None, named):
        raise BibTaken(bib, _scope(roll), at="/bib")
    athlete = named or owner
    if athlete is None:
        return None, merged(None, identity, roll.spec)
    if roll.erased(athlete):
        raise BibTaken(bib, f"{_scope(roll)}, by a runner whose identity was erased", at="/bib")
    known = roll.known(athlete)
    if identity.external_id and known.person.external_id not in (None, identity.external_id):
        raise IdentityDiffers(bib, "external_id", at="/external_id")
    differs = difference(known, identity, roll.spec)
    if differs and not (amend and (named or roll.bibs.get(bib))):
        if roll.bibs.get(bib):
            raise BibTaken(bib, _scope(roll), at="/bib")
        raise IdentityDiffers(bib, differs, at=f"/{differs}")
    return athlete, merged(known, identity, roll.spec)


def _scope(roll: Roll) -> str:
    return "this meet" if roll.spec.bib_scope == "meet" else f"event {roll.event.spec.name!r}"


def _chips(roll: Roll, entry: Entry, athlete: AthleteId) -> list[ChipAssigned]:
    """Assignments still to be made. A chip that was ever handed to the athlete stays as it was handed out."""
    wanted = []
    for chip in dict.fromkeys(entry.chips):
        held = roll.chips(chip)
        if any(one.athlete == athlete for one in held):
            continue
        one = ChipAssigned(assignment=AssignmentId(roll.new_id("assignment")), chip=chip, athlete=athlete)
        taken = clash(held, one)
        if taken is not None:
            raise ChipTaken(chip, roll.label(taken.athlete), at="/chips")
        wanted.append(one)
    return wanted
