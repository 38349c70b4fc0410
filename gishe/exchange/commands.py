"""Subcommands of this room."""

import typer

app = typer.Typer(
    no_args_is_help=True, help="Between cities and with the world: HSDS in and out."
)
