"""Pages of imports, and the open interface that stands outside the languages."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from gishe.exchange import views
from gishe.exchange.api import api


def _open_to_all() -> Any:
    """The interface's addresses; nobody has to sign in to read open data."""
    patterns, app, namespace = api.urls
    for pattern in patterns:
        if pattern.callback is not None:
            login_not_required(pattern.callback)
    return patterns, app, namespace


hsds = _open_to_all()

app_name = "exchange"
urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/<uuid:reference>/", views.report, name="report"),
    path("imports/<uuid:reference>/take/", views.take, name="take"),
    path("imports/<uuid:reference>/refused/", views.refused, name="refused"),
    path("mappings/", views.mappings, name="mappings"),
]
