"""The Dockerfile, checked without a Docker engine: stages, a pinned base, an ordinary user, a health check.

    python tools/check_dockerfile.py

Prints one line a problem; exit status 1 if there is one.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
COPIED = {"requirements.txt", "requirements-build.txt", "pyproject.toml", "README.md", "LICENSE", "app", "migrations"}
"""All that the image is built from."""
IGNORED = {".git", ".venv", "tests", "var"}
"""What must never be sent to an engine."""


class Instruction(NamedTuple):
    word: str
    rest: str


def instructions(text: str) -> list[Instruction]:
    """In order; continued lines joined, comments dropped."""
    code = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    lines = (line.strip() for line in code.replace("\\\n", " ").splitlines())
    parts = (line.partition(" ") for line in lines if line)
    return [Instruction(word.upper(), " ".join(rest.split())) for word, _, rest in parts]


def _bases(steps: list[Instruction]) -> Iterator[str]:
    froms = [step.rest.split() for step in steps if step.word == "FROM"]
    if len(froms) < 2:
        yield "one stage only: build tools would be shipped"
    for image, *_ in froms:
        name, _, tag = image.partition(":")
        if not re.match(r"\d+\.\d+-", tag):
            yield f"base image not pinned to a version: {image}"
        if "/" in name and "." in name.split("/")[0]:
            yield f"a registry's host: {image}"


def _user(last: list[Instruction]) -> Iterator[str]:
    users = [step.rest for step in last if step.word == "USER"]
    if not users or users[-1].split(":")[0] in ("root", "0"):
        yield "runs as root"


def _copies(steps: list[Instruction]) -> Iterator[str]:
    for step in steps:
        if step.word == "ADD":
            yield f"ADD fetches and unpacks: use COPY ({step.rest})"
        if step.word != "COPY" or "--from=" in step.rest:
            continue
        *sources, _ = [word for word in step.rest.split() if not word.startswith("--")]
        yield from (f"copied without need: {source}" for source in sources if source.strip("./") not in COPIED)


def _installs(steps: list[Instruction]) -> Iterator[str]:
    for run in (step.rest for step in steps if step.word == "RUN"):
        for command in re.findall(r"pip install[^&|;]*", run):
            if "--no-index" not in command and not {"--require-hashes", "--only-binary"} <= set(command.split()):
                yield f"installed without hashes or not from wheels: {command.strip()}"


def dockerfile_problems(text: str) -> Iterator[str]:
    steps = instructions(text)
    last = steps[max((n for n, step in enumerate(steps) if step.word == "FROM"), default=0) :]
    yield from _bases(steps)
    yield from _user(last)
    yield from _copies(steps)
    yield from _installs(steps)
    if re.search(r"https?://(?!127\.0\.0\.1)", text):
        yield "an address: the build knows no host by name"
    if not any(step.word == "HEALTHCHECK" and "/healthz" in step.rest for step in last):
        yield "no HEALTHCHECK of /healthz"
    if not any(step.word == "ENTRYPOINT" and step.rest.startswith("[") for step in last):
        yield "no ENTRYPOINT in exec form: signals would not arrive"


def ignore_problems(text: str) -> Iterator[str]:
    listed = {line.strip().strip("/") for line in text.splitlines()}
    if "*" not in listed:
        yield from (f".dockerignore lets {name} through" for name in sorted(IGNORED - listed))


def problems(root: Path = ROOT) -> list[str]:
    dockerfile, ignore = (root / "Dockerfile").read_text(), (root / ".dockerignore").read_text()
    return [*dockerfile_problems(dockerfile), *ignore_problems(ignore)]


if __name__ == "__main__":
    lines = problems() or ["Dockerfile: staged, pinned, hashed, no root, health checked"]
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.exit(bool(problems()))
