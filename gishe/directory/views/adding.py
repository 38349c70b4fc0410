"""Pages that add to the directory by hand: organizations, and their services."""

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
from gishe.directory.forms import (
    OrganizationEditForm,
    OrganizationForm,
    ServiceForm,
    SpeakerForm,
)


def _crumbs() -> list[tuple[str, str]]:
    return [
        (reverse("directory:my_cards"), _("My cards")),
        (reverse("directory:organizations"), _("Organizations")),
    ]


@needs(Right.KEEP_OWN_CARD)
@require_safe
def organizations(request: HttpRequest) -> HttpResponse:
    """The organizations that I speak for: whose service is it?"""
    user = signed_in(request)
    words = request.GET.get("q", "")[:200]
    rows = queries.organizations_called(user, words)
    context = {
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "q": words,
        "keeps_directory": user.may(Right.KEEP_DIRECTORY),
        "crumbs": _crumbs()[:1],
    }
    return render(request, "directory/organizations.html", context)


@needs(Right.KEEP_DIRECTORY)
@require_http_methods(["GET", "HEAD", "POST"])
def organization_new(request: HttpRequest) -> HttpResponse:
    """Add an organization; its first service comes next."""
    form = OrganizationForm(request.POST or None, country=queries.country())
    if form.is_valid():
        added = actions.add_organization(
            reference=form.cleaned_data["reference"],
            written=form.written(),
            by=signed_in(request),
            at=timezone.now(),
        )
        messages.success(
            request, _("The organization is in. Now add its first service."), "ok"
        )
        return redirect("directory:service_new", added.pk)
    context = {"form": form, "crumbs": _crumbs()}
    status = 422 if form.is_bound else 200
    return render(request, "directory/organization_new.html", context, status=status)


@needs(Right.KEEP_OWN_CARD)
@require_http_methods(["GET", "HEAD", "POST"])
def organization_edit(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Edit an organization, language by language."""
    user = signed_in(request)
    row = access.organization_for(user, reference)
    country = queries.country()
    form = OrganizationEditForm(row, request.POST or None, country=country)
    context: dict[str, Any] = {"organization": row, "crumbs": _crumbs()}
    if form.is_valid():
        try:
            actions.edit_organization(
                organization=row,
                version=form.cleaned_data["version"],
                edited=form.edited(),
                by=user,
                at=timezone.now(),
            )
            messages.success(request, _("Saved. Thank you."), "ok")
            return redirect("directory:organizations")
        except actions.ChangedMeanwhile:
            data = form.as_it_stands_now()
            data["version"] = str(row.version)
            context |= {"conflict": True, "differing": form.differing()}
            form = OrganizationEditForm(row, data, country=country)
    status = 409 if "conflict" in context else 422 if form.is_bound else 200
    context["form"] = form
    if user.may(Right.KEEP_DIRECTORY):
        context["speakers"] = list(queries.speakers_of(row))
        context["speaker_form"] = SpeakerForm(queries.could_speak_for(row))
        context["keeps_directory"] = True
    return render(request, "directory/organization_edit.html", context, status=status)


@needs(Right.KEEP_DIRECTORY)
@require_POST
def speaker_add(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Somebody keeps the cards of the organization from now on."""
    user = signed_in(request)
    row = access.organization_for(user, reference)
    form = SpeakerForm(queries.could_speak_for(row), request.POST)
    if form.is_valid():
        actions.appoint_speaker(
            organization=row,
            user=form.cleaned_data["user"],
            by=user,
            at=timezone.now(),
        )
        messages.success(request, _("Saved. Thank you."), "ok")
    return redirect("directory:organization_edit", row.pk)


@needs(Right.KEEP_DIRECTORY)
@require_POST
def speaker_remove(request: HttpRequest, reference: UUID, person: UUID) -> HttpResponse:
    """Somebody keeps the cards of the organization no more."""
    user = signed_in(request)
    row = access.organization_for(user, reference)
    speaker = access.speaker_of(row, person)
    actions.dismiss_speaker(organization=row, user=speaker, by=user, at=timezone.now())
    messages.success(request, _("Saved. Thank you."), "ok")
    return redirect("directory:organization_edit", row.pk)


@needs(Right.KEEP_OWN_CARD)
@require_http_methods(["GET", "HEAD", "POST"])
def service_new(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Add a service of an organization."""
    user = signed_in(request)
    owner = access.organization_for(user, reference)
    form = ServiceForm(
        request.POST or None,
        known=queries.places_for(owner),
        districts=queries.all_districts(),
        country=queries.country(),
    )
    if form.is_valid():
        actions.add_service(
            reference=form.cleaned_data["reference"],
            organization=owner,
            written=form.written(),
            by=user,
            at=timezone.now(),
        )
        messages.success(
            request, _("The card is in, confirmed by you today. Thank you."), "ok"
        )
        return redirect("directory:my_cards")
    context = {"form": form, "organization": owner, "crumbs": _crumbs()}
    status = 422 if form.is_bound else 200
    return render(request, "directory/service_new.html", context, status=status)
