"""The coordinator's pages: compose the month, agree, publish, say what differs."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from gishe.accounts.access import needs, signed_in
from gishe.accounts.roles import Right
from gishe.programme import access, actions, board, queries
from gishe.programme.forms import NoticeForm, PlaceForm, RevisionForm
from gishe.programme.models import month_after, month_before, month_of


@needs(Right.COMPOSE_MONTH)
@require_safe
def compose(request: HttpRequest, first_day: date | None = None) -> HttpResponse:
    """All offers of a month; without one, of the next."""
    today = timezone.localdate()
    month = first_day or month_after(month_of(today))
    table = board.board(month)
    day = _day(request, month, today)
    context = {
        "first_day": month,
        "board": table,
        "week": board.week(table, day),
        "pending": board.pending(month),
        "rooms": queries.rooms(),
        "before": month_before(month),
        "after": month_after(month),
    }
    return render(request, "programme/compose.html", context)


def _day(request: HttpRequest, month: date, today: date) -> date:
    """A day of the week to show: the one asked for, today, or the month's first."""
    try:
        asked = parse_date(request.GET.get("week", ""))
    except ValueError:
        asked = None
    for day in (asked, today):
        if day is not None and month_of(day) == month:
            return day
    return month


@needs(Right.COMPOSE_MONTH)
@require_POST
def propose(request: HttpRequest, first_day: date) -> HttpResponse:
    return _do(request, first_day, actions.compose_month, _("Here is a proposal."))


@needs(Right.COMPOSE_MONTH)
@require_POST
def agree(request: HttpRequest, first_day: date) -> HttpResponse:
    said = _("The month is agreed. Now it can be published.")
    return _do(request, first_day, actions.agree_month, said)


@needs(Right.COMPOSE_MONTH)
@require_POST
def publish(request: HttpRequest, first_day: date) -> HttpResponse:
    said = _("The month is published, in every language and form.")
    return _do(request, first_day, actions.publish_month, said)


def _do(request: HttpRequest, first_day: date, action: Any, said: str) -> HttpResponse:
    """One action on the month as it was seen; a refusal is told on the page."""
    form = RevisionForm(request.POST)
    month = access.month_to_compose(first_day)
    if not form.is_valid():
        raise Http404
    revision = form.cleaned_data["revision"]
    try:
        user, at = signed_in(request), timezone.now()
        action(month=month, revision=revision, by=user, at=at)
        messages.success(request, said, extra_tags="ok")
    except actions.Refused as refused:
        messages.error(request, str(refused), extra_tags="stop")
    return redirect("programme:compose_month", first_day)


@needs(Right.COMPOSE_MONTH)
@require_POST
def place(request: HttpRequest, first_day: date) -> HttpResponse:
    """Put one date of an offer in, take it out, or leave it to the next proposal."""
    form = PlaceForm(request.POST)
    month = access.month_to_compose(first_day)
    if not form.is_valid():
        raise Http404
    found = form.cleaned_data
    line = access.line_to_place(first_day, found["offer"], found["date"])
    wanted = found["put"]
    try:
        actions.place(
            line=line,
            month=month,
            is_in=line.is_in if wanted == "free" else wanted == "in",
            is_locked=wanted != "free",
            room=form.rooms.get(found["room"]),
            revision=found["revision"],
            by=signed_in(request),
            at=timezone.now(),
        )
    except actions.Refused as refused:
        messages.error(request, str(refused), extra_tags="stop")
    answer = redirect("programme:compose_month", first_day)
    answer["Location"] += f"?week={found['date']:%Y-%m-%d}#week"
    return answer


@needs(Right.COMPOSE_MONTH)
@require_safe
def versions(request: HttpRequest, first_day: date) -> HttpResponse:
    """What every published version changed."""
    access.month_to_compose(first_day)
    context = {"first_day": first_day, "history": board.history(first_day)}
    return render(request, "programme/versions.html", context)


@needs(Right.POST_NOTICES)
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """Say what is different today, and see what has been said."""
    today = timezone.localdate()
    form = NoticeForm(request.POST or None, today=today)
    status = 200
    if request.method == "POST":
        if form.is_valid() and _post(request, form):
            said = _("It stands on every page and paper now.")
            messages.success(request, said, extra_tags="ok")
            return redirect("programme:notices")
        status = 422
    context = {"form": form, "notices": queries.standing_notices(today)}
    return render(request, "programme/notices.html", context, status=status)


def _post(request: HttpRequest, form: NoticeForm) -> bool:
    found = form.cleaned_data
    target = form.targets[found["scope"]][1] if found["scope"] else {}
    try:
        actions.post_notice(
            reference=found["reference"],
            kind=found["kind"],
            first_day=found["first_day"],
            last_day=found["last_day"] or found["first_day"],
            text=form.text_in_languages(),
            by=signed_in(request),
            at=timezone.now(),
            **access.target(**target),
        )
    except actions.Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


@needs(Right.POST_NOTICES)
@require_POST
def withdraw_notice(request: HttpRequest, reference: UUID) -> HttpResponse:
    notice = access.notice_to_withdraw(reference)
    actions.withdraw_notice(notice=notice, by=signed_in(request), at=timezone.now())
    messages.success(request, _("The notice is taken back."), extra_tags="ok")
    return redirect("programme:notices")
