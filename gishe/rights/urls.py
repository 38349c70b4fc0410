"""Pages of the law, and the open interface that stands outside the languages."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from gishe.rights.api import api
from gishe.rights.views import cards, changes, employer, newcomer, rules


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
    path("may-i-hire/", employer.may_i_hire, name="may_i_hire"),
    path("may-i-hire/calendar/", employer.calendar, name="hire_calendar"),
    path("may-i-hire/quota/", employer.hire_quota, name="hire_quota"),
    # Before law/<law>/, which would take "cards" and "changes" for a law.
    path("law/cards/", cards.search, name="cards"),
    path("law/cards/due/", cards.due, name="cards_due"),
    path("law/cards/<slug:law>/<str:rule>/", cards.card, name="card"),
    path("law/cards/<slug:law>/<str:rule>/mark/", cards.mark, name="mark_rule"),
    path("law/changes/", changes.changes, name="changes"),
    path("may-i-work/", newcomer.may_i_work, name="may_i_work"),
    path("may-i-work/note/", newcomer.note, name="note"),
    path("law/<slug:law>/", rules.law, name="law"),
    path("law/<slug:law>/<slug:route>/", rules.route, name="route"),
]
