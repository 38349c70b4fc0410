"""The coordinator's pages of the house: hours, closed days, rooms."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from gishe.accounts.access import needs, signed_in
from gishe.accounts.roles import Right
from gishe.programme import access, actions, premises
from gishe.programme.forms import ClosedDayForm, HoursForm, RoomForm
from gishe.programme.models import HouseRoom


@needs(Right.COMPOSE_MONTH)
@require_safe
def house(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(
    request: HttpRequest,
    hours: HoursForm | None = None,
    closed: ClosedDayForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page with the forms as they came back, or with empty ones."""
    now = timezone.localtime()
    today, found = now.date(), premises.premises(now)
    context = {
        "house": found,
        "hours_form": hours or HoursForm(None, today=today, revision=found.revision),
        "closed_form": closed or ClosedDayForm(None, today=today),
    }
    return render(request, "programme/house.html", context, status=status)


@needs(Right.COMPOSE_MONTH)
@require_POST
def change_hours(request: HttpRequest) -> HttpResponse:
    """Other opening hours from a day on."""
    form = HoursForm(request.POST, today=timezone.localdate(), revision=0)
    if not form.is_valid():
        return _page(request, hours=form, status=422)
    try:
        actions.change_hours(
            weekdays=form.weekday_numbers(),
            spans=form.spans(),
            first_day=form.cleaned_data["first_day"],
            revision=form.cleaned_data["revision"],
            by=signed_in(request),
            at=timezone.now(),
        )
    except actions.Refused as refused:
        form.add_error(None, str(refused))
        again = form.seen_again(premises.revision())
        return _page(request, hours=again, status=409)
    messages.success(request, _("The new hours are saved."), extra_tags="ok")
    return redirect("programme:house")


@needs(Right.COMPOSE_MONTH)
@require_POST
def close_day(request: HttpRequest) -> HttpResponse:
    form = ClosedDayForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return _page(request, closed=form, status=422)
    try:
        actions.close_day(
            reference=form.cleaned_data["reference"],
            day=form.cleaned_data["date"],
            reason=form.in_languages(),
            by=signed_in(request),
            at=timezone.now(),
        )
    except actions.Refused as refused:
        form.add_error("date", str(refused))
        return _page(request, closed=form, status=422)
    said = _("The house is closed on this day. Every page says so, and why.")
    messages.success(request, said, extra_tags="ok")
    return redirect("programme:house")


@needs(Right.COMPOSE_MONTH)
@require_POST
def open_day(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Open on a closed day after all; pressed twice, it says the same."""
    actions.open_day(reference=reference, by=signed_in(request), at=timezone.now())
    said = _("The day is not on the list of closed days any more.")
    messages.success(request, said, extra_tags="ok")
    return redirect("programme:house")


@needs(Right.COMPOSE_MONTH)
@require_http_methods(["GET", "HEAD", "POST"])
def new_room(request: HttpRequest) -> HttpResponse:
    form = RoomForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_room(
            reference=form.cleaned_data["reference"],
            facts=form.facts(),
            by=signed_in(request),
            at=timezone.now(),
        )
        return _room_saved(request)
    return _room_page(request, form, None)


@needs(Right.COMPOSE_MONTH)
@require_http_methods(["GET", "HEAD", "POST"])
def room(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Look after one room; whoever saves second sees what the first one saved."""
    row = access.room_to_keep(reference)
    form = RoomForm(request.POST or None, room=row)
    if request.method != "POST" or not form.is_valid():
        return _room_page(request, form, row)
    try:
        actions.save_room(
            room=row,
            version=form.cleaned_data["version"],
            facts=form.facts(),
            by=signed_in(request),
            at=timezone.now(),
        )
    except actions.Refused as refused:
        form.add_error(None, str(refused))
        saved = access.room_to_keep(reference)
        again = form.seen_again(saved.version)
        return _room_page(request, again, saved, status=409)
    return _room_saved(request)


def _room_page(
    request: HttpRequest, form: RoomForm, row: HouseRoom | None, status: int = 0
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "room": row,
        "saved": row if status == 409 else None,
    }
    usual = 422 if form.is_bound else 200
    return render(request, "programme/room.html", context, status=status or usual)


def _room_saved(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("The room is saved."), extra_tags="ok")
    return redirect("programme:house")


@needs(Right.COMPOSE_MONTH)
@require_POST
def remove_room(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Remove a room that was never used; any other can only be put out of use."""
    row = access.room_to_keep(reference)
    try:
        actions.remove_room(room=row, by=signed_in(request), at=timezone.now())
        messages.success(request, _("The room is removed."), extra_tags="ok")
    except actions.Refused as refused:
        messages.error(request, str(refused), extra_tags="stop")
        return redirect("programme:room", reference)
    return redirect("programme:house")
