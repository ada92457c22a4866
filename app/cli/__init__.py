"""The command line: `backstraight`."""

import gc
import sys


def main() -> None:
    # Modules, models and routes are a million objects that stay. The garbage collector would look through them again
    # and again while they are made: a quarter of the time that the server takes to start.
    gc.disable()
    from app.cli.commands import run

    gc.freeze()
    gc.enable()
    sys.exit(run(sys.argv[1:]))
