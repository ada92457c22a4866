"""Documentation that needs no network: the OpenAPI document, a reader for it, and a page for every problem."""

from html import escape
from pathlib import Path
from typing import Any, Final

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.api import problems
from app.api.answers import Replying
from app.api.auth import anyone
from app.api.conditional import etag_of
from app.api.faults import NoSuchAddress
from app.api.problem_table import PROBLEMS, Problem
from app.api.route import Router

router: Final = Router(tag="documentation")

_FILES: Final = Path(__file__).parent / "static"
_TYPES: Final = {".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css"}
STATIC: Final = {name: (_FILES / name).read_bytes() for name in ("docs.html", "docs.js", "docs.css")}
BY_SLUG: Final = {problems.slug_of(cls): problem for cls, problem in PROBLEMS.items()}

_THIS: Final[dict[str, Any]] = {"schema": {"type": "object"}, "example": {"openapi": "3.1.0"}}

_PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Backstraight</title>
<link rel="stylesheet" href="/docs/docs.css">
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""


@router.get("/v1/openapi.json", response_class=Response, responses={200: {"content": {"application/json": _THIS}}})
@anyone()
def openapi(request: Request, reply: Replying) -> Response:
    """This document."""
    document: dict[str, Any] = request.app.openapi()
    return reply.tagged(etag_of("openapi"), lambda: msgspec.json.encode(document))


@router.get("/", response_class=Response, include_in_schema=False)
@anyone()
def to_docs() -> Response:
    """Whoever opens the address in a browser."""
    return RedirectResponse("/docs", 303)


@router.get("/docs", response_class=HTMLResponse, include_in_schema=False)
@anyone()
def read_docs(reply: Replying) -> Response:
    return _static("docs.html", reply)


@router.get("/docs/{name}", response_class=Response, include_in_schema=False)
@anyone()
def docs_file(name: str, reply: Replying) -> Response:
    if name not in STATIC:
        raise NoSuchAddress(f"/docs/{name}")
    return _static(name, reply)


@router.get("/problems", response_class=HTMLResponse)
@anyone()
def list_problems(reply: Replying) -> Response:
    """Everything that an answer may refuse, for people."""
    return reply.tagged(etag_of("problems"), lambda: _index().encode(), _TYPES[".html"])


@router.get("/problems/{slug}", response_class=HTMLResponse, responses=problems.refuses(NoSuchAddress))
@anyone()
def read_problem(slug: str, reply: Replying) -> Response:
    """What one `type` of problem means and what to do about it, for people."""
    problem = BY_SLUG.get(slug)
    if problem is None:
        raise NoSuchAddress(f"/problems/{slug}")
    return reply.tagged(etag_of("problem", slug), lambda: _page(slug, problem).encode(), _TYPES[".html"])


def _static(name: str, reply: Replying) -> Response:
    return reply.tagged(etag_of(name, STATIC[name]), lambda: STATIC[name], _TYPES[Path(name).suffix])


def _index() -> str:
    lines = sorted(BY_SLUG.items(), key=lambda item: (item[1].status, item[0]))
    rows = "\n".join(f"<tr><td>{problem.status}</td><td>{_link(slug, problem)}</td></tr>" for slug, problem in lines)
    table = f"<table><thead><tr><th>Status</th><th>Problem</th></tr></thead><tbody>\n{rows}\n</tbody></table>"
    return _PAGE.format(title="Problems", body=f"<h1>Problems</h1>\n{table}")


def _link(slug: str, problem: Problem) -> str:
    return f'<a href="/problems/{slug}">{escape(problems.title_of(problem.example))}</a>'


def _page(slug: str, problem: Problem) -> str:
    title = escape(problems.title_of(problem.example))
    about = (type(problem.example).__doc__ or "").partition("\n")[0]
    _, shown = problems.document(problem.example, problems.AN_ID)
    example = msgspec.json.format(msgspec.json.encode(shown), indent=2).decode()
    body = (
        f'<p><a href="/problems">Problems</a> · <a href="/docs">API</a></p>\n<h1>{title}</h1>\n'
        f"<p>Status {problem.status}, type <code>/problems/{slug}</code>.</p>\n"
        f"{'' if about.startswith(type(problem.example).__name__) else f'<p>{escape(about)}</p>'}\n"
        f"<p>For example: {escape(problem.example.detail)}.</p>\n<pre>{escape(example)}</pre>"
    )
    return _PAGE.format(title=title, body=body)
