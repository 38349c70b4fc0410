"""Pages for what went wrong: what happened, that nothing is lost, what to do."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gishe.foundation import languages


def _page(request: HttpRequest, status: int, title: str, advice: str) -> HttpResponse:
    context = {"title": title, "advice": advice, "status": status}
    return render(request, "error.html", context, status=status)


@login_not_required
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(
        request,
        400,
        _("We could not read this request"),
        _("Nothing was changed. Go back, check what you wrote, and send it again."),
    )


@login_not_required
def forbidden(
    request: HttpRequest, exception: Exception | None = None, reason: str = ""
) -> HttpResponse:
    return _page(
        request,
        403,
        _("This form is too old"),
        _("Nothing was changed. Go back, load the page again, and send the form."),
    )


@login_not_required
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(
        request,
        404,
        _("There is no such page"),
        _("Perhaps the address is old, or the page is not open to you."),
    )


@login_not_required
def too_many_requests(request: HttpRequest, minutes: int) -> HttpResponse:
    """Somebody tried too often; says how long to wait."""
    advice = ngettext(
        "Wait %(minutes)s minute, then try again. Nothing is lost.",
        "Wait %(minutes)s minutes, then try again. Nothing is lost.",
        minutes,
    )
    page = _page(request, 429, _("Too many attempts"), advice % {"minutes": minutes})
    page["Retry-After"] = str(minutes * 60)
    return page


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without the request: what broke may be what the frame would ask for."""
    code = languages.active()
    context = {
        "title": _("Something broke on our side"),
        "advice": _(
            "It is not your fault. Try again in a minute, or come to the counter."
        ),
        "page_language": code,
        "page_direction": languages.direction(code),
        "page_languages": settings.LANGUAGES,
        "city": languages.city(),
    }
    return HttpResponse(render_to_string("error.html", context), status=500)
