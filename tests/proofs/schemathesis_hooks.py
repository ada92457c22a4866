"""What Schemathesis has to know about this API beyond its document. Loaded by its command line."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any, Final

import schemathesis
from schemathesis import Case, CheckContext, HookContext, Response

OF_ITS_SHAPE: Final = frozenset(
    {"invalid_request", "malformed_body", "unknown_parameter", "unsupported_media_type", "unknown_field"}
)
"""Codes that say: this is no such request."""
BEYOND_A_SCHEMA: Final = frozenset({"int_type", "int_from_float"})
"""JSON Schema takes 68.0 for an integer; here a number with a point is a float, and no float carries a time."""


@schemathesis.hook
def before_call(ctx: HookContext, case: Case[Any], kwargs: dict[str, Any]) -> None:
    """What is kept for some operations is left alone by the others: they ask for something that is not there."""
    if case.method.upper() != "GET":
        name = case.operation.definition.raw["operationId"]
        for parameter, id in (case.path_parameters or {}).items():
            if name not in _kept().get(str(id), (name,)):
                case.path_parameters[parameter] = f"{str(id).partition('_')[0]}_{0:032x}"


@cache
def _kept() -> dict[str, list[str]]:
    """Id → the operations that may change what it names."""
    kept: dict[str, list[str]] = json.loads(Path(os.environ["SCHEMATHESIS_KEPT"]).read_text())
    return kept


@schemathesis.check
def nothing_is_refused_for_its_shape(ctx: CheckContext, response: Response, case: Case[Any]) -> None:
    """Whoever keeps to the document is refused only for what is so in this meet: an unknown bib, a stale ETag."""
    valid = case.meta is not None and case.meta.generation.mode.is_positive
    if not valid or response.status_code not in (400, 415, 422):
        return
    problem = response.json()
    codes = {fault["code"] for fault in problem.get("errors", ())}
    if problem["code"] in OF_ITS_SHAPE and not (codes and codes <= BEYOND_A_SCHEMA):
        raise AssertionError(f"allowed by the document and refused: {problem['detail']}")


@schemathesis.check
class EverythingSucceeds:
    """Each operation does so at least once: one that always refuses was not tested."""

    def __init__(self, but: list[str] | None = None) -> None:
        self.wanted = set[str]()
        self.done = set(but or ())

    def after_response(self, ctx: CheckContext, response: Response, case: Case[Any]) -> None:
        self.wanted.add(case.operation.label)
        if response.status_code < 300:
            self.done.add(case.operation.label)

    def after_run(self, ctx: CheckContext) -> None:
        if missed := self.wanted - self.done:
            raise AssertionError(f"never succeeded: {', '.join(sorted(missed))}")


@schemathesis.serializer("application/gzip", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
def bytes_of_a_file(ctx: Any, value: Any) -> bytes:
    """As it is: such a body is a file, and hardly any bytes are one."""
    return value if isinstance(value, bytes) else str(value).encode()
