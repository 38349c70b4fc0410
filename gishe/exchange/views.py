"""Pages of the coordinator: bring a directory in, after having looked at it."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from gishe.accounts.access import needs, signed_in
from gishe.accounts.roles import Right
from gishe.exchange import access, actions, queries
from gishe.exchange import report as reports
from gishe.exchange.forms import (
    ImportForm,
    MappingForm,
    SampleForm,
    TakeForm,
    sent_headers,
)
from gishe.exchange.ledger import REFUSED, REPAIRED, TAKEN
from gishe.exchange.reading import ReadError
from gishe.foundation import languages

ROWS_SHOWN = 50
RUNS_SHOWN = 20


@needs(Right.KEEP_DIRECTORY)
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """A form to send a directory, and what was brought before."""
    form = ImportForm(
        request.POST or None,
        request.FILES or None,
        initial={"language": languages.active()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            run = _look_at(request, form)
        except ReadError as error:
            form.add_error("file", _unread(error))
        else:
            return redirect("exchange:report", run.pk)
    status = 422 if form.errors else 200
    context = {"form": form, "runs": queries.runs()[:RUNS_SHOWN]}
    return render(request, "exchange/imports.html", context, status=status)


def _unread(error: ReadError) -> str:
    return _("%(reason)s Nothing was changed.") % {"reason": error}


def _look_at(request: HttpRequest, form: ImportForm) -> Any:
    data = form.cleaned_data
    order = actions.Order(
        path=Path(data["file"].name),
        source_name=data["source_name"],
        language=data["language"],
        country=data["country"],
        mapping=data["mapping"],
        file_name=data["file"].name,
    )
    return actions.look_at_upload(
        upload=data["file"],
        order=order,
        reference=data["reference"],
        by=signed_in(request),
        at=timezone.now(),
    )


@needs(Right.KEEP_DIRECTORY)
@require_safe
def report(request: HttpRequest, reference: UUID) -> HttpResponse:
    """What became of a source, row by row."""
    run = access.run(reference)
    about = reports.read_about(run.pk)
    outcome = request.GET.get("outcome", "")
    if outcome not in {TAKEN, REPAIRED, REFUSED}:
        fallback = REPAIRED if run.counts[REPAIRED] else TAKEN
        outcome = REFUSED if run.counts[REFUSED] else fallback
    rows = reports.Rows(run.pk, outcome, run.counts[outcome])
    page: Page[Any] = Paginator(rows, ROWS_SHOWN).get_page(request.GET.get("page"))
    context = {
        "run": run,
        "about": about,
        "outcome": outcome,
        "page": page,
        "may_take": run.state == "dry" and actions.kept_source(run) is not None,
    }
    return render(request, "exchange/report.html", context)


@needs(Right.KEEP_DIRECTORY)
@require_POST
def take(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Take what was looked at."""
    run = access.run(reference)
    form = TakeForm(request.POST)
    try:
        if form.is_valid():
            actions.take_kept(
                run=run,
                retires=form.cleaned_data["retires"],
                by=signed_in(request),
                at=timezone.now(),
            )
            messages.success(request, _("The directory was brought in."))
    except actions.AlreadyTaken:
        messages.info(request, _("It was brought in before. Nothing was changed."))
    except ReadError as error:
        messages.error(request, _unread(error))
    return redirect("exchange:report", run.pk)


@needs(Right.KEEP_DIRECTORY)
@require_safe
def refused(request: HttpRequest, reference: UUID) -> HttpResponse:
    """The refused rows, to mend and bring again."""
    run = access.run(reference)
    name, content = reports.refused_download(run.pk)
    kind = "application/zip" if name.endswith(".zip") else "text/csv; charset=utf-8"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    headers = {"Content-Disposition": str(disposition)}
    return HttpResponse(content, content_type=kind, headers=headers)


@needs(Right.KEEP_DIRECTORY)
@require_http_methods(["GET", "HEAD", "POST"])
def mappings(request: HttpRequest) -> HttpResponse:
    """Tell how the columns of a table are read: send a sample, choose, save."""
    if request.method == "POST" and "header_0" in request.POST:
        return _save_mapping(request)
    form = SampleForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            headers = actions.headers_of(upload=form.cleaned_data["file"])
        except ReadError as error:
            form.add_error("file", str(error))
        else:
            chosen = MappingForm(headers, initial={"name": form.cleaned_data["name"]})
            return render(request, "exchange/mapping.html", {"form": chosen})
    context = {"form": form, "mappings": queries.mappings()}
    status = 422 if form.errors else 200
    return render(request, "exchange/mappings.html", context, status=status)


def _save_mapping(request: HttpRequest) -> HttpResponse:
    form = MappingForm(sent_headers(request.POST), request.POST)
    if form.is_valid():
        try:
            actions.save_mapping(
                name=form.cleaned_data["name"],
                columns=form.columns(),
                constants=form.constants(),
                by=signed_in(request),
                at=timezone.now(),
            )
        except actions.MappingFaulty:
            form.add_error(
                None,
                _("Say which column names the service, and which the organization."),
            )
        else:
            messages.success(request, _("The mapping was saved."))
            return redirect("exchange:mappings")
    return render(request, "exchange/mapping.html", {"form": form}, status=422)
