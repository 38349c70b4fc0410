"""The subcommand ``gishe demo``: the demo city, opened and served."""

from typing import Annotated

import typer
from django.utils import timezone

from gishe.desks.demo import open_city
from gishe.foundation import commands as foundation


def demo(
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8000,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    serve: Annotated[bool, typer.Option(help="Serve it, too.")] = True,
) -> None:
    """Open the demo city: Sofia from sourced facts, the rest invented and marked."""
    if serve:
        foundation.refuse_taken_port(host, port)
    foundation.prepare()
    with foundation.say.status("Opening the demo city …"):
        open_city(timezone.now())
    if serve:
        foundation.serve(port=port, host=host, workers=2)
