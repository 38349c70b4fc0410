"""The door for a web server."""

import logging
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()


def _before_anybody_asks() -> None:
    """Read the city's law now, so that no visitor waits for it."""
    from django.utils import timezone

    from gishe.core.rules import PackError
    from gishe.rights import packs

    try:
        packs.warm(timezone.localdate())
    except PackError as error:
        # The other pages are served all the same.
        logging.getLogger("gishe").error("The law cannot be read. %s", error)


_before_anybody_asks()
