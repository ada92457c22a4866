"""The server's own log tells no secrets and cannot be forged by what is sent."""

import json

import pytest
import structlog
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.api import logs
from app.operations import keys


@pytest.fixture(autouse=True)
def configured() -> None:
    logs.configure()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    captured = capsys.readouterr()
    assert captured.out == ""
    return [json.loads(line) for line in captured.err.splitlines()]


def test_each_line_is_one_object_whatever_is_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    structlog.get_logger().info("left", path='/v1/meets\r\n{"event": "forged"}\x1b[2J')
    (line,) = lines(capsys)
    assert line["event"] == "left"
    assert line["level"] == "info"
    assert line["timestamp"].endswith("Z")


def test_a_token_is_left_out_wherever_it_got_in(capsys: pytest.CaptureFixture[str]) -> None:
    token = keys.make("dev", "tok_1").text
    log = structlog.get_logger()
    log.info("sent", header=f"Bearer {token}", other="bearer the-word-of-somebody")
    try:
        raise ValueError(f"cannot read {token}")
    except ValueError:
        log.exception("unexpected")
    written = json.dumps(lines(capsys))
    assert token not in written
    assert token[-20:] not in written
    assert "the-word" not in written
    assert "cannot read" in written


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_traceback_shows_no_values(probing: FastAPI, client: TestClient, capsys: pytest.CaptureFixture[str]) -> None:
    client.post("/probe/organizations", json={"text": "breaks after the commit"})
    (line,) = lines(capsys)
    assert "ZeroDivisionError" in line["exception"]
    assert "Traceback" in line["exception"]
    assert "breaks after" not in line["exception"].replace('if body.text == "breaks after the commit"', "")
