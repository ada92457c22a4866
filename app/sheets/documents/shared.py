"""Places that several share: on paper with `=` before the number, where the rules want it (R44)."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Final

from app.domain.state import Event
from app.rules.rulesets import rules_of
from app.sheets.documents.printed import Printed
from app.views.audience import Item

Within = Mapping[str, Callable[[Item], Hashable]]
"""Column → whom its places are among."""

ALL_PLACES: Final[Within] = {"place": lambda item: None}
ALL_RANKS: Final[Within] = {"rank": lambda item: None}
IN_HEATS: Final[Within] = {"place": lambda item: item["heat_id"], "rank": lambda item: None}
OVERALL: Final[Within] = {
    "place": lambda item: None,
    "place_sex": lambda item: item["sex"],
    "place_category": lambda item: (item["sex"], item["category"]),
}


def with_shared(of: Printed, events: Iterable[Event], items: Sequence[Item], within: Within) -> list[Item]:
    """The same lines; `shared` names the columns whose number another line has too. As the rules of one of the events
    want it.
    """
    wanted = any(rules_of(of.state.spec, event.spec).order.shared_places == "=4" for event in events)
    return marked(items, within) if wanted else list(items)


def marked(items: Sequence[Item], within: Within) -> list[Item]:
    found = Counter((key, among(item), item[key]) for item in items for key, among in within.items())
    return [
        {
            **item,
            "shared": frozenset(
                key for key, among in within.items() if item[key] and found[key, among(item), item[key]] > 1
            ),
        }
        for item in items
    ]
