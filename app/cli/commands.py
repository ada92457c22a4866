"""What `backstraight` can do. One file a command, or a few that belong together."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import typer

from app.cli import demo, doctor, keep, replay, serve, simulate, tokens, verify
from app.cli.console import STATUSES, Failure, say
from app.cli.script.command import check_script

HELP = f"""Race timing from 100 m to 10 km, on a track or a road, forwards or backwards.

\b
Start here:
  backstraight demo      a championship to look at
  backstraight serve     the server; settings are BACKSTRAIGHT_* variables
  backstraight doctor    is this machine ready?

Data goes to stdout, talk to stderr. {STATUSES}
"""

app = typer.Typer(
    name="backstraight",
    help=HELP,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
COMMANDS: Final[Mapping[str, Callable[..., None]]] = {
    "serve": serve.serve,
    "demo": demo.demo,
    "simulate": simulate.simulate,
    "replay": replay.replay,
    "doctor": doctor.doctor,
    "backup": keep.backup,
    "restore": keep.restore,
    "export": keep.export,
    "import": keep.import_,
    "verify": verify.verify,
    "check-script": check_script,
    "migrate": serve.migrate,
    "openapi": serve.openapi,
}
GROUPS: Final[Mapping[str, typer.Typer]] = {"tokens": tokens.tokens}
for name, command in COMMANDS.items():
    app.command(name)(command)
for name, group in GROUPS.items():
    app.add_typer(group, name=name)


def run(arguments: Sequence[str]) -> int:
    """The exit status of `backstraight <arguments>`."""
    try:
        app(args=list(arguments), prog_name="backstraight")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except Failure as failure:
        say(str(failure))
        return int(failure.status)
    return 0
