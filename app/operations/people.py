"""Identity as a request gives it, and how it meets the person that is already known."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Final
from unicodedata import normalize

from app.domain.ids import AthleteId
from app.domain.meet import Ages, MeetSpec, Person, PublishName, Sex
from app.domain.refusals import Invalid
from app.operations.ages import aged, ages_of, born


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A field that is None was not given."""

    sex: Sex
    family_name: str | None = None
    given_name: str | None = None
    birth_date: str | None = None
    age: int | None = None
    nation: str | None = None
    club: str | None = None
    publish_name: PublishName | None = None
    external_id: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A person and what the log holds of it."""

    person: Person
    ages: Ages | None


_FIELDS: Final = tuple(field.name for field in fields(Identity) if field.name != "age")


def checked(identity: Identity, spec: MeetSpec, *, known: bool = False) -> Identity:
    """With a name, unless the athlete is `known`, and a possible birth date; names in one spelling of letters (NFC)."""
    family_name, given_name = _name(identity.family_name), _name(identity.given_name)
    if not (family_name or given_name or known):
        raise Invalid("/family_name", "no_name", "give a family_name, a given_name or both")
    if identity.birth_date is not None:
        born(identity.birth_date, spec)
    if identity.age is not None:
        aged(identity.age)
    if (family_name, given_name) == (identity.family_name, identity.given_name):
        return identity
    return replace(identity, family_name=family_name, given_name=given_name)


def difference(known: Known, identity: Identity, spec: MeetSpec) -> str | None:
    """The first field that says something else than what is known; what one side leaves open does not differ."""
    for name in _FIELDS:
        given, held = getattr(identity, name), getattr(known.person, name)
        if given and held and given != held:
            return name
    ages = ages_given(identity, spec)
    if ages is not None and known.ages is not None and ages != known.ages:
        return "age" if identity.birth_date is None else "birth_date"
    return None


def merged(known: Known | None, identity: Identity, spec: MeetSpec) -> Known:
    """What is known with what was given; a birth date says more than an age."""
    given = {name: value for name in _FIELDS if (value := getattr(identity, name))}
    person = replace(known.person, **given) if known else Person(**given)
    if person.birth_date is not None:
        return Known(person, ages_of(person.birth_date, spec))
    return Known(person, ages_given(identity, spec) or (known.ages if known else None))


def ages_given(identity: Identity, spec: MeetSpec) -> Ages | None:
    if identity.birth_date is not None:
        return ages_of(identity.birth_date, spec)
    return None if identity.age is None else aged(identity.age)


def by_external_id(people: Mapping[AthleteId, Person]) -> dict[str, AthleteId]:
    return {person.external_id: id for id, person in people.items() if person.external_id and not person.erased}


def _name(name: str | None) -> str | None:
    return None if name is None else normalize("NFC", name.strip())
