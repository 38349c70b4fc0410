"""Subcommands of this room."""

import typer

app = typer.Typer(
    no_args_is_help=True,
    help="The month, composed together: offers, draft, agreed, published.",
)
