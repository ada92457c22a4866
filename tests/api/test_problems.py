"""The table of problems is whole, and every line of it can be read by a person and by a program."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import TypeVar

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

import app as package
from app.api import problems
from app.api.docs import BY_SLUG
from app.api.problem_table import BY_NATURE, PROBLEMS, line_of, problem_of
from app.api.problems import slug_of
from app.domain.ids import Bib
from app.domain.refusals import Case, Contradicts, LaneTwice, Refusal
from app.store.errors import DatabaseBusy, NotADatabase, SchemaTooNew, SchemaTooOld, StoreError

T = TypeVar("T")
NEVER_ANSWERED = {DatabaseBusy, NotADatabase, SchemaTooNew, SchemaTooOld}
"""They keep the server from starting."""


def below(cls: type[T]) -> Iterator[type[T]]:
    for one in cls.__subclasses__():
        yield one
        yield from below(one)


@pytest.fixture(scope="module", autouse=True)
def everything_is_imported() -> None:
    for module in pkgutil.walk_packages(package.__path__, "app."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def test_no_two_problems_have_one_title() -> None:
    titles = [problems.title_of(problem.example) for problem in PROBLEMS.values()]
    assert [title for title in titles if titles.count(title) > 1] == []


def test_every_refusal_of_the_program_has_a_line_of_its_own_or_is_a_case_of_one() -> None:
    ours = {cls for cls in below(Refusal) if cls.__module__.startswith("app.")} - {Case}
    assert [cls.__name__ for cls in ours if not any(above in PROBLEMS for above in cls.__mro__)] == []


def test_every_error_of_the_store_that_can_be_answered_has_a_line() -> None:
    assert set(below(StoreError)) - NEVER_ANSWERED <= set(PROBLEMS)


def test_a_refusal_without_a_line_is_found_out_where_a_route_names_it() -> None:
    class Unheard(Refusal):
        pass

    with pytest.raises(LookupError, match="Unheard"):
        problems.refuses(Unheard)


def test_a_case_of_a_listed_refusal_is_answered_like_it() -> None:
    class Finer(Contradicts):
        pass

    assert line_of(Finer) is Contradicts
    assert problem_of(Finer).status == 409
    assert slug_of(Finer) == "contradicts"


@pytest.mark.parametrize("cls", PROBLEMS, ids=lambda cls: cls.__name__)
def test_each_example_makes_a_whole_document_that_says_what_to_do(cls: type[Refusal | StoreError]) -> None:
    status, doc = problems.document(PROBLEMS[cls].example, "id", "/v1/meets")
    assert doc["status"] == status
    assert 400 <= status <= 599
    assert doc["type"] == f"/problems/{slug_of(cls)}"
    assert doc["code"].islower()
    assert doc["instance"] == "/v1/meets"
    assert len(doc["detail"]) > 15
    assert doc["title"]
    assert not doc["title"].endswith(".")


def test_no_two_problems_share_an_address() -> None:
    assert len(BY_SLUG) == len(PROBLEMS)


def test_the_sport_never_blames_the_server() -> None:
    assert set(BY_NATURE.values()) == {404, 422, 409}


def test_a_problem_points_to_the_field_at_fault() -> None:
    _, doc = problems.document(LaneTwice(4, held_by=Bib("7"), at="/heats/0/starters/5/lane"), "id")
    assert doc["errors"] == [{"pointer": "/heats/0/starters/5/lane", "code": "lane_twice", "message": doc["detail"]}]


def test_routes_document_several_problems_of_one_status_together() -> None:
    found = problems.refuses(LaneTwice, Contradicts)
    assert set(found) == {422, 409}
    assert set(found[422]["content"]["application/problem+json"]["examples"]) == {"lane-twice"}


@pytest.fixture(scope="module")
def pages() -> TestClient:
    from app.api.answers import Bytes
    from app.api.docs import router

    app = FastAPI()
    app.router.routes.extend(router.routes)
    app.state.kept = Bytes()
    return TestClient(app)


@pytest.mark.parametrize("slug", BY_SLUG)
def test_each_problem_has_a_page_of_its_own(pages: TestClient, slug: str) -> None:
    page = pages.get(f"/problems/{slug}")
    assert page.status_code == 200
    assert f"/problems/{slug}" in page.text
    assert page.headers["content-type"] == "text/html; charset=utf-8"


def test_the_list_of_problems_leads_to_each_page(pages: TestClient) -> None:
    listed = pages.get("/problems").text
    assert all(f'href="/problems/{slug}"' in listed for slug in BY_SLUG)
