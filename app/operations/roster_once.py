"""What may be in one row of a list only: a runner, and a chip."""

from collections.abc import Iterator, Mapping
from typing import Final

from app.domain.ids import Chip
from app.domain.refusals import Invalid
from app.operations.roll import Roll

_REMEDIES: Final = {
    "bib": "give each runner one row",
    "external_id": "give each runner one row",
    "chip": "give each runner a chip of their own",
}


class Once:
    """Two rows for one runner are one row too many, even where they agree; a chip names one of them."""

    def __init__(self, roll: Roll) -> None:
        self._roll = roll
        self._rows: dict[tuple[str, str], int] = {}

    def refusals(self, number: int, given: Mapping[str, str]) -> Iterator[Invalid]:
        """One for each row that has a bib, an external id or a chip of this one already."""
        told = {number}
        for column, word, value in self._values(given):
            first = self._rows.setdefault((word, value), number)
            if first not in told:
                told.add(first)
                message = f"{word} {value} is in row {first} already: {_REMEDIES[word]}"
                yield Invalid(f"/{column}", f"{word}_twice", message)

    def _values(self, given: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
        """Column, what one of its texts is called, and the text."""
        yield from ((name, name, given[name]) for name in ("bib", "external_id") if name in given)
        yield from (("chips", "chip", chip) for chip in given.get("chips", "").split() if not self._handed_on(chip))

    def _handed_on(self, chip: str) -> bool:
        """From one runner to another, in the log: a list may have it beside both."""
        return len(self._roll.state.chips.get(Chip(chip), ())) > 1
