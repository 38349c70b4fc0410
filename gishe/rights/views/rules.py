"""The law itself, for everybody: all routes of a country, and one in full."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gishe.core.rules import Pack
from gishe.rights import laws, packs, reviews


def _pack(name: str) -> Pack:
    try:
        return packs.by_id(name)
    except packs.NoSuchLaw as error:
        raise Http404 from error


@login_not_required
@require_safe
def law(request: HttpRequest, law: str) -> HttpResponse:
    """The ways to lawful work in a country, each with its page."""
    pack, day = _pack(law), timezone.localdate()
    context = {
        "pack": pack,
        "name": packs.words(pack.name),
        "groups": laws.by_outcome(laws.routes(pack, day)),
        "laws": [(it.id, packs.words(it.name)) for it in packs.abouts()],
        "day": day,
    }
    return render(request, "rights/law.html", context)


@login_not_required
@require_safe
def route(request: HttpRequest, law: str, route: str) -> HttpResponse:
    """One route: text, conditions, citations, how well verified, since when."""
    pack, day = _pack(law), timezone.localdate()
    found = laws.versions(pack, route, day)
    if not found:
        raise Http404
    context = {
        "pack": pack,
        "name": packs.words(pack.name),
        "rule": found[0],
        "in_doubt": route in reviews.challenged(pack),
        "others": found[1:],
        "day": day,
    }
    return render(request, "rights/route.html", context)
