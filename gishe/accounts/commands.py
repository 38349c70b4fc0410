"""``gishe user``: the first account of a city, and accounts without a browser."""

import sys
from typing import Annotated

import typer
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from gishe.accounts import actions, invitations
from gishe.accounts.roles import Role
from gishe.foundation.references import new_reference

app = typer.Typer(no_args_is_help=True, help="People who work here.")


@app.callback()
def user() -> None:
    """People who work here."""


@app.command("add")
def add(
    email: Annotated[str, typer.Argument(help="The address to sign in with.")],
    name: Annotated[str, typer.Option(help="As colleagues see it.")] = "",
    role: Annotated[
        Role | None, typer.Option(help="What this person does here.")
    ] = None,
) -> None:
    """Make an account and print the link that lets its owner in, for seven days."""
    now = timezone.now()
    name, role = _asked(name, role)
    try:
        made = actions.invite(
            reference=new_reference(),
            email=email,
            name=name,
            role=role,
            by=None,
            at=now,
        )
    except actions.EmailTaken:
        typer.echo(f"{email} has an account already.", err=True)
        raise typer.Exit(1) from None
    with translation.override(settings.LANGUAGE_CODE):
        path = reverse("accounts:join", args=[invitations.token_for(made, at=now)])
    origin = next(iter(settings.CSRF_TRUSTED_ORIGINS), "http://127.0.0.1:8000")
    typer.echo(f"{origin}{path}")


def _asked(name: str, role: Role | None) -> tuple[str, Role]:
    """Name and role; what was not given is asked for, where somebody can answer."""
    given = {"--name": name, "--role": role}
    missing = [option for option, value in given.items() if not value]
    if missing and not is_terminal():
        raise typer.BadParameter(f"Say {' and '.join(missing)} too.")
    if not name:
        name = typer.prompt("Name, as colleagues see it")
    if role is None:
        role = Role(typer.prompt(f"Role ({', '.join(Role)})", type=Role))
    return name, role


def is_terminal() -> bool:
    """Whether somebody sits in front of this command."""
    return sys.stdin.isatty()
