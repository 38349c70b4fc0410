"""Addresses that browsers and search engines ask for by themselves."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

# A language of the pages in large letters, as "/EN/" or "/Bg/programme/".
_CODES = "|".join(code for code, _name in settings.LANGUAGES)
SHOUTED = rf"^(?!(?:{_CODES})/)(?P<language>(?i:{_CODES}))/(?P<rest>.*)$"
# Nothing to find there, or not for everybody.
NOT_SEARCHED = ("account", "contacts", "today")


@login_not_required
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    return redirect(static("gishe/icon.svg"))


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read what everybody may read."""
    rules = [
        f"Disallow: /{code}/{folder}/"
        for code, _name in settings.LANGUAGES
        for folder in NOT_SEARCHED
    ]
    text = "\n".join(["User-agent: *", *rules, "Allow: /", ""])
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def lower_language(request: HttpRequest, language: str, rest: str) -> HttpResponse:
    """The same page under its real address."""
    query = request.META.get("QUERY_STRING", "")
    address = f"/{language.lower()}/{rest}"
    return redirect(f"{address}?{query}" if query else address)
