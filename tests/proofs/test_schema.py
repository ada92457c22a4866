"""Schemathesis reads the document and tries everything that it says, and much that it does not say.

It works with an administrator's token on a server with a small meet, whose ids stand in the document's examples.
"""

import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.api.examples import ID_EXAMPLES
from bench.server import TOKEN, free_port, launch, wait_until_healthy
from tests.api.whole import whole
from tests.proofs.conftest import Amount
from tests.proofs.scenes import ID, set_up
from tests.proofs.small_meet import SmallMeet

ROOT = Path(__file__).parent.parent.parent
SEED = 2026
CONFIG = """
request-timeout = 30

[phases.stateful]
max-steps = 12

# What is well-formed may still not be possible in this meet: 400 a cursor of another list, 412 and 428 an ETag that is
# stale or missing, 413 too many reads, 422 a bib that nobody wears. The check `nothing_is_refused_for_its_shape` says
# that nothing else is behind these.
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", "400", "401", "403", "404", "409", "412", "413", "422", "428"]

# Whether the ETag is stale is asked before whether there is such a day.
[checks.negative_data_rejection]
expected-statuses = ["400", "401", "403", "404", "405", "406", "409", "412", "413", "415", "422", "428"]

# A time at the line belongs to a running: it is no longer there when the heat is run again in between. A token that was
# revoked stays to be seen, with the instant. A new meet has no logo.
[[operations]]
include-operation-id = ["get_time", "get_token", "get_device", "get_logo"]
checks.ensure_resource_availability.enabled = false
"""
NOT_HERE = (
    # Take a file that was archived or backed up before: tests/api/test_archives.py.
    "POST /v1/meets/archive",
    "POST /v1/admin/restore",
)
"""Operations that need not succeed once."""
ENDING = frozenset({"close_meet", "reopen_meet", "close_heat", "reopen_heat", "recall_heat", "rerun_heat"})


@contextmanager
def serving(folder: Path, database_url: str | None) -> Iterator[httpx.Client]:
    port = free_port()
    server = launch(port, folder, database_url)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_healthy(url)
        with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=60) as api:
            yield api
    finally:
        server.terminate()
        server.wait(20)


def document_of(api: httpx.Client, meet: SmallMeet, spare: SmallMeet) -> Any:
    """The document as it is served, its examples naming what is there."""
    text = api.get("/v1/openapi.json").raise_for_status().text
    for name, id in ID_EXAMPLES.items():
        text = text.replace(id, meet.ids.get(name, id))
    document = json.loads(text)
    for item in document["paths"].values():
        for method, operation in item.items():
            if "parameters" in operation:
                operation["parameters"] = whole(document, operation["parameters"])
            _exemplify(operation, spare if ends(method, operation) else meet)
    return document


def ends(method: str, operation: Any) -> bool:
    """Whether it takes away what the others work with: it gets a meet of its own."""
    return method == "delete" or operation["operationId"] in ENDING


def _exemplify(operation: Any, meet: SmallMeet) -> None:
    name = operation["operationId"]
    for parameter in operation.get("parameters", ()):
        if found := meet.found(name, parameter["name"]):
            parameter["example"] = found
    if name in meet.bodies:
        media = operation["requestBody"]["content"]["application/json"]
        media.pop("examples", None)
        media["example"] = meet.bodies[name]


def config(document: Any, meet: SmallMeet, spare: SmallMeet, but_coverage: list[str], every: bool) -> str:
    """Half of the ids that are drawn are of the meet, and as often If-Match lets through."""
    lines = [CONFIG, f"[checks.EverythingSucceeds]\nenabled = {json.dumps(every)}\nbut = {json.dumps(NOT_HERE)}"]
    lines += [f"[dictionaries.{name}]\nvalues = [{json.dumps(value)}]" for name, value in _values(meet, spare)]
    lines += ["[parameters]", *_bound("meet", meet), '"header.if-match" = {dictionary = "any", probability = 0.5}']
    lines += [f"[[operations]]\ninclude-operation-id = {json.dumps(ending(document))}", "[operations.parameters]"]
    lines += _bound("spare", spare)
    if but_coverage:
        lines.append(
            f"[[operations]]\ninclude-operation-id = {json.dumps(but_coverage)}\nphases.coverage.enabled = false"
        )
    return "\n".join(lines)


def _values(meet: SmallMeet, spare: SmallMeet) -> Iterator[tuple[str, Any]]:
    yield "any", "*"
    for prefix, of in (("meet", meet), ("spare", spare)):
        yield from ((f"{prefix}_{name}", value) for name, value in of.ids.items())


def _bound(prefix: str, meet: SmallMeet) -> list[str]:
    return [f'"path.{name}" = {{dictionary = "{prefix}_{name}", probability = 0.5}}' for name in meet.ids]


def ending(document: Any) -> list[str]:
    return [o["operationId"] for item in document["paths"].values() for m, o in item.items() if ends(m, o)]


def names(document: Any) -> list[str]:
    return [operation["operationId"] for item in document["paths"].values() for operation in item.values()]


def run(
    api: httpx.Client, folder: Path, examples: int, document: Any, settings: str
) -> subprocess.CompletedProcess[str]:
    (folder / "openapi.json").write_text(json.dumps(document))
    (folder / "schemathesis.toml").write_text(settings)
    command = [
        str(Path(sys.executable).with_name("schemathesis")),
        f"--config-file={folder / 'schemathesis.toml'}",
        "run",
        str(folder / "openapi.json"),
        f"--url={api.base_url}",
        f"--header=Authorization: Bearer {TOKEN}",
        "--phases=examples,coverage,fuzzing,stateful",
        f"--max-examples={examples}",
        f"--seed={SEED}",
        "--generation-database=none",
        "--continue-on-failure",
        "--no-shrink",
        "--no-color",
    ]
    environment = os.environ | {
        "SCHEMATHESIS_HOOKS": "tests.proofs.schemathesis_hooks",
        "SCHEMATHESIS_KEPT": str(folder / "kept.json"),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    (folder / "schemathesis.log").write_text(done.stdout + done.stderr)
    return done


def prove(
    folder: Path, database_url: str | None, amount: Amount, record_property: Callable[[str, object], None]
) -> None:
    with serving(folder, database_url) as api:
        meet, spare = SmallMeet(api).build(), SmallMeet(api).build()
        kept = set_up(meet, spare)
        document = document_of(api, meet, spare)
        lasting = sorted(set(names(document)) - set(ending(document)))
        kept |= {id: lasting for id in meet.ids.values() if ID.fullmatch(str(id))}
        (folder / "kept.json").write_text(json.dumps(kept))
        # The cases of the coverage phase are all that there are, for each operation; here for some of them.
        left_out = random.Random(SEED).sample(names(document), amount(len(names(document)) * 15 // 16, 0))
        settings = config(document, meet, spare, left_out, every=bool(amount(0, 1)))
        found = run(api, folder, amount(1, 50), document, settings)
    assert found.returncode == 0, found.stdout + found.stderr
    assert all(f"✅ {phase}" in found.stdout for phase in ("Examples", "Coverage", "Fuzzing", "Stateful"))
    generated = re.search(r"(\d+) generated", found.stdout)
    record_property("requests", generated[1] if generated else "unknown")


def test_the_server_keeps_to_its_document(
    tmp_path: Path, amount: Amount, record_property: Callable[[str, object], None]
) -> None:
    prove(tmp_path, None, amount, record_property)


@pytest.mark.skipif(os.environ.get("BACKSTRAIGHT_PROVE") != "1", reason="make prove: the same again on PostgreSQL")
def test_the_server_keeps_to_its_document_on_postgresql(
    tmp_path: Path, new_postgres_url: Callable[[], str], amount: Amount, record_property: Callable[[str, object], None]
) -> None:
    prove(tmp_path, new_postgres_url(), amount, record_property)
