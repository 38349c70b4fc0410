"""``gishe user``: the first account of a city, and accounts without a browser."""

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
    name: Annotated[str, typer.Option(help="As colleagues see it.")],
    role: Annotated[Role, typer.Option(help="What this person does here.")],
) -> None:
    """Make an account and print the link that lets its owner in, for seven days."""
    now = timezone.now()
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
