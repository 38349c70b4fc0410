"""Subcommands of this room."""

import typer

app = typer.Typer(
    no_args_is_help=True,
    help="Numbers that add up: counts defined once, public statistics, feedback.",
)
