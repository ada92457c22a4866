"""Run the proofs with their whole figures and write what came out to docs/proofs.md.

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


def page(proofs: Iterable[Proof]) -> str:
    """Markdown, one row a proof."""
    rows = "\n".join(_row(proof) for proof in proofs)
    return f"""# Proofs

Written by `make prove`: the tests under `tests/proofs` with their whole figures. `make test` runs the same tests with
fewer rounds. CPython {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores.

| proof | outcome | figures | seconds |
|---|---|---|---:|
{rows}
"""


def _row(proof: Proof) -> str:
    figures = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in proof.figures)
    return f"| {proof.name.replace('_', ' ')} | {proof.outcome} | {figures} | {proof.seconds:.1f} |"


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "proofs.xml"
        command = [*PYTEST, f"--junitxml={report}", *arguments]
        outcome = subprocess.run(command, cwd=ROOT, env={**os.environ, "BACKSTRAIGHT_PROVE": "1"}, check=False)
        if report.exists():
            PAGE.write_text(page(read(report)), encoding="utf-8")
    return outcome.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
