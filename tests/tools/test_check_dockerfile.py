"""Each rule of the Dockerfile check, by breaking it in the project's own Dockerfile."""

import pytest

from tools import check_dockerfile

OURS = (check_dockerfile.ROOT / "Dockerfile").read_text()
LAST_STAGE = "FROM python" + OURS.rpartition("FROM python")[2]


def test_the_dockerfile_of_this_project_is_sound() -> None:
    assert check_dockerfile.problems() == []


@pytest.mark.parametrize(
    ("ours", "broken", "problem"),
    [
        ("USER 10001", "", "runs as root"),
        ("USER 10001", "USER root", "runs as root"),
        (":3.13-slim-trixie AS", ":latest AS", "base image not pinned to a version: python:latest"),
        ("FROM python:3.13-slim-trixie AS", "FROM python AS", "base image not pinned to a version: python"),
        ("FROM python:", "FROM quay.example/python:", "a registry's host: quay.example/python:3.13-slim-trixie"),
        ("COPY app app", "COPY . .", "copied without need: ."),
        ("COPY app app", "COPY tests tests", "copied without need: tests"),
        ("COPY app app", "ADD app app", "ADD fetches and unpacks: use COPY (app app)"),
        ("--only-binary :all: --require-hashes -r requirements.txt", "-r requirements.txt", "installed without hashes"),
        ("HEALTHCHECK", "LABEL", "no HEALTHCHECK of /healthz"),
        ("/healthz", "/", "no HEALTHCHECK of /healthz"),
        ('ENTRYPOINT ["backstraight"]', "ENTRYPOINT backstraight", "no ENTRYPOINT in exec form"),
        ("COPY app app", "RUN python -m this https://example.org", "an address"),
    ],
)
def test_a_broken_rule_is_named(ours: str, broken: str, problem: str) -> None:
    assert ours in OURS
    assert any(found.startswith(problem) for found in check_dockerfile.dockerfile_problems(OURS.replace(ours, broken)))


def test_one_stage_is_not_enough() -> None:
    problems = list(check_dockerfile.dockerfile_problems(LAST_STAGE))
    assert "one stage only: build tools would be shipped" in problems


def test_an_ignore_file_must_keep_the_history_and_the_data_out() -> None:
    assert list(check_dockerfile.ignore_problems("*\n!app\n")) == []
    assert ".dockerignore lets .git through" in check_dockerfile.ignore_problems(".venv\ntests\nvar\n")
