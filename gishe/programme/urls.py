from datetime import date

from django.urls import path, register_converter

from gishe.programme.views import coordinator, house, provider, public


class MonthConverter:
    """``2026-11`` in an address is the first day of that month."""

    regex = r"(?:19|20)\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(f"{value}-01")

    def to_url(self, value: date) -> str:
        return value.isoformat()[:7]


register_converter(MonthConverter, "month")

app_name = "programme"
urlpatterns = [
    path("", public.month_now, name="month_now"),
    path("feed.ics", public.feed, name="feed"),
    path("<month:first_day>/", public.month, name="month"),
    path("<month:first_day>.pdf", public.month_pdf, name="month_pdf"),
    path("<month:first_day>.ics", public.month_ics, name="month_ics"),
    path("<month:first_day>.json", public.month_json, name="month_json"),
    path("hours/", provider.my_hours, name="my_hours"),
    path("hours/<month:first_day>/", provider.my_hours, name="my_hours_of"),
    path("hours/<month:first_day>/offer/", provider.offer, name="offer"),
    path("hours/<month:first_day>/copy/", provider.copy, name="copy_hours"),
    path("offers/<uuid:reference>/withdraw/", provider.withdraw, name="withdraw"),
    path("offers/<uuid:reference>/put-back/", provider.put_back, name="put_back"),
    path("compose/", coordinator.compose, name="compose"),
    path("compose/<month:first_day>/", coordinator.compose, name="compose_month"),
    path("compose/<month:first_day>/propose/", coordinator.propose, name="propose"),
    path("compose/<month:first_day>/agree/", coordinator.agree, name="agree"),
    path("compose/<month:first_day>/publish/", coordinator.publish, name="publish"),
    path("compose/<month:first_day>/place/", coordinator.place, name="place"),
    path("compose/<month:first_day>/versions/", coordinator.versions, name="versions"),
    path("house/", house.house, name="house"),
    path("house/hours/", house.change_hours, name="change_hours"),
    path("house/closed/", house.close_day, name="close_day"),
    path("house/closed/<uuid:reference>/open/", house.open_day, name="open_day"),
    path("house/rooms/new/", house.new_room, name="new_room"),
    path("house/rooms/<uuid:reference>/", house.room, name="room"),
    path("house/rooms/<uuid:reference>/remove/", house.remove_room, name="remove_room"),
    path("notices/", coordinator.notices, name="notices"),
    path(
        "notices/<uuid:reference>/withdraw/",
        coordinator.withdraw_notice,
        name="withdraw_notice",
    ),
]
