"""Subcommands of the cellar: assets, serve, audit, keys."""

import errno
import json
import socket
from typing import Annotated

import typer
from django.core.management import call_command
from granian.constants import Interfaces
from granian.server import Server
from rich.console import Console

from gishe.foundation import assets as built
from gishe.foundation import audit, languages, rotation
from gishe.foundation.keys import keyring, new_key
from gishe.foundation.models import AuditHead

audit_app = typer.Typer(no_args_is_help=True, help="The audit trail.")
keys_app = typer.Typer(no_args_is_help=True, help="Keys of encrypted fields.")
say = Console(stderr=True)
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]


def assets() -> None:
    """Build fonts, catalogues and static files where they are missing or old."""
    with say.status("Building fonts, catalogues and static files …"):
        done = built.ensure()
    say.print(f"Built: {', '.join(done)}." if done else "Everything is up to date.")


def prepare() -> None:
    """Assets and tables as this version needs them."""
    assets()
    with say.status("Bringing the tables up to date …"):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    keyring()  # made now, by one process, if there is none


def refuse_taken_port(host: str, port: int) -> None:
    """Stop where somebody listens already: the server itself would share the port."""
    try:
        [(family, *_, address), *_] = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )
        with socket.socket(family, socket.SOCK_STREAM) as attempt:
            # Connections that linger after a server was stopped do not count.
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            attempt.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            why = f"Port {port} is in use: stop the other server or choose --port."
        else:
            why = f"Cannot listen on {host}:{port}: {error.strerror}."
        say.print(why, style="red", markup=False)
        raise typer.Exit(1) from error


def serve(
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8000,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    workers: Annotated[int, typer.Option(help="Processes.")] = 2,
) -> None:
    """Serve the city's pages."""
    refuse_taken_port(host, port)
    prepare()
    say.print(f"The counter of {languages.city()} is open: http://{host}:{port}")
    Server(
        "config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,
        log_access=False,
    ).serve()


@audit_app.command("verify")
def verify(as_json: Json = False) -> None:
    """Check that no event of the audit trail was changed or is missing."""
    found = list(audit.faults())
    head = AuditHead.objects.filter(id=1).first() or AuditHead()
    if as_json:
        answer = {
            "events": head.sequence,
            "digest": head.digest,
            "faults": [{"sequence": f.sequence, "kind": f.kind} for f in found],
        }
        typer.echo(json.dumps(answer))
    elif not found:
        typer.echo(f"{head.sequence} events, unbroken. Last digest: {head.digest}")
    for fault in [] if as_json else found:
        typer.echo(f"Event {fault.sequence}: {fault.kind}.")
    raise typer.Exit(1 if found else 0)


@keys_app.command("rotate")
def rotate() -> None:
    """Seal every encrypted field anew with the newest key."""
    count = rotation.rotate(progress=True)
    typer.echo(f"{count} values sealed anew.")


@keys_app.command("new")
def new() -> None:
    """Print a fresh key for GISHE_FIELD_KEYS."""
    typer.echo(new_key())
