"""`backstraight verify`: is what was announced still what the log says?"""

from typing import Annotated

import typer

from app.cli.console import AsJson, Base, Exit, Token, put, put_json, say
from app.cli.office import open_office


def verify(
    meet: Annotated[str | None, typer.Argument(help="Id of one meet (default: all of them).")] = None,
    base: Base = None,
    token: Token = None,
    as_json: AsJson = False,
) -> None:
    """Compute every publication anew from the log as it was then, and say where today's answer differs.

    \b
    Examples:
      backstraight verify
      backstraight verify meet_0197430a2c4e7d5fa3f09a64d1c3b2e7 --json

    Exit status: 0 all of them hold, 1 one of them differs or is not there, 2 no token, 3 out of reach.
    """
    with open_office(base, token) as office:
        found = list(office.verifications(meet))
        target = office.target
    if as_json:
        put_json(found)
    for one in [] if as_json else found:
        put(f"{one['event_id']} version {one['version']}: {'holds' if one['holds'] else 'DIFFERS'}")
        for other in one["differences"]:
            at = f"{other['where']}, bib {other['bib']}, {other['field']}"
            put(f"  {at}: announced {other['announced']!r}, today {other['today']!r}")
    wrong = sum(not one["holds"] for one in found)
    say(f"{len(found)} publications in {target}, {wrong} differ")
    if wrong:
        raise typer.Exit(Exit.REFUSED)
