"""One table: how each refusal is answered, with an example of it.

The answer itself, the page that explains it and its entry in the OpenAPI document all come from here. A refusal that
is not here, nor one that it is a case of, cannot be named by a route.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.api import faults
from app.api.faults import Fault
from app.domain import refusals
from app.domain.ids import AnomalyId, Bib, Chip
from app.domain.refusals import Nature, Refusal
from app.live import NotThereYet
from app.operations import access, accounts
from app.operations.press import DocumentTooLarge, NotDrawnNow
from app.store import errors as store

Example = Refusal | store.StoreError

BY_NATURE: Final[Mapping[Nature, int]] = {"missing": 404, "invalid": 422, "conflict": 409, "later": 409}


@dataclass(frozen=True, slots=True)
class Problem:
    """How one kind of refusal is answered. `retry_after_s` goes with those that pass by themselves."""

    status: int
    example: Example
    retry_after_s: int | None = None


def _of(example: Refusal) -> Problem:
    """The status that the nature of the case gives."""
    return Problem(BY_NATURE[example.nature], example)


_SPORT: Final = (
    _of(refusals.NotFound("meet", "meet_0197430a2c4e7d5fa3f09a64d1c3b2e7")),
    _of(refusals.Invalid("/distance_m", "out_of_range", "an event is 100 m to 10,000 m long")),
    _of(refusals.Contradicts("heat_not_started", "the heat has not been started: record its start first")),
    _of(refusals.MeetIsClosed()),
    _of(refusals.ResultsDepend("heat 2", "a start was recorded", at="/heats/1")),
    _of(refusals.BibTaken(Bib("7"), "the 100 m", at="/bib")),
    _of(refusals.AlreadyRegistered(Bib("7"), Bib("70"))),
    _of(refusals.IdentityDiffers(Bib("7"), "birth_date", at="/birth_date")),
    _of(refusals.ExternalIdTaken("NOR-0417", at="/external_id")),
    _of(refusals.SexDoesNotFit("W", "M", at="/sex")),
    _of(refusals.ChipTaken(Chip("58003417"), Bib("7"), at="/chip")),
    _of(refusals.NotRegistered(Bib("7"), "the 100 m", at="/heats/0/starters/3/bib")),
    _of(refusals.NotInHeat("lane 3", at="/finishes/2/lane")),
    _of(refusals.OutOfMeet(Bib("7"), "YRC", 412, at="/heats/0/starters/3/bib")),
    _of(refusals.AmbiguousBib(Bib("7"), (Bib("07"), Bib("007")), at="/bib")),
    _of(refusals.LaneTwice(4, Bib("7"), at="/heats/0/starters/5/lane")),
    _of(refusals.RunnerTwice(Bib("7"), at="/heats/1/starters/0/bib")),
    _of(refusals.Undecided("heats", (Bib("7"), Bib("9")))),
    _of(
        refusals.AnomaliesOpen(
            "10 km",
            (
                refusals.Open(
                    AnomalyId("anom_0197430a2c4e7d5fa3f09a64d1c3b2ec"),
                    "missing_point",
                    Bib("417"),
                    "bib 417 finished and was not read at 5 km (R65): look whether the course was cut short",
                ),
            ),
        )
    ),
    _of(refusals.FactsDepend(41, ("start_signal 44",))),
    Problem(503, refusals.UnknownFact("ghost_runner", 3)),
    Problem(503, refusals.UnknownRules("world-athletics", "2031.2")),
    Problem(409, NotThereYet(1200, 1187), retry_after_s=1),
    _of(DocumentTooLarge(41_943_040)),
    Problem(503, NotDrawnNow("8 long documents wait already"), retry_after_s=10),
)
_EDGE: Final = (
    Problem(400, faults.BadRequest("there was an error parsing the body")),
    Problem(400, faults.MalformedBody("Expecting ',' delimiter at character 17")),
    Problem(422, faults.InvalidRequest((Fault("missing", "this field is required", "/name"),))),
    Problem(400, faults.UnknownParameter(("catgory",), ("category", "cursor", "limit"))),
    Problem(400, faults.RepeatedParameter(("limit",))),
    Problem(400, faults.BadCursor()),
    Problem(404, faults.NoSuchAddress("/v1/race")),
    Problem(405, faults.MethodNotAllowed("DELETE", "GET")),
    Problem(406, faults.NotAcceptable("format", "doc", ("csv", "json"))),
    Problem(408, faults.TooSlow()),
    Problem(413, faults.TooLarge("10,000 reads or 4 MiB")),
    Problem(415, faults.UnsupportedMediaType("text/plain", "application/json")),
    Problem(431, faults.HeadersTooLarge()),
    Problem(428, faults.MatchRequired()),
    Problem(412, faults.Stale('"42-3f9c1b2a7d"')),
    Problem(422, faults.KeyReused()),
    Problem(409, faults.KeyInUse(), retry_after_s=1),
    Problem(409, faults.AnswerLost()),
    Problem(400, faults.InvalidKey()),
    Problem(500, faults.Unexpected("5f0c1e9a2b7d4c36")),
)
_WHO_MAY: Final = (
    Problem(401, access.Unidentified()),
    Problem(401, access.BadToken("it has expired")),
    Problem(403, access.ScopeMissing("results:write")),
    Problem(403, access.NotAnAdministrator()),
    Problem(403, access.NotThisSource("finish")),
    Problem(403, accounts.ScopesExceeded(("results:write",))),
)
_STORAGE: Final = (
    Problem(507, store.StorageFull("disk is full"), retry_after_s=10),
    Problem(503, store.DatabaseUnreachable("connection refused"), retry_after_s=5),
    Problem(503, store.StoreError(), retry_after_s=5),
)

PROBLEMS: Final[Mapping[type[Example], Problem]] = {
    type(problem.example): problem for problem in (*_SPORT, *_EDGE, *_WHO_MAY, *_STORAGE)
}


def line_of(cls: type[Example]) -> type[Example]:
    """The class whose line holds for this one: itself, or the nearest above it. LookupError without one."""
    for above in cls.__mro__:
        if above in PROBLEMS:
            return above
    raise LookupError(f"{cls.__name__} has no line in the table of problems")


def problem_of(cls: type[Example]) -> Problem:
    return PROBLEMS[line_of(cls)]
