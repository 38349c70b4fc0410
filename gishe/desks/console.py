"""``gishe``: one subcommand a job. Each room brings its own."""

import typer

from gishe.accounts import commands as accounts
from gishe.desks.commands import demo
from gishe.exchange import commands as exchange
from gishe.foundation import commands as foundation
from gishe.insight import commands as insight
from gishe.programme import commands as programme
from gishe.rights import commands as rights

app = typer.Typer(no_args_is_help=True, add_completion=False, help="The counter.")
app.command("demo")(demo)
app.command("assets")(foundation.assets)
app.command("serve")(foundation.serve)
app.add_typer(exchange.app, name="directory")
app.add_typer(programme.app, name="programme")
app.add_typer(insight.app, name="stats")
app.add_typer(rights.app, name="law")
app.add_typer(accounts.app, name="user")
app.add_typer(foundation.audit_app, name="audit")
app.add_typer(foundation.keys_app, name="keys")
