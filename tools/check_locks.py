"""The lock files: every line a pin with a hash, no address in them, and nothing that pyproject.toml asks for left out.

    python tools/check_locks.py

Prints one line a problem; exit status 1 if there is one. Needs no network.
"""

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>\S+)(?: ; (?P<marker>.+))?$")
ADDRESS = re.compile(r"://|--(?:extra-)?index-url|--find-links|^-[ifr]\b| @ ")

Pins = Mapping[str, tuple[Version, ...]]


def entries(text: str) -> Iterator[str]:
    """Logical lines: a trailing backslash joins the next one."""
    for line in text.replace("\\\n", " ").splitlines():
        if line.strip():
            yield line.strip()


def line_problems(text: str) -> Iterator[str]:
    for entry in entries(text):
        pin = entry.partition(" --hash=")[0].strip()
        if ADDRESS.search(entry):
            yield f"an address or an index: {pin}"
        elif not PIN.match(pin):
            yield f"not a pin: {pin}"
        elif "--hash=sha256:" not in entry:
            yield f"no hash: {pin}"


def pins(text: str) -> Pins:
    """Distribution → its pinned versions (several where markers tell platforms apart)."""
    found: dict[str, tuple[Version, ...]] = {}
    for entry in entries(text):
        if match := PIN.match(entry.partition(" --hash=")[0].strip()):
            name = canonicalize_name(match["name"])
            found[name] = (*found.get(name, ()), Version(match["version"]))
    return found


def unmet(asked: list[str], locked: Pins) -> Iterator[str]:
    for requirement in map(Requirement, asked):
        versions = locked.get(canonicalize_name(requirement.name), ())
        if not versions:
            yield f"asked for and not locked: {requirement}"
        for version in versions:
            if version not in requirement.specifier:
                yield f"locked at {version}, asked for {requirement}"


def problems(root: Path = ROOT) -> list[str]:
    project = tomllib.loads((root / "pyproject.toml").read_text())
    runtime, build = project["project"]["dependencies"], project["build-system"]["requires"]
    asked = {
        "requirements.txt": runtime,
        "requirements-dev.txt": [*runtime, *project["dependency-groups"]["dev"]],
        "requirements-build.txt": build,
    }
    found = []
    for name, wanted in asked.items():
        text = (root / name).read_text()
        found += [f"{name}: {problem}" for problem in (*line_problems(text), *unmet(wanted, pins(text)))]
    return found


if __name__ == "__main__":
    lines = problems()
    sys.stdout.writelines(f"{line}\n" for line in lines or ["locks: every line a pin with a hash, nothing missing"])
    sys.exit(bool(lines))
