"""Refusals as RFC 9457 problem documents."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from http import HTTPStatus
from typing import Any, Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from app.api import faults
from app.api.faults import Fault
from app.api.problem_table import Example, Problem, line_of, problem_of
from app.domain.refusals import AnomaliesOpen, Refusal

MEDIA_TYPE: Final = "application/problem+json"
AN_ID: Final = "5f0c1e9a2b7d4c36"
"""Of a request, in examples."""


ACCEPT: Final = "POST /v1/events/{event_id}/anomalies/{anomaly_id}/accept"


def slug_of(cls: type[Example]) -> str:
    """`LaneTaken` → `lane-taken`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", line_of(cls).__name__).lower()


def document(error: Example, request_id: str, instance: str | None = None) -> tuple[int, dict[str, Any]]:
    """(status, members of the problem document)."""
    cls = type(error)
    status = problem_of(cls).status
    doc: dict[str, Any] = {
        "type": f"/problems/{slug_of(cls)}",
        "title": title_of(error),
        "status": status,
        "detail": error.detail,
        "code": code_of(error),
    }
    if instance is not None:
        doc["instance"] = instance
    if isinstance(error, AnomaliesOpen):
        doc["detail"] = f"{error.detail}; one is accepted by {ACCEPT}"
        doc["anomalies"] = [asdict(one) for one in error.anomalies]
    if found := faults_of(error):
        doc["errors"] = [_member(fault) for fault in found]
    doc["request_id"] = request_id
    return status, doc


def title_of(error: Example) -> str:
    return error.title


def code_of(error: Example) -> str:
    """What a program switches on: `lane_taken`."""
    return error.code if isinstance(error, Refusal) else slug_of(type(error)).replace("-", "_")


def faults_of(error: Example) -> tuple[Fault, ...]:
    if isinstance(error, faults.InvalidRequest):
        return error.faults
    if isinstance(error, faults.UnknownParameter):
        return tuple(Fault("unknown_parameter", "there is no such parameter here", None, name) for name in error.names)
    if isinstance(error, Refusal) and error.pointer is not None:
        return (Fault(error.code, error.detail, error.pointer),)
    return ()


def _member(fault: Fault) -> dict[str, str | None]:
    member: dict[str, str | None] = {"pointer": fault.pointer, "code": fault.code, "message": fault.message}
    if fault.parameter is not None:
        member["parameter"] = fault.parameter
    return member


def answer(error: Example, request: Request, headers: Mapping[str, str] | None = None) -> Response:
    """The problem document of a refusal, with the headers that its status asks for."""
    request_id = request.scope.get("state", {}).get("request_id", "")
    status, doc = document(error, request_id, request.url.path)
    more = dict(headers or {})
    if status == HTTPStatus.UNAUTHORIZED:
        more["WWW-Authenticate"] = 'Bearer realm="backstraight"'
    if (seconds := problem_of(type(error)).retry_after_s) is not None:
        more["Retry-After"] = str(seconds)
    return Response(msgspec.json.encode(doc), status, more, MEDIA_TYPE)


def refuses(*classes: type[Example]) -> dict[int | str, dict[str, Any]]:
    """`responses=` of a route: what it may refuse, each with an example."""
    responses: dict[int | str, dict[str, Any]] = {}
    for cls in classes:
        problem = problem_of(cls)
        described = responses.setdefault(problem.status, _response(problem.status))
        described["content"][MEDIA_TYPE]["examples"][slug_of(cls)] = _documented(problem)
    return responses


def _response(status: int) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: {"schema": schema, "examples": {}}}}


def _documented(problem: Problem) -> dict[str, Any]:
    _, doc = document(problem.example, AN_ID)
    return {"summary": title_of(problem.example), "value": doc}
