"""`backstraight check-script`: does the product answer what a race script expects?"""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.console import Exit, Failure, put, say
from app.cli.script.game import scratch
from app.cli.script.play import check
from app.cli.script.statements import Misread


def check_script(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Race scripts.")],
) -> None:
    """Play race scripts on a scratch database, and say where the answers are not those that they expect.

    What can stand in a script: docs/guide/race-scripts.md.

    \b
    Examples:
      backstraight check-script tests/races/final.race
      backstraight check-script tests/races/*.race

    Exit status: 0 all of them hold, 1 something differs, 2 a file is no script or cannot be read.
    """
    wrong = 0
    with scratch() as ground:
        for file in files:
            try:
                found = check(ground, str(file), _text(file))
            except Misread as misread:
                raise Failure(str(misread), status=Exit.WRONG_USE) from misread
            wrong += bool(found)
            for line in found:
                put(line)
    say(f"{len(files)} scripts, {wrong} of them differ")
    if wrong:
        raise typer.Exit(Exit.REFUSED)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Failure(f"{file}: {error.strerror}", status=Exit.WRONG_USE) from error
    except UnicodeDecodeError as error:
        raise Misread(str(file), 1, 1, "the file is not UTF-8 text") from error
