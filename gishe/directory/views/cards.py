"""Pages of who keeps cards: are they true, what do they say, can people find them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from gishe.accounts.access import needs, signed_in
from gishe.accounts.roles import Right
from gishe.directory import access, actions, queries
from gishe.directory.forms import CardForm, PracticalForm
from gishe.directory.links import confirm_url
from gishe.directory.models import Service


@needs(Right.KEEP_OWN_CARD)
@require_safe
def my_cards(request: HttpRequest) -> HttpResponse:
    """The cards of my organization: are they still true?"""
    user = signed_in(request)
    out = queries.cards_out_of_view(user)
    is_out = "out" in request.GET
    rows = out if is_out else queries.cards_in_view(user)
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    today = timezone.localdate()
    speaks_for = list(queries.organizations_of(user)[:2])
    context = {
        "page": page,
        "cards": [(row, row.is_stale(today)) for row in page],
        "is_out": is_out,
        "out": out.count(),
        "keeps_directory": user.may(Right.KEEP_DIRECTORY),
        "speaks_for": speaks_for,
        "only_one": speaks_for[0] if len(speaks_for) == 1 else None,
    }
    return render(request, "directory/my_cards.html", context)


@needs(Right.KEEP_OWN_CARD)
@require_POST
def card_confirm(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Still true, says who keeps the card."""
    user = signed_in(request)
    row = access.card_for(user, reference)
    row = actions.confirm_card(service=row, by=user, at=timezone.now())
    context = {"service": row, "is_stale": False}
    if getattr(request, "htmx", False):
        return render(request, "directory/_card_row.html", context)
    messages.success(request, _("Thank you. The card is confirmed."), "ok")
    return redirect("directory:my_cards")


@needs(Right.KEEP_OWN_CARD)
@require_http_methods(["GET", "HEAD", "POST"])
def card_edit(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Edit a card, language by language."""
    row = access.card_for(signed_in(request), reference)
    form = CardForm(row, request.POST or None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        try:
            return _saved(request, row, form)
        except actions.ChangedMeanwhile:
            data = request.POST.copy()
            data["version"] = str(row.version)
            differing = form.differing()
            context = {"form": CardForm(row, data), "differing": differing}
    return _show_form(request, "directory/card_edit.html", row, context)


@needs(Right.KEEP_OWN_CARD)
@require_http_methods(["GET", "HEAD", "POST"])
def card_practical(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Edit where, telephones, cost, papers to bring."""
    row = access.card_for(signed_in(request), reference)
    known: dict[str, Any] = {
        "known": queries.places_for(row.organization),
        "districts": queries.all_districts(),
        "country": queries.country(),
    }
    form = PracticalForm(row, request.POST or None, **known)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        try:
            return _saved(request, row, form)
        except actions.ChangedMeanwhile:
            data = form.as_it_stands_now()
            data["version"] = str(row.version)
            differing = form.differing()
            context = {
                "form": PracticalForm(row, data, **known),
                "differing": differing,
            }
    return _show_form(request, "directory/card_practical.html", row, context)


def _saved(
    request: HttpRequest, row: Service, form: CardForm | PracticalForm
) -> HttpResponse:
    """Save, and back to the cards; ``ChangedMeanwhile`` where others were quicker."""
    actions.edit_card(
        service=row,
        version=form.cleaned_data["version"],
        edited=form.edited(),
        by=signed_in(request),
        at=timezone.now(),
    )
    messages.success(request, _("Saved. Thank you."), "ok")
    return redirect("directory:my_cards")


def _show_form(
    request: HttpRequest, template: str, row: Service, context: dict[str, Any]
) -> HttpResponse:
    """The form of a card, with what two people wrote differently."""
    conflict = "differing" in context
    status = 409 if conflict else 422 if context["form"].is_bound else 200
    context |= {
        "service": row,
        "conflict": conflict,
        "crumbs": [(reverse("directory:my_cards"), _("My cards"))],
    }
    return render(request, template, context, status=status)


@needs(Right.KEEP_OWN_CARD)
@require_POST
def card_take_out(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Nobody finds the card until it is brought back."""
    user = signed_in(request)
    row = access.card_for(user, reference)
    try:
        actions.take_out_of_view(service=row, by=user, at=timezone.now())
    except actions.ChangedMeanwhile:
        return _too_late(request, row)
    messages.success(
        request, _("Out of view. You find the card under “Out of view”."), "ok"
    )
    return redirect("directory:my_cards")


@needs(Right.KEEP_OWN_CARD)
@require_POST
def card_bring_back(request: HttpRequest, reference: UUID) -> HttpResponse:
    """People find the card again."""
    user = signed_in(request)
    row = access.card_for(user, reference)
    try:
        actions.bring_back(service=row, by=user, at=timezone.now())
    except actions.ChangedMeanwhile:
        return _too_late(request, row)
    messages.success(request, _("People find the card again. Is it still true?"), "ok")
    return redirect("directory:my_cards")


def _too_late(request: HttpRequest, row: Service) -> HttpResponse:
    messages.warning(
        request, _("Somebody else saved this card in the meantime."), "stop"
    )
    return redirect("directory:card_edit", row.pk)


@needs(Right.KEEP_DIRECTORY)
@require_safe
def stale(request: HttpRequest) -> HttpResponse:
    """Which cards nobody has confirmed lately, and what people say has changed."""
    page = Paginator(queries.stale_cards(timezone.localdate()), 50).get_page(
        request.GET.get("page")
    )
    rows = [(row, request.build_absolute_uri(confirm_url(row))) for row in page]
    context = {
        "page": page,
        "rows": rows,
        "corrections": queries.open_corrections()[:100],
    }
    return render(request, "directory/stale.html", context)


@needs(Right.KEEP_DIRECTORY)
@require_POST
def correction_handled(request: HttpRequest, reference: UUID) -> HttpResponse:
    """The coordinator has seen to it."""
    correction = access.correction_to_handle(reference)
    actions.handle_correction(
        correction=correction, by=signed_in(request), at=timezone.now()
    )
    messages.success(request, _("Done. It is off the list."), "ok")
    return redirect("directory:stale")
