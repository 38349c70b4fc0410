"""The provider's page: what I offer next month, what others offer, what is missing."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from gishe.accounts.access import needs, signed_in
from gishe.accounts.roles import Right
from gishe.foundation.http import render_part
from gishe.programme import access, actions, board, queries, wording
from gishe.programme.forms import OfferForm
from gishe.programme.models import month_after, month_before, month_of

PAGE, BESIDE = "programme/my_hours.html", "programme/_beside.html"


@needs(Right.OFFER_HOURS)
@require_safe
def my_hours(request: HttpRequest, first_day: date | None = None) -> HttpResponse:
    """What I offer for a month; without one, for the next."""
    month = first_day or month_after(month_of(timezone.localdate()))
    form = OfferForm(None, user=signed_in(request), first_day=month)
    return _show(request, month, form)


@needs(Right.OFFER_HOURS)
@require_POST
def offer(request: HttpRequest, first_day: date) -> HttpResponse:
    """Offer hours, or only see what they would meet (``check``)."""
    user, at = signed_in(request), timezone.now()
    form = OfferForm(request.POST, user=user, first_day=first_day)
    if "check" in request.POST:
        hours = form.preview(at)
        found = board.trial(first_day, hours, at) if hours else None
        return _show(request, first_day, form, trial=found)
    if not form.is_valid():
        return _show(request, first_day, form, status=422)
    actions.make_offer(
        reference=form.cleaned_data["reference"],
        first_day=first_day,
        hours=form.hours(),
        by=user,
        at=at,
    )
    messages.success(request, _("Your hours are on the table."), extra_tags="ok")
    for remark in board.remarks(first_day, form.hours(), at):
        messages.warning(request, remark, extra_tags="now")
    return redirect("programme:my_hours_of", first_day)


@needs(Right.OFFER_HOURS)
@require_POST
def copy(request: HttpRequest, first_day: date) -> HttpResponse:
    """Last month's weekly hours once more."""
    user = signed_in(request)
    made = actions.copy_hours(
        organizations=list(queries.organizations_for(user)),
        first_day=first_day,
        by=user,
        at=timezone.now(),
    )
    said = ngettext(
        "%(count)d offer copied from last month.",
        "%(count)d offers copied from last month.",
        len(made),
    )
    messages.success(request, said % {"count": len(made)}, extra_tags="ok")
    return redirect("programme:my_hours_of", first_day)


@needs(Right.OFFER_HOURS)
@require_POST
def withdraw(request: HttpRequest, reference: UUID) -> HttpResponse:
    user = signed_in(request)
    taken = access.offer_to_withdraw(user, reference)
    taken = actions.withdraw_offer(offer=taken, by=user, at=timezone.now())
    said = _("Taken back: %(hours)s. Below you can put the hours back.")
    said = said % {"hours": wording.hours_of(taken)}
    messages.success(request, said, extra_tags="ok")
    return redirect("programme:my_hours_of", taken.month.first_day)


@needs(Right.OFFER_HOURS)
@require_POST
def put_back(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Offer once more what was taken back."""
    user = signed_in(request)
    offer = access.offer_to_put_back(user, reference)
    try:
        actions.put_back(offer=offer, by=user, at=timezone.now())
        said = _("Put back: %(hours)s.") % {"hours": wording.hours_of(offer)}
        messages.success(request, said, extra_tags="ok")
    except actions.Refused as refused:
        messages.error(request, str(refused), extra_tags="stop")
    return redirect("programme:my_hours_of", offer.month.first_day)


def _show(
    request: HttpRequest,
    first_day: date,
    form: OfferForm,
    *,
    trial: board.Trial | None = None,
    status: int = 200,
) -> HttpResponse:
    mine = frozenset(it.id for it in queries.organizations_for(signed_in(request)))
    context: dict[str, Any] = {
        "first_day": first_day,
        "board": board.board(first_day, mine),
        "form": form,
        "trial": trial,
        "taken_back": queries.taken_back(signed_in(request), first_day),
        "before": month_before(first_day),
        "after": month_after(first_day),
    }
    return render_part(request, PAGE, BESIDE, context, status)
