"""Of small faults put into the rules and into timing, one at a time, the tests find nearly all."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.proofs.conftest import Amount

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("app", "docs", "migrations", "tests", "pyproject.toml", "README.md")
FILES = (("app/rules/places.py", "app/rules/rounding.py"), ("app/rules/*.py", "app/timing/*.py"))
TESTS = (
    ("tests/rules/test_places.py", "tests/rules/test_rounding.py", "tests/rules/test_marks.py"),
    ("tests/rules", "tests/timing", "tests/views", "tests/cli/test_script_races.py"),
)
MOST = 1_500
"""So many are tried of the whole, drawn by lot: all of them take hours, and these tell the share to within 2 %."""
LEAST_KILLED = 0.9
FIRST = "app.rules.places.x_places__mutmut_1"
TRIED = ("killed", "timeout", "survived", "no_tests", "suspicious", "segfault")

CONFIG = """
[tool.mutmut]
source_paths = ["app/"]
only_mutate = {files}
pytest_add_cli_args_test_selection = {tests}
pytest_add_cli_args = ["-n0", "-p", "no:cacheprovider"]
also_copy = {needed}
"""


def test_nine_of_ten_faults_in_rules_and_timing_are_found(
    tmp_path: Path, amount: Amount, record_property: Callable[[str, object], None]
) -> None:
    scope = amount(0, 1)
    for name in NEEDED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    with (tmp_path / "pyproject.toml").open("a") as file:
        lists = {"files": FILES[scope], "tests": TESTS[scope], "needed": NEEDED}
        file.write(CONFIG.format_map({name: json.dumps(values) for name, values in lists.items()}))
    run = ["run", "--max-children", str(os.cpu_count())]
    if scope:
        _mutmut(tmp_path, *run, FIRST)
        names = [line.split(":")[0].strip() for line in _mutmut(tmp_path, "results", "--all", "true").splitlines()]
        run += Random(MOST).sample(names, MOST)
    _mutmut(tmp_path, *run)
    _mutmut(tmp_path, "export-cicd-stats")
    counts = json.loads((tmp_path / "mutants" / "mutmut-cicd-stats.json").read_text())
    tried, found = sum(counts[name] for name in TRIED), counts["killed"] + counts["timeout"]
    record_property("faults", f"{tried} of {counts['total']}")
    record_property("found", f"{found} ({found / tried:.1%})")
    assert tried >= amount(20, 1_000)
    assert found >= LEAST_KILLED * tried, _mutmut(tmp_path, "results")


def _mutmut(folder: Path, *arguments: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    done = subprocess.run(
        [sys.executable, "-m", "mutmut", *arguments],
        cwd=folder,
        env={**environment, "BACKSTRAIGHT_EXAMPLES": "10", "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.fail(f"mutmut {arguments[0]} ended with {done.returncode}: {done.stdout[-2_000:]}{done.stderr[-2_000:]}")
    return done.stdout
