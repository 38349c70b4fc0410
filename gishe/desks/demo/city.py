"""Opening the demo city, and bringing it up to this moment each time it is opened."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gishe.accounts.actions import make_demo_cast
from gishe.desks.demo import cards, log, month, voices
from gishe.directory.queries import counter_services


@transaction.atomic
def open_city(at: datetime) -> None:
    """Put up whatever of the demo city is not there yet; safe to repeat."""
    today = timezone.localtime(at).date()
    cast = make_demo_cast(at=at)
    cards.put_up(today)
    cards.let_speak(cast["Clara"])
    month.put_up(today, cast["Ines"], at)
    log.write(counter_services(), cast["Jonas"], at)
    voices.write(at)
