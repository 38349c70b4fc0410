"""Pages for everybody: finding help, one service, "still true?"."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from gishe.accounts.models import User
from gishe.directory import access, actions, queries
from gishe.directory.card import card
from gishe.directory.forms import ConfirmForm, CorrectionForm, SearchForm
from gishe.directory.links import DeadLink
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
