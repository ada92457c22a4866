"""What a runner is called, by the runner's own choice (`full`, `initials`, `bib`) and by age."""

from typing import Final

from app.domain.ids import Bib
from app.domain.meet import Ages, Person, PublishName
from app.views.audience import Audience

OWN_CHOICE_FROM: Final = 16
"""Younger runners are shown by their initials unless their choice was recorded."""

NOBODY: Final = Person()


def choice_of(person: Person, ages: Ages | None) -> PublishName:
    """How the public may see the name. A runner of unknown age counts as grown up."""
    if person.publish_name is not None:
        return person.publish_name
    return "initials" if ages is not None and ages.race_day < OWN_CHOICE_FROM else "full"


def name_for(audience: Audience, person: Person, ages: Ages | None, bib: Bib | None) -> str:
    """`HOLM Rune`, `R. H.`, `Bib 12`; whoever was erased is `Athlete #12` to everybody."""
    if person.erased:
        return f"Athlete #{bib}" if bib else "Athlete"
    choice = "full" if audience == "organizer" else choice_of(person, ages)
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
