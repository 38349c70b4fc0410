"""The programme as everybody reads it. No page of it may be kept without asking."""

import json
from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from gishe.foundation import pdf
from gishe.programme import access, calendars, exports, pages, posters, queries
from gishe.programme.forms import ChoiceForm, FeedForm
from gishe.programme.models import month_before, month_of
from gishe.programme.timetable import Choice

VIEWS = ("day", "hour")
# Whoever keeps a copy asks again before showing it: a notice is never old.
ask_again = cache_control(no_cache=True)


@login_not_required
@require_safe
@ask_again
def month_now(request: HttpRequest) -> HttpResponse:
    """Today's month, today first."""
    return _page(request, month_of(timezone.localdate()))


@login_not_required
@require_safe
@ask_again
def month(request: HttpRequest, first_day: date) -> HttpResponse:
    return _page(request, access.month_to_read(first_day, timezone.now()))


def _page(request: HttpRequest, first_day: date) -> HttpResponse:
    form = ChoiceForm(request.GET)
    page = pages.month_page(first_day, form.choice(), timezone.now())
    view = request.GET.get("view")
    context = {
        "page": page,
        "form": form,
        "view": view if view in VIEWS else VIEWS[0],
        "address": pages.address(page.place),
        "is_open_now": page.is_open_now,
        "newest": None if page.published else queries.newest_published_month(),
        "week": None if page.published else pages.coming_days(page.at),
        "query": request.GET.urlencode(),
        "changes": queries.change_counts(first_day),
    }
    return render(request, "programme/month.html", context)


@login_not_required
@require_safe
@ask_again
def month_pdf(request: HttpRequest, first_day: date) -> HttpResponse:
    """The poster; where it cannot be drawn, a page says what there is instead."""
    page = pages.month_page(first_day, Choice(), timezone.now())
    if page.published is None:
        raise Http404
    url = _address(request, first_day)
    try:
        made = posters.poster(page, url)
    except pdf.CannotDraw:
        posters.log.exception("The poster of %s could not be drawn.", first_day)
        context = {"page": page}
        return render(request, "programme/no_pdf.html", context, status=503)
    return _file(made, "application/pdf", f"programme-{first_day:%Y-%m}.pdf")


@login_not_required
@require_safe
@ask_again
def month_json(request: HttpRequest, first_day: date) -> HttpResponse:
    page = pages.month_page(first_day, ChoiceForm(request.GET).choice(), timezone.now())
    if page.published is None:
        raise Http404
    made = json.dumps(exports.month_json(page), ensure_ascii=False).encode()
    return _file(made, "application/json", f"programme-{first_day:%Y-%m}.json")


@login_not_required
@require_safe
@ask_again
def month_ics(request: HttpRequest, first_day: date) -> HttpResponse:
    if not queries.is_published(first_day):
        raise Http404
    url = _address(request, first_day)
    made = calendars.calendar([first_day], Choice(), timezone.now(), url)
    return _file(
        made, "text/calendar; charset=utf-8", f"programme-{first_day:%Y-%m}.ics"
    )


@login_not_required
@require_safe
@ask_again
def feed(request: HttpRequest) -> HttpResponse:
    """A calendar to subscribe to: all, one language, one service, one provider."""
    today = timezone.localdate()
    oldest = month_before(month_of(today))
    months = [it for it in queries.published_months() if it >= oldest]
    choice = FeedForm(request.GET).choice()
    url = request.build_absolute_uri(reverse("programme:month_now"))
    made = calendars.calendar(sorted(months), choice, timezone.now(), url)
    return _file(made, "text/calendar; charset=utf-8", "programme.ics")


def _address(request: HttpRequest, first_day: date) -> str:
    return request.build_absolute_uri(reverse("programme:month", args=[first_day]))


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
