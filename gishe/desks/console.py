"""``gishe``: one subcommand a job. Each room brings its own."""

import typer

from gishe.foundation import commands as foundation

app = typer.Typer(no_args_is_help=True, add_completion=False, help="The counter.")
app.command("assets")(foundation.assets)
app.command("serve")(foundation.serve)
app.add_typer(foundation.audit_app, name="audit")
app.add_typer(foundation.keys_app, name="keys")
