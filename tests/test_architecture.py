"""The shape of the program: layers, pure core, one place for SQL. The contracts stand in pyproject.toml."""

import ast
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SOURCES = sorted((ROOT / "app").rglob("*.py"))
Trees = list[tuple[Path, ast.Module]]
CONTRACTS = PROJECT["tool"]["importlinter"]["contracts"]


@pytest.fixture(scope="module")
def trees() -> Trees:
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in SOURCES]


def linted(root: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]
    return subprocess.run(command, cwd=root, env=os.environ | {"PYTHONPATH": str(root)}, capture_output=True, text=True)


def test_every_layer_imports_only_what_is_below_it() -> None:
    done = linted(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_import_that_breaks_a_contract_is_found(tmp_path: Path) -> None:
    """Each sin belongs to one contract; all of them must be reported."""
    shutil.copytree(ROOT / "app", tmp_path / "app", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for file, sin in (
        ("store/texts.py", "import app.operations.desk"),
        ("domain/ids.py", "import random"),
        ("operations/keys.py", "import sqlite3"),
        ("live.py", "import starlette"),
        ("operations/find.py", "import app.settings"),
    ):
        with (tmp_path / "app" / file).open("a", encoding="utf-8") as source:
            source.write(f"\n{sin}\n")
    done = linted(tmp_path)
    assert done.returncode != 0
    broken = [contract["name"] for contract in CONTRACTS if f"{contract['name']} BROKEN" in done.stdout]
    assert broken == [contract["name"] for contract in CONTRACTS], done.stdout


def test_no_import_hides_inside_a_function(trees: Trees) -> None:
    hidden = [
        f"{path.relative_to(ROOT)}:{inner.lineno}"
        for path, tree in trees
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_no_float_holds_a_time_in_the_core(trees: Trees) -> None:
    """A name that ends in `_us` is a number of whole microseconds."""
    floats = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in trees
        if path.relative_to(ROOT / "app").parts[0] in ("domain", "rules", "timing", "views", "sheets", "interchange")
        for node in ast.walk(tree)
        if isinstance(node, ast.AnnAssign | ast.arg)
        and _name(node).endswith("_us")
        and node.annotation is not None
        and "float" in ast.unparse(node.annotation)
    ]
    assert floats == []


def _name(node: ast.AnnAssign | ast.arg) -> str:
    return node.arg if isinstance(node, ast.arg) else ast.unparse(node.target)


def test_the_wheel_holds_the_program_and_its_migrations() -> None:
    assert PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == ["app", "migrations"]
    assert PROJECT["project"]["scripts"] == {"backstraight": "app.cli:main"}
