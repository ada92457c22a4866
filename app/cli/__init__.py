"""The command line: `backstraight`."""

import gc
import sys
from importlib import import_module


def main() -> None:
    # Modules, models and routes are a million objects that stay. The garbage collector would look through them again
    # and again while they are made: a third of what the server's start takes.
    gc.disable()
    commands = import_module("app.cli.commands")
    gc.freeze()
    gc.enable()
    sys.exit(commands.run(sys.argv[1:]))
