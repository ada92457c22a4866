"""An expected sheet beside the one that the product answers, runner by runner, each as it is printed."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from app.cli.script.statements import Difference, Line, Statement


@dataclass(frozen=True, slots=True)
class Row:
    """One runner as the product answers. `details` are what a line may ask for; flags and states map to themselves."""

    place: int | None
    bib: str
    mark: str | None = None
    thousandths: str | None = None
    status: str | None = None
    rule: str | None = None
    qualification: str | None = None
    details: Mapping[str, str] = field(default_factory=dict)


def differences(said: Statement, rows: Sequence[Row]) -> Iterator[Difference]:
    """Nothing where the rows are those expected, in their order."""
    shared = {place for place, count in Counter(row.place for row in rows).items() if count > 1}
    shown = rows if said.sheet.whole else rows[: len(said.sheet.lines)]
    for line, row in zip_longest(said.sheet.lines, shown):
        if line is None:
            last = said.sheet.lines[-1].number if said.sheet.lines else said.number
            yield Difference(last, f"expected nobody else, got {' '.join(_printed(row, shared))}")
            continue
        expected = _expected(line)
        came = ["nobody"] if row is None else _answered(row, line, shared)
        if came != expected:
            yield Difference(line.number, _told(expected, came))


def _told(expected: list[str], came: list[str]) -> str:
    """`place 2: expected 4 17.49, got 7 17.49`; the place again only where it is another one."""
    subject = f"bib {expected[1]}" if expected[0] == "–" else f"place {expected[0].lstrip('=')}"
    if came[0] == expected[0]:
        expected, came = expected[1:], came[1:]
    return f"{subject}: expected {' '.join(expected)}, got {' '.join(came)}"


def _expected(line: Line) -> list[str]:
    words = [line.place or "–", line.bib, line.mark, line.thousandths, line.status, line.rule, line.qualification]
    told = [value if name == value else f"{name} {value}" for name, value in line.extras]
    return [word for word in words if word and word != "OK"] + told


def _answered(row: Row, line: Line, shared: set[int | None]) -> list[str]:
    """The row with as much detail as the line has."""
    return _printed(row, shared, rule=line.rule is not None) + [_detail(row, name) for name, _ in line.extras]


def _detail(row: Row, name: str) -> str:
    if name == "unflagged":
        return name if not row.details.get("flags") else f"flagged {row.details['flags']}"
    value = row.details.get(name, "missing")
    return value if name == value else f"{name} {value}"


def _printed(row: Row, shared: set[int | None], *, rule: bool = True) -> list[str]:
    place = "–" if row.place is None else f"={row.place}" if row.place in shared else str(row.place)
    status = None if row.status == "OK" else row.status
    words = [place, row.bib, row.mark, row.thousandths, status, row.rule if rule else None, row.qualification]
    return [word for word in words if word]
