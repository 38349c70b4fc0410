"""The peers: the same rows through bare Django views, and nothing else."""

import os
from uuid import UUID

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import escape

django.setup()
settings.MIDDLEWARE = []
settings.ROOT_URLCONF = __name__
application = WSGIHandler()

from gishe.accounts.models import User  # noqa: E402
from gishe.directory.models import Service  # noqa: E402
from gishe.programme.models import MonthVersion  # noqa: E402
from gishe.visits.models import Contact, ContactNeed, ContactService  # noqa: E402


@transaction.atomic
def log(request: HttpRequest) -> HttpResponse:
    """Insert what the form says, unchecked."""
    said, now = request.POST, timezone.now()
    contact = Contact.objects.create(
        id=UUID(said["reference"]),
        at=now,
        channel=said["channel"],
        language=said["language"],
        logged_by=User.objects.get(),
        logged_at=now,
    )
    for need in said.getlist("need"):
        ContactNeed.objects.create(contact=contact, need=need)
    service = Service.objects.get(id=said["service"])
    ContactService.objects.create(
        contact=contact, service=service, service_name=service.name
    )
    return HttpResponse(status=201)


def _page(lines: list[str]) -> HttpResponse:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return HttpResponse(f"<!doctype html><ul>{items}</ul>")


def month(request: HttpRequest) -> HttpResponse:
    """Every line of the newest published month, one query."""
    newest = MonthVersion.objects.order_by("-month__first_day", "-number").first()
    slots = newest.snapshot["slots"] if newest else []
    return _page([f"{s['date']} {s['starts']} {s['service']}" for s in slots])


def services(request: HttpRequest) -> HttpResponse:
    """Twenty services whose name contains the words asked for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM directory_service WHERE CAST(name AS TEXT) LIKE %s"
            " ORDER BY id LIMIT 20",
            [f"%{request.GET.get('q', '')}%"],
        )
        return _page([str(row[0]) for row in cursor.fetchall()])


urlpatterns = [
    path("month", month),
    path("services", services),
    path("plain/", log),
    path("health", lambda request: HttpResponse("ok")),
]
