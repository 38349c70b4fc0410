"""Pages of the law, and the open interface that stands outside the languages."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from gishe.rights import urls_employer, urls_staff
from gishe.rights.api import api
from gishe.rights.views import newcomer, rules


def _open_to_all() -> Any:
    """Nobody has to sign in to ask the law."""
    patterns, app, namespace = api.urls
    for pattern in patterns:
        if pattern.callback is not None:
            pattern.callback = login_not_required(csrf_exempt(pattern.callback))
    return patterns, app, namespace


law = _open_to_all()

app_name = "rights"
urlpatterns = [
    # before law/<law>/, which would take "cards" and "changes" for a law
    *urls_employer.urlpatterns,
    *urls_staff.urlpatterns,
    path("may-i-work/", newcomer.may_i_work, name="may_i_work"),
    path("may-i-work/note/", newcomer.note, name="note"),
    path("law/<slug:law>/", rules.law, name="law"),
    path("law/<slug:law>/<slug:route>/", rules.route, name="route"),
]
