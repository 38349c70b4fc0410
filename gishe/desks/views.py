"""The first page of each door."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "desks/home.html")


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    return render(request, "desks/today.html")
