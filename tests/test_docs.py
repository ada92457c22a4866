"""What the documentation promises is there, and what is to be typed works as printed, line by line."""

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from app.cli.child import running
from app.cli.commands import COMMANDS, GROUPS

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
IDS = [str(page.relative_to(ROOT)) for page in PAGES]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
CURL = Path(__file__).parent / "cli" / "curl.py"


def test_every_make_target_that_is_named_exists() -> None:
    named = {target for page in PAGES for target in re.findall(r"\bmake ([a-z]+)`", page.read_text(encoding="utf-8"))}
    assert {"run", "test", "setup", "check", "bench", "prove", "openapi", "lock", "help"} <= TARGETS
    assert named <= TARGETS


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_every_command_that_is_named_exists(page: Path) -> None:
    named = re.findall(r"\bbackstraight ([a-z][a-z-]*)\b", page.read_text(encoding="utf-8"))
    assert set(named) - {"with", "and"} <= {*COMMANDS, *GROUPS}


def test_the_readme_names_every_command() -> None:
    assert {name for name in (*COMMANDS, *GROUPS) if f"`backstraight {name}`" not in README} == set()


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))
    broken = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert broken == []


def test_the_guide_to_adding_a_rule_shows_what_is_there() -> None:
    guide, shown = (ROOT / "docs/guide/adding-a-rule.md").read_text(encoding="utf-8"), list[tuple[str, str]]()
    for part in re.finditer(r"^(?:`(?P<file>[^`]+)`:\n\n)?```(?:python|toml)\n(?P<code>.*?)^```$", guide, re.M | re.S):
        shown.append((part["file"] or shown[-1][0], part["code"]))
    assert [file for file, _ in shown] == [
        *("app/rules/wind.py", "app/rules/wind.py"),
        *("app/rules/data/rulesets/world-athletics.toml", "tests/rules/test_wind.py"),
    ]
    assert [file for file, code in shown if code not in (ROOT / file).read_text(encoding="utf-8")] == []


def test_every_decision_is_in_their_list() -> None:
    listed = (ROOT / "docs/decisions/README.md").read_text(encoding="utf-8")
    pages = {page.name for page in ROOT.glob("docs/decisions/*.md")} - {"README.md"}
    assert {page for page in pages if f"({page})" not in listed} == set()
    for page in pages:
        text = (ROOT / "docs/decisions" / page).read_text(encoding="utf-8")
        for part in ("**Context.**", "**Decision.**", "**Consequences.**", "**Rejected.**"):
            assert part in text, f"{page} has no {part}"


def tracked() -> Iterator[Path]:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        yield from (
            path for folder in ("app", "docs", "tests") for path in (ROOT / folder).rglob("*") if path.is_file()
        )
        return
    names = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    yield from (ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file())


def test_no_file_names_a_registry_or_a_place_on_somebodys_machine() -> None:
    hosts = "|".join(("py" + "pi", "python" + "hosted", "npm" + "js")) + r")[.]org"
    places = "|".join(("/wo" + "rk/", "/ro" + "ot/", "/Us" + "ers/"))
    forbidden = re.compile(f"({hosts}|{places}")
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in tracked()
        if (match := forbidden.search(path.read_bytes().decode("utf-8", "ignore")))
    ]
    assert found == []


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def as_printed(page: Path, folder: Path, port: int) -> str:
    """What the page's blocks marked `sh` answer, one after the other in one shell, on a server of their own.

    Their `curl` is ours: not every machine has one, and this one fails where the server refuses.
    """
    blocks = re.findall(r"^```sh\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    curl = folder / "curl"
    curl.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{CURL}" "$@"\n')
    curl.chmod(0o755)
    with running(folder / "data", port) as child:
        environment = os.environ | {
            "PATH": f"{folder}:{Path(sys.executable).parent}:{os.environ['PATH']}",
            "BACKSTRAIGHT_BASE": child.base,
            "BACKSTRAIGHT_TOKEN": child.token,
        }
        done = subprocess.run(
            ["sh", "-eu"],
            input="\n".join(blocks),
            env=environment,
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            timeout=240,
        )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout


def test_the_tour_of_the_readme_works_as_printed(tmp_path: Path, free_port: int) -> None:
    said = as_printed(ROOT / "README.md", tmp_path, free_port)
    assert '"mark": "4:20"' in said, "Ada's net time, rounded up"
    assert '"city": "Bremen"' in said
    assert "\npublic\n" in said
    assert "'after': {'place': None, " in said
    assert "turned to run forwards" in said


def test_the_two_meets_of_the_guide_work_as_printed(tmp_path: Path, free_port: int) -> None:
    said = as_printed(ROOT / "docs/guide/meets.md", tmp_path, free_port)
    rows = [line.split("\t") for line in said.splitlines()]
    assert [row[4] for row in rows if len(row) == 6 and row[5] in ("OK", "DQ")] == [
        *("Q", "Q", "Q", "q", "None"),
        *("Q", "Q", "Q", "q", "None"),
    ]
    assert ["1", "11", "ALBRECHT Hanna", "11.30", "OK"] in rows
    assert ["3", "102", "ROSSI Chiara", "W40", "43:06", "2585572000", "2590442000"] in rows
    assert ["None", "102", "ROSSI Chiara"] in rows, "the mat at 5 km missed her"
    assert ["4", "103", "SMIT Nils", "50:03"] in rows, "as anybody may read it"
    assert "C999" in said


def test_files_of_other_programs_work_as_printed(tmp_path: Path, free_port: int) -> None:
    said = as_printed(ROOT / "docs/guide/interchange.md", tmp_path, free_port)
    lines = said.replace("\r", "").splitlines()
    assert "'Norway' is no code of a nation (such as NOR): it is taken as NOR" in said
    assert lines.count("bib") == 2, "said, and remembered"
    for line in (
        ",281,4,Ito,Ren,Harbour AC,",
        "1,281,4,Ito,Ren,Harbour AC,10.85,,10.842,0.151,,,,,",
        "2,007,3,Holm,Rune,IL Bak,10.85,,0.004,0.162,,,,,",
        "DNF,12,6,Brandt,,Bergen,,,,,,,,,",
        "1,DNF,12,",
        "10.85",
        "the runners of this team are named once it is drawn: import the list again then",
        "91,,Ek,M,,,,,1,1,,21.80,21.80,,OK",
    ):
        assert line in lines, line


def test_long_documents_are_drawn_as_printed(tmp_path: Path, free_port: int) -> None:
    said = as_printed(ROOT / "docs/guide/sheets.md", tmp_path, free_port).split()
    created, *percents, document = said
    assert created == "2100"
    assert percents == sorted(percents, key=int)
    assert re.fullmatch(r"/v1/jobs/job_[0-9a-f]{32}/document", document)
    assert (tmp_path / "entries.pdf").read_bytes().startswith(b"%PDF-")
    assert (tmp_path / "entries.xlsx").read_bytes().startswith(b"PK")


class Refuser(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_error(401)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing."""


def test_the_curl_of_these_tests_fails_where_the_server_refuses() -> None:
    with HTTPServer(("127.0.0.1", 0), Refuser) as server:
        asking = threading.Thread(target=server.handle_request)
        asking.start()
        command = [sys.executable, str(CURL), "-s", f"http://127.0.0.1:{server.server_port}/v1/tokens"]
        done = subprocess.run(command, capture_output=True, text=True)
        asking.join()
    assert done.returncode != 0
    assert "401" in done.stderr
