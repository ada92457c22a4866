"""What a runner is called, by the runner's own choice (`full`, `initials`, `bib`) and by age."""

from typing import Final

from app.domain.ids import AthleteId, Bib
from app.domain.meet import Person, PublishName
from app.domain.state import MeetState, Registration
from app.rules.rulesets import rules_of
from app.views.audience import Audience

OWN_CHOICE_FROM: Final = 16
"""Younger runners are shown by their initials unless their choice was recorded."""

NOBODY: Final = Person()


def is_young(state: MeetState, athlete: AthleteId) -> bool:
    """By age; where that is not known, by a category of the event that ends below 16. Else grown up."""
    ages = state.athletes[athlete].ages
    if ages is not None:
        return ages.race_day < OWN_CHOICE_FROM
    return any(_for_the_young(state, state.registrations[id]) for id in state.by_athlete.get(athlete, ()))


def _for_the_young(state: MeetState, registration: Registration) -> bool:
    """The category that the entry names, in words that the event has a rule for, or else its ruleset."""
    named = registration.entry.category
    if named is None:
        return False
    spec = state.events[registration.entry.event].spec
    own = [one for one in spec.categories if one.name == named]
    rules = own or [one for one in rules_of(state.spec, spec).categories.groups if one.name == named]
    return any(one.max_age is not None and one.max_age < OWN_CHOICE_FROM for one in rules)


def choice_of(person: Person, young: bool) -> PublishName:
    """How the public may see the name."""
    if person.publish_name is not None:
        return person.publish_name
    return "initials" if young else "full"


def name_for(audience: Audience, person: Person, young: bool, bib: Bib | None) -> str:
    """`HOLM Rune`, `R. H.`, `Bib 12`; whoever was erased is `Athlete #12` to everybody."""
    if person.erased:
        return f"Athlete #{bib}" if bib else "Athlete"
    choice = "full" if audience == "organizer" else choice_of(person, young)
    match choice:
        case "full":
            name = full_name(person)
        case "initials":
            name = initials(person)
        case "bib":
            name = ""
    return name or (f"Bib {bib}" if bib else "Athlete")


def full_name(person: Person) -> str:
    """Family name in capitals, first (R52)."""
    return f"{person.family_name.upper()} {person.given_name}".strip()


def initials(person: Person) -> str:
    """Given name first: `R. H.`"""
    return " ".join(f"{name.strip()[0].upper()}." for name in (person.given_name, person.family_name) if name.strip())


def origin_for(audience: Audience, person: Person) -> tuple[str | None, str | None]:
    """(nation, club). Who wants to be a bib alone is not told apart by them either."""
    if audience == "public" and person.publish_name == "bib":
        return None, None
    return person.nation, person.club


def name_parts(audience: Audience, person: Person, young: bool, bib: Bib | None) -> tuple[str, str]:
    """(family name, given name) for files that keep them apart; as entered, or by what `name_for` would show."""
    if person.erased or (audience == "public" and choice_of(person, young) != "full") or not full_name(person):
        return name_for(audience, person, young, bib), ""
    return person.family_name, person.given_name
