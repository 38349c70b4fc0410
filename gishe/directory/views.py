"""Pages of the directory: reading for everybody, cards for who keeps them."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
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
from gishe.accounts.models import User
from gishe.accounts.roles import Right
from gishe.directory import access, actions, queries
from gishe.directory.card import card
from gishe.directory.forms import CardForm, ConfirmForm, CorrectionForm, SearchForm
from gishe.directory.links import DeadLink, confirm_url
from gishe.directory.needs import NEEDS, Need
from gishe.foundation import languages
from gishe.foundation.http import render_part

A_PAGE = 20  # services


@login_not_required
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """Find help: by words, by need, by what narrows it."""
    form = SearchForm(request.GET or None, districts=queries.districts())
    asked = form.asked() if form.is_bound else {}
    today = timezone.localdate()
    answer = queries.search(language=languages.active(), today=today, **asked)
    page = Paginator(answer.found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "cards": [card(row, today) for row in queries.in_order(list(page.object_list))],
        "spoken": [(need, NEEDS[need]) for need in answer.needs],
        "needs": NEEDS,
        "asks_for_work": Need.EMPLOYMENT in {*answer.needs, asked.get("need")},
        "asked": asked,
        "has_asked": any(value not in ("", None) for value in asked.values()),
    }
    part = "directory/_results.html"
    return render_part(request, "directory/services.html", part, context)


@login_not_required
@require_safe
def service(request: HttpRequest, reference: UUID) -> HttpResponse:
    """One service: what, for whom, when, where, what to bring."""
    row = access.service_shown(reference)
    user = request.user
    context = {
        "card": card(row, timezone.localdate()),
        "is_staff": isinstance(user, User),
        "crumbs": [(reverse("directory:services"), _("Find help"))],
        "may_edit": isinstance(user, User) and queries.may_edit(user, row),
    }
    return render(request, "directory/service.html", context)


@needs(Right.KEEP_OWN_CARD)
@require_safe
def my_cards(request: HttpRequest) -> HttpResponse:
    """The cards of my organization: are they still true?"""
    user = signed_in(request)
    rows = queries.cards_of(user)
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {
        "page": page,
        "cards": [(row, row.is_stale(today)) for row in page],
        "keeps_directory": user.may(Right.KEEP_DIRECTORY),
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
    user = signed_in(request)
    row = access.card_for(user, reference)
    form = CardForm(row, request.POST or None)
    conflict, differing = False, list[tuple[str, str, str]]()
    if form.is_valid():
        try:
            actions.edit_card(
                service=row,
                version=form.cleaned_data["version"],
                edited=form.edited(),
                by=user,
                at=timezone.now(),
            )
        except actions.ChangedMeanwhile:
            conflict, differing = True, form.differing()
            data = request.POST.copy()
            data["version"] = str(row.version)
            form = CardForm(row, data)
        else:
            messages.success(request, _("Saved. Thank you."), "ok")
            return redirect("directory:my_cards")
    status = 409 if conflict else 422 if form.is_bound else 200
    context = {
        "form": form,
        "service": row,
        "conflict": conflict,
        "differing": differing,
        "crumbs": [(reverse("directory:my_cards"), _("My cards"))],
    }
    return render(request, "directory/card_edit.html", context, status=status)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Still true? Asked of whoever has the link; no account is needed."""
    try:
        row = access.service_by_link(token)
    except DeadLink:
        return render(request, "directory/dead_link.html", status=410)
    form = ConfirmForm(request.POST or None)
    if form.is_valid():
        name = form.cleaned_data["name"] or str(row.organization)
        actions.confirm_card(service=row, by=None, at=timezone.now(), name=name)
        return render(request, "directory/thanks.html", {"service": row})
    context = {
        "card": card(row, timezone.localdate()),
        "form": form,
        "correction": CorrectionForm(),
        "token": token,
    }
    return render(request, "directory/confirm.html", context)


@login_not_required
@require_POST
def correct(request: HttpRequest, token: str) -> HttpResponse:
    """Something has changed, says whoever has the link."""
    try:
        row = access.service_by_link(token)
    except DeadLink:
        return render(request, "directory/dead_link.html", status=410)
    form = CorrectionForm(request.POST)
    if form.is_valid():
        actions.report_change(service=row, at=timezone.now(), **form.cleaned_data)
        context = {"service": row, "is_correction": True}
        return render(request, "directory/thanks.html", context)
    context = {
        "card": card(row, timezone.localdate()),
        "form": ConfirmForm(),
        "correction": form,
        "token": token,
    }
    return render(request, "directory/confirm.html", context, status=422)


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
