"""Public statistics, the rows behind them, feedback."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gishe.accounts.access import needs, signed_in
from gishe.accounts.models import User
from gishe.accounts.roles import Right
from gishe.foundation import languages
from gishe.insight import (
    access,
    actions,
    export,
    pages,
    published,
    queries,
    sheet,
    words,
)
from gishe.insight.forms import FeedbackForm
from gishe.insight.periods import Period, State

ROWS_A_PAGE = 50


def _may_open_rows(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.may(Right.OPEN_ROWS)


@login_not_required
@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    lines = published.months_until(now)
    line = pages.headline(lines)
    figures = list(queries.published_figures())
    context: dict[str, Any] = {
        "lines": lines,
        "years": pages.years(lines),
        "since": lines[-1].period if lines else None,
        "chart": pages.series(lines, line.period) if line else None,
        "newer": [it for it in lines if line and it.period > line.period],
        "figures": figures,
        "contradictions": pages.contradictions(figures),
        "definitions": pages.definitions(),
    }
    if line:
        context |= _period_context(line.period, is_staff=False)
    return render(request, "insight/statistics.html", context)


def _period_context(period: Period, *, is_staff: bool) -> dict[str, Any]:
    now = timezone.now()
    shown = published.statistics(period, now)
    before = pages.compared(period, now)
    return {
        "period": period,
        "name": published.month_name(period),
        "statistics": shown,
        "totals": pages.totals(shown, before, is_staff),
        "parts": pages.parts(shown, is_staff),
        "text": words.text(shown, before),
        "satisfaction": queries.satisfaction(period, now),
        "left_out": [published.month_name(month) for month in shown.left_out],
        "is_staff": is_staff,
    }


@login_not_required
@require_safe
def period(request: HttpRequest, period: str) -> HttpResponse:
    found, now = access.period(period), timezone.now()
    if found.state(now) is State.FUTURE:
        context = {"name": published.month_name(found)}
        return render(request, "insight/not_yet.html", context, status=404)
    context = _period_context(found, is_staff=_may_open_rows(request))
    lines = published.months_until(now)
    return render(
        request,
        "insight/period.html",
        {
            **context,
            "crumbs": pages.crumbs(found),
            "years": pages.years_of(lines, found),
            "since": lines[-1].period if lines else None,
            "chart": pages.series(_up_to(lines, found), found),
            "figures": list(queries.published_figures(found)),
            "definitions": pages.definitions(),
            "before": found.before,
            "after": found.next if found.next.state(now) != State.FUTURE else None,
        },
    )


def _up_to(
    lines: list[published.MonthLine], period: Period
) -> list[published.MonthLine]:
    last = max(period.months)
    return [line for line in lines if line.period <= last]


@login_not_required
@require_safe
def as_csv(request: HttpRequest, period: str) -> HttpResponse:
    now = timezone.now()
    found = access.begun(period, now)
    data = export.as_csv(published.statistics(found, now))
    headers = {"Content-Disposition": f'attachment; filename="statistics-{found}.csv"'}
    return HttpResponse(data, content_type="text/csv; charset=utf-8", headers=headers)


@login_not_required
@require_safe
def as_json(request: HttpRequest, period: str) -> HttpResponse:
    now = timezone.now()
    found = access.begun(period, now)
    shown = published.statistics(found, now)
    answer = export.as_json(shown, queries.satisfaction(found, now))
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False, "indent": 1})


@needs(Right.OPEN_ROWS)
@require_safe
def rows(request: HttpRequest, period: str) -> HttpResponse:
    now = timezone.now()
    found = access.begun(period, now)
    number = {
        "indicator": request.GET.get("of", ""),
        "breakdown": request.GET.get("by", ""),
        "code": request.GET.get("code", ""),
    }
    label, contacts = access.rows(found, **number, now=now)
    page = Paginator(queries.with_answers(contacts), ROWS_A_PAGE).get_page(
        request.GET.get("page")
    )
    actions.open_rows(
        number={"period": str(found), **number},
        page=page.number,
        by=signed_in(request),
        at=now,
    )
    context = {
        "page": page,
        "rows": pages.rows(page.object_list),
        "label": label,
        "name": published.month_name(found),
        "crumbs": pages.crumbs(found, below=True),
    }
    return render(request, "insight/rows.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest) -> HttpResponse:
    form = FeedbackForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "insight/feedback.html", {"form": form}, status=status)
    try:
        actions.give_feedback(
            **form.cleaned_data, language=languages.active(), at=timezone.now()
        )
    except actions.TooManyAtOnce:
        context = {"form": form, "is_busy": True}
        return render(request, "insight/feedback.html", context, status=429)
    return redirect("insight:thanks")


@login_not_required
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "insight/thanks.html")


@needs(Right.READ_FEEDBACK)
@require_safe
def feedback_words(request: HttpRequest) -> HttpResponse:
    paginator = Paginator(queries.with_words(), 20)
    page = paginator.get_page(request.GET.get("page"))
    actions.read_feedback(
        rows=page.object_list, by=signed_in(request), at=timezone.now()
    )
    return render(request, "insight/words.html", {"page": page})


@needs(Right.READ_FEEDBACK)
@require_safe
def feedback_sheet(request: HttpRequest) -> HttpResponse:
    address = request.build_absolute_uri("/feedback/")
    return HttpResponse(sheet.pdf_of(address), content_type="application/pdf")
