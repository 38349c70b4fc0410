"""How often somebody may try to sign in, and the page that says when to come back."""

from typing import Any

from allauth.account.adapter import get_adapter
from axes.helpers import get_cool_off
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from gishe.foundation import errors

# The longest of the short limits (see ACCOUNT_RATE_LIMITS of allauth): 5 in 5 minutes.
SHORT_WAIT = 5


def name_of(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Whom somebody claims to be, in one spelling."""
    given = (credentials or {}).get("email") or request.POST.get("login", "")
    return str(given).strip().lower()


def address_of(request: HttpRequest) -> str:
    """The caller's network address, as the proxy in front tells it; "" without one."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return ""


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """A short limit was reached."""
    return errors.too_many_requests(request, SHORT_WAIT)


def locked_out(
    request: HttpRequest, response: HttpResponse, credentials: dict[str, Any]
) -> HttpResponse:
    """The long limit was reached: this name from this address must wait."""
    wait = get_cool_off(request)
    minutes = round(wait.total_seconds() / 60) if wait else SHORT_WAIT
    return errors.too_many_requests(request, minutes)
