"""An entry in full, the categories of an event that it is in, entries by bib, and start lists."""

from typing import Any

from tests.api.organizer import Organizer

IDA = {"family_name": "Brandt", "given_name": "Ida", "sex": "W", "birth_date": "1994-09-26", "nation": "NOR"}
CATEGORIES = [
    {"name": "W30", "sex": "W", "min_age": 30, "max_age": 34, "age_on": "race_day"},
    {"name": "W35", "sex": "W", "min_age": 35, "max_age": 39, "age_on": "race_day"},
]


def entries(organizer: Organizer, event: str) -> dict[str, str]:
    """Bib → name."""
    return {one["bib"]: one["name"] for one in organizer.items(f"/events/{event}/registrations")}


def lists(*heats: list[Any]) -> dict[str, Any]:
    """Heats of (bib, lane) or bibs, numbered from 1."""

    def starter(one: Any) -> dict[str, Any]:
        return {"bib": one[0], "lane": one[1]} if isinstance(one, tuple) else {"bib": one}

    numbered = enumerate(heats, 1)
    return {"heats": [{"number": number, "starters": list(map(starter, heat))} for number, heat in numbered]}
