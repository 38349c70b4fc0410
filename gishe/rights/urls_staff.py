"""Addresses of what staff read and mark: answer cards, and what changes."""

from django.urls import path

from gishe.rights.views import cards, changes

urlpatterns = [
    path("law/cards/", cards.search, name="cards"),
    path("law/cards/due/", cards.due, name="cards_due"),
    path("law/cards/<slug:law>/<str:rule>/", cards.card, name="card"),
    path("law/cards/<slug:law>/<str:rule>/mark/", cards.mark, name="mark_rule"),
    path("law/changes/", changes.changes, name="changes"),
]
