"""`backstraight tokens`: make, list and revoke tokens and device keys."""

from collections.abc import Mapping
from typing import Annotated, Any, cast, get_args

import typer

from app.cli.console import AsJson, Base, Exit, Failure, Token, put, put_json, say
from app.cli.office import open_office
from app.domain.ids import MeetId
from app.domain.units import Instant, parse_instant
from app.operations.access import Scope
from app.operations.accounts import DEVICE_SCOPES, Terms

tokens = typer.Typer(
    help="Make, list and revoke tokens and device keys, on a running server or without one.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def _instant(text: str) -> Instant:
    try:
        return parse_instant(text)
    except ValueError as error:
        raise typer.BadParameter("an instant with an offset, as 2026-09-12T22:00:00+02:00") from error


When = Annotated[Instant | None, typer.Option(parser=_instant, metavar="INSTANT", help="As 2026-09-12T22:00:00+02:00.")]


@tokens.command()
def create(
    name: Annotated[str, typer.Option(help="What it is for: results page, finish mat …")],
    scope: Annotated[list[str] | None, typer.Option(help=f"May be given again: {', '.join(get_args(Scope))}.")] = None,
    meet: Annotated[str | None, typer.Option(help="Makes a device key, for posting reads into this meet only.")] = None,
    source: Annotated[str | None, typer.Option(help="A device key for this source only.")] = None,
    not_before: When = None,
    expires: When = None,
    base: Base = None,
    token: Token = None,
    as_json: AsJson = False,
) -> None:
    """Make a token, or with --meet a device key. Its secret is on stdout, this once.

    \b
    Examples:
      backstraight tokens create --name 'results page' --scope meets:read
      backstraight tokens create --name 'finish mat' --meet meet_0197430a… --source finish

    Exit status: 0 made, 1 refused, 2 wrong use, 3 server or database out of reach.
    """
    if unknown := set(scope or ()) - set(get_args(Scope)):
        raise Failure(f"There is no scope {', '.join(sorted(unknown))}.", status=Exit.WRONG_USE)
    if (meet is None) is (not scope):
        raise Failure("A token has --scope, a device key has --meet: give one of them.", status=Exit.WRONG_USE)
    terms = Terms(
        name=name,
        scopes=DEVICE_SCOPES if scope is None else frozenset(scope),
        meet=cast("MeetId | None", meet),
        source=source,
        not_before=not_before,
        expires_at=expires,
    )
    with open_office(base, token) as office:
        made = office.make_token(terms)
    if as_json:
        put_json(made)
    else:
        say(f"{made['id']}, {name}, in {office.target}: this is the one time that its secret is shown")
        put(made["token"])


@tokens.command("list")
def list_(base: Base = None, token: Token = None, as_json: AsJson = False) -> None:
    """Tokens and device keys that were made, also those that have ended. Secrets are kept by nobody.

    \b
    Examples:
      backstraight tokens list
      backstraight tokens list --json

    Exit status: 0 listed, 1 refused, 3 server or database out of reach.
    """
    with open_office(base, token) as office:
        found = list(office.tokens())
        say(f"{len(found)} tokens and device keys of {office.target}")
    if as_json:
        put_json(found)
        return
    for one in found:
        ended = "revoked" if one["revoked_at"] else one["expires_at"] or "no end"
        put(f"{one['id']}  {one['name']:<24}  {ended:<28}  {_may(one)}")


def _may(one: Mapping[str, Any]) -> str:
    if "meet_id" not in one:
        return " ".join(one["scopes"])
    return f"device key of {one['meet_id']}" + (f", source {one['source']}" if one["source"] else "")


@tokens.command()
def revoke(
    id: Annotated[str, typer.Argument(help="As `list` shows it (tok_…).")], base: Base = None, token: Token = None
) -> None:
    """End a token or a device key, at once and for every process. The reads that came with it stay.

    \b
    Example:
      backstraight tokens revoke tok_0197430a2c4e7d5fa3f09a64d1c3b2e8

    Exit status: 0 ended, 1 no such token, 3 server or database out of reach.
    """
    with open_office(base, token) as office:
        office.revoke(id)
        say(f"{id} is not accepted any more by {office.target}")
