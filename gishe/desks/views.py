"""The first page of each door."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gishe.accounts.access import signed_in
from gishe.desks import queries
from gishe.directory.needs import NEEDS


@login_not_required
@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What can I do here now?"""
    context = {"counter": queries.counter(timezone.now()), "needs": NEEDS.items()}
    return render(request, "desks/home.html", context)


@never_cache
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Who comes, what is stuck, what needs a hand: for whoever is signed in."""
    at = timezone.now()
    context = {
        "counter": queries.counter(at),
        "desk": queries.desk(signed_in(request), at),
    }
    return render(request, "desks/today.html", context)
