from datetime import date

from django.urls import path, register_converter

from gishe.visits import views


class DayConverter:
    """A date as 2026-11-18; a date that does not exist is no address."""

    regex = r"20\d{2}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return str(value)


register_converter(DayConverter, "contact_day")

app_name = "visits"
urlpatterns = [
    path("new/", views.new, name="new"),
    path("day/", views.day_now, name="day_now"),
    path("day/<contact_day:day>/", views.day, name="day"),
    path("paper/", views.paper, name="paper"),
    path("<uuid:reference>/undo/", views.undo, name="undo"),
]
