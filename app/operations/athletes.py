"""Athletes of a meet: make, correct, erase. Their identity stands beside the log, never in it."""

from dataclasses import fields, replace
from typing import Final

from app.domain.facts import AthleteDescribed, AthleteErased
from app.domain.ids import AthleteId
from app.domain.meet import MeetSpec, Person
from app.domain.refusals import ExternalIdTaken, Invalid, SexDoesNotFit
from app.domain.state import Athlete, MeetState
from app.operations.ages import aged, ages_of, born
from app.operations.erasure import written_about
from app.operations.find import athlete_of, spec_of
from app.operations.people import Identity, Known, by_external_id, checked, merged
from app.operations.sheet import Given, Sheet, writable

_NAMES: Final = ("family_name", "given_name")
_PERSON: Final = frozenset(field.name for field in fields(Person)) - {"erased"}


def create(sheet: Sheet, identity: Identity) -> AthleteId:
    """An athlete without an entry yet."""
    state = writable(sheet.state)
    spec = spec_of(state)
    known = merged(None, checked(identity, spec), spec)
    id = AthleteId(sheet.new_id("athlete"))
    _external_id_free(sheet, id, known.person)
    _put(sheet, id, known)
    return id


def change(sheet: Sheet, id: AthleteId, given: Given) -> None:
    """Correct the identity in all events at once. `age` counts where no birth date is known."""
    state = writable(sheet.state)
    athlete, person = athlete_of(state, id), sheet.people.get(id, Person())
    known = decide_change(spec_of(state), athlete, person, given)
    if known == Known(person, athlete.ages):
        return
    _sex_fits(state, id, known.person)
    _external_id_free(sheet, id, known.person)
    _put(sheet, id, known)


def decide_change(spec: MeetSpec, athlete: Athlete, person: Person, given: Given) -> Known:
    """The identity with the given fields. A birth date that is cleared takes its ages along."""
    if given.get("sex", "M") is None:
        raise Invalid("/sex", "null", "an athlete has a sex: M, W or X")
    named = {name: (given[name] or "").strip() for name in _NAMES if name in given}
    after = replace(person, **{name: value for name, value in given.items() if name in _PERSON} | named)
    if not (after.family_name or after.given_name):
        raise Invalid("/family_name", "no_name", "an athlete keeps at least one name: erase the athlete instead")
    if after.birth_date is not None:
        return Known(after, ages_of(born(after.birth_date, spec), spec))
    if given.get("age") is not None:
        return Known(after, aged(given["age"]))
    cleared = "age" in given or person.birth_date is not None
    return Known(after, None if cleared else athlete.ages)


def erase(sheet: Sheet, id: AthleteId) -> None:
    """Names, birth date and all other identity go for good, with what officials wrote about the athlete; bibs, places
    and times stay. In a closed or withdrawn meet too: who asks to be forgotten does not wait until it is reopened."""
    state = sheet.state
    athlete_of(state, id)
    sheet.tx.people.erase(sheet.meet_id, id)
    sheet.tx.texts.erase(sheet.meet_id, written_about(state, id, sheet.tx.reads, sheet.meet_id))
    # Answers that are kept for repetitions hold names, and reasons of rulings.
    sheet.tx.idempotency.forget([id, *state.by_athlete.get(id, ())])
    sheet.record(AthleteErased(athlete=id))


def _put(sheet: Sheet, id: AthleteId, known: Known) -> None:
    sheet.tx.people.put_many(sheet.meet_id, {id: known.person})
    sheet.record(AthleteDescribed(athlete=id, sex=known.person.sex, ages=known.ages))


def _sex_fits(state: MeetState, id: AthleteId, person: Person) -> None:
    for registration in map(state.registrations.__getitem__, state.by_athlete.get(id, ())):
        event = state.events[registration.entry.event]
        if event.spec.sex not in ("X", person.sex) and not registration.withdrawn and not event.withdrawn:
            raise SexDoesNotFit(person.sex, event.spec.sex, at="/sex")


def _external_id_free(sheet: Sheet, id: AthleteId, person: Person) -> None:
    if person.external_id is not None and by_external_id(sheet.people).get(person.external_id, id) != id:
        raise ExternalIdTaken(person.external_id, at="/external_id")
