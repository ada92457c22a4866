"""Run the proofs with their whole figures and write what came out to docs/proofs.md; a run of some renews their rows.

    python tools/prove.py [pytest arguments]

A proof is a test under tests/proofs. It reads BACKSTRAIGHT_PROVE ("1" here, unset in `make test`) to choose how much it
does, and reports its figures with pytest's `record_property(name, value)`. Exit status: that of pytest.
"""

import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "proofs.md"
HEAD = "| proof | outcome | figures | seconds | commit |"
# The newer form of the report has no room for the figures of a proof.
PYTEST = (sys.executable, "-m", "pytest", "tests/proofs", "-o", "junit_family=xunit1")


@dataclass(frozen=True, slots=True)
class Proof:
    name: str
    outcome: str
    seconds: float
    figures: tuple[tuple[str, str], ...]


def read(report: Path) -> list[Proof]:
    """The proofs of a JUnit report, in its order."""
    return [_proof(case) for case in ElementTree.parse(report).iter("testcase")]


def _proof(case: ElementTree.Element) -> Proof:
    outcome = next((child.tag for child in case if child.tag in ("failure", "error", "skipped")), "holds")
    figures = tuple((p.get("name", ""), p.get("value", "")) for p in case.iter("property"))
    return Proof(case.get("name", "").removeprefix("test_"), outcome, float(case.get("time", 0)), figures)


def page(proofs: Iterable[Proof], commit: str, before: str = "") -> str:
    """Markdown, one row a proof. Rows of `before` stay where they are, but for the proofs that ran."""
    kept = {_named(line): line for line in before.splitlines() if line.startswith("| ") and HEAD not in line}
    rows = "\n".join((kept | {_words(proof.name): _row(proof, commit) for proof in proofs}).values())
    return f"""# Proofs

Written by `make prove`: the tests under `tests/proofs` with their whole figures. `make test` runs the same tests with
fewer rounds. Each row says at which commit it was made.

CPython {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores.

{HEAD}
|---|---|---|---:|---|
{rows}
"""


def _row(proof: Proof, commit: str) -> str:
    figures = ", ".join(f"{_words(name)} {value}" for name, value in proof.figures)
    return f"| {_words(proof.name)} | {proof.outcome} | {figures} | {proof.seconds:.1f} | {commit} |"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _named(row: str) -> str:
    return row.split(" | ")[0].removeprefix("| ")


def _commit() -> str:
    command = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "proofs.xml"
        command = [*PYTEST, f"--junitxml={report}", *arguments]
        outcome = subprocess.run(command, cwd=ROOT, env={**os.environ, "BACKSTRAIGHT_PROVE": "1"}, check=False)
        if report.exists():
            before = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
            PAGE.write_text(page(read(report), _commit(), before), encoding="utf-8")
    return outcome.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
