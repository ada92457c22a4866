"""Who looks, and what they may see."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

Audience = Literal["public", "organizer"]

Item = dict[str, Any]

PUBLIC_FIELDS: Final = frozenset(
    {
        *("id", "athlete_id", "registration_id", "event_id", "round", "heat", "heat_id", "seq"),
        *("bib", "bibs", "name", "sex", "nation", "club", "team", "category", "role"),
        *("wave", "lane", "position", "group"),
        *("place", "place_sex", "place_category", "rank", "status", "rule", "state", "qualification", "flags"),
        *("mark", "elapsed_us", "gun_us", "net_us", "reaction_us", "thousandths", "order_source", "wind_mps"),
        *("splits", "point", "records", "gap_us", "gap", "pace", "halves", "net_mark", "lap_us", "lap_mark"),
        *("age_grade", "percent_of_best", "points"),
        *("timed_by", "timing_note", "resolution_us", "warnings"),
        *("pb", "sb", "seed_mark", "entries", "legs", "leg", "distance_m", "score", "scorers", "others", "because"),
    }
)
"""Every field that may stand in a public answer, at any depth. Birth dates, ages and external ids never do."""

OFFICIALS_FLAGS: Final = frozenset({"wave_mismatch", "ghost_read", "possible_false_start"})
"""Said to officials only (R13, R61): they are questions, not results."""


def seen_by(audience: Audience, item: Item) -> Item:
    """The item as it may be seen; the public gets the listed fields alone, in whatever it holds too."""
    return item if audience == "organizer" else _public(item)


def _public(item: Mapping[str, Any]) -> Item:
    return {name: _inside(value) for name, value in item.items() if name in PUBLIC_FIELDS}


def _inside(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _public(value)
    return [_inside(each) for each in value] if isinstance(value, list) else value


def flags_for(audience: Audience, flags: Iterable[str]) -> list[str]:
    return [flag for flag in flags if audience == "organizer" or flag not in OFFICIALS_FLAGS]
