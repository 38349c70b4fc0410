"""What changes? Two laws side by side, and the effect on a set of cases."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gishe.accounts.access import needs
from gishe.accounts.roles import Right
from gishe.core.rules import Pack
from gishe.core.rules import changes as turning_days
from gishe.rights import case_files, comparing, effects, packs, tables
from gishe.rights.comparing import Side
from gishe.rights.forms import CasesForm, ChangesForm

PAGE = "rights/changes.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.REVIEW_LAW)
def changes(request: HttpRequest) -> HttpResponse:
    """Two laws side by side; with a file of cases, whom the step affects."""
    day = timezone.localdate()
    form: ChangesForm
    if request.method == "POST":
        form = CasesForm(request.POST, request.FILES)
    else:
        form = ChangesForm(request.GET or _usual(day))
    context: dict[str, Any] = {"form": form, "cases_field": CasesForm()["cases"]}
    status = 200
    if form.is_valid():
        old, new = _sides(form.cleaned_data)
        context |= {"old": old, "new": new, "changes": comparing.compare(old, new)}
        context |= _names(old, new)
        if request.method == "POST":
            status = _effect(form, old, new, context)
    else:
        status = 422
    if isinstance(form, CasesForm):
        context["cases_field"] = form["cases"]
    return render(request, PAGE, context, status=status)


def _usual(day: date) -> dict[str, object]:
    """The city's law today, and on the last day before on which it was another."""
    pack = packs.home()
    earlier = [it for it in turning_days(pack) if it <= day]
    before = date.fromordinal(earlier[-1].toordinal() - 1) if earlier else day
    return {
        "old_law": pack.id,
        "old_day": before,
        "new_law": pack.id,
        "new_day": day,
    }


def _sides(said: dict[str, Any]) -> tuple[Side, Side]:
    old, new = packs.by_id(said["old_law"]), packs.by_id(said["new_law"])
    return Side(old, said["old_day"]), Side(new, said["new_day"])


def _names(old: Side, new: Side) -> dict[str, object]:
    def named(pack: Pack) -> str:
        return packs.said(pack.name)

    return {"old_name": named(old.pack), "new_name": named(new.pack)}


def _effect(form: ChangesForm, old: Side, new: Side, context: dict[str, Any]) -> int:
    sent = form.cleaned_data["cases"]
    try:
        cases = tables.gathered(case_files.read_upload(sent.name, sent.read()))
    except case_files.NotReadable as refused:
        form.add_error("cases", str(refused))
        return 422
    context["effect"] = effects.effect(old, new, cases)
    return 200
