"""A plain Django view that inserts the rows of one contact and does nothing else."""

import os
from uuid import UUID

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

django.setup()
settings.MIDDLEWARE = []
settings.ROOT_URLCONF = __name__
application = WSGIHandler()

from gishe.accounts.models import User  # noqa: E402
from gishe.directory.models import Service  # noqa: E402
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


urlpatterns = [
    path("plain/", log),
    path("health", lambda request: HttpResponse("ok")),
]
