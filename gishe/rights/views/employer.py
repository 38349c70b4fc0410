"""May I hire? Two pages of questions, the answer, the calendar file, the quota."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from gishe.core.rules import Pack, decide
from gishe.rights import deadlines, employer, packs, quota, reviews
from gishe.rights.facts import Given
from gishe.rights.forms import QuotaForm
from gishe.rights.hiring import Hiring
from gishe.rights.views.newcomer import keeps_nothing
from gishe.rights.why import sources

PAGES = {
    employer.PAPER: "rights/employer_paper.html",
    employer.JOB: "rights/employer_job.html",
}


@keeps_nothing
@require_http_methods(["GET", "HEAD", "POST"])
def may_i_hire(request: HttpRequest) -> HttpResponse:
    """The paper, the job, or the answer. A GET starts anew."""
    day = timezone.localdate()
    if request.method == "POST":
        now = employer.turn(request.POST, day)
    else:
        now = employer.first(request.GET)
    if now.step in PAGES:
        status = 422 if now.errors else 200
        return render(request, PAGES[now.step], {"turn": now}, status=status)
    telling = _hiring(now.given)
    context = {"telling": telling, "day": day}
    context |= _quota(telling.pack, telling.quota)
    return render(request, "rights/employer_answer.html", context)


def _hiring(given: Given) -> Hiring:
    day = timezone.localdate()
    answer = reviews.with_doubts(decide(given.pack, given.case(day)), given.pack)
    return Hiring(given, answer, day)


@keeps_nothing
@require_POST
def calendar(request: HttpRequest) -> HttpResponse:
    """The dates of a hire as a file for any calendar."""
    now = timezone.now()
    telling = _hiring(employer.read(request.POST, timezone.localdate(now)))
    name = deadlines.hire_name(request.POST.get("name", ""))
    url = request.build_absolute_uri(reverse("rights:may_i_hire"))
    made = deadlines.calendar(telling.given, telling.coming, name, now, url)
    response = HttpResponse(made, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="gishe-hire.ics"'
    return response


@keeps_nothing
@require_http_methods(["GET", "HEAD", "POST"])
def hire_quota(request: HttpRequest) -> HttpResponse:
    """How many more people from outside the EU an employer may hire."""
    day, pack = timezone.localdate(), packs.home()
    form = QuotaForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form}
    status = 200
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        found = quota.quota(pack, said["size"], said["staff"], said["foreign"], day)
        context |= {"quota": found, "is_counted": True, **_quota(pack, found)}
    elif form.is_bound:
        status = 422
    return render(request, "rights/employer_quota.html", context, status=status)


def _quota(pack: Pack, found: quota.Quota | None) -> dict[str, Any]:
    """Where the limit is written, and what is not certain about it."""
    if found is None:
        return {}
    limit = found.limit
    warnings = quota.warnings(pack, timezone.localdate())
    return {
        "quota_sources": sources(limit.citation, limit.verified),
        "quota_warnings": [packs.words(text) for text in warnings],
    }
