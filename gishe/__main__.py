"""The console command ``gishe``."""

import os
import sys

import django


def main() -> None:
    """Set Django up, then hand over to the subcommands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if "demo" in sys.argv[1:2]:
        os.environ.setdefault("GISHE_DEMO", "true")
    django.setup()
    # Only a configured Django may import the rooms' models.
    from gishe.desks.console import app

    app()


if __name__ == "__main__":
    main()
