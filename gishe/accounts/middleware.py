"""The doorkeeper: nobody gets further than the way he signed in allows."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from gishe.accounts import access, actions, queries
from gishe.accounts.roles import Role

# Demo accounts are shared: nobody puts his own lock on one.
LOCKS = ("mfa_", "account_change_password", "account_reauthenticate")
# All that somebody may open who still has to set up a second factor.
ENROLMENT = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_generate_recovery_codes",
    "account_reauthenticate",
    "account_logout",
}


class Doorkeeper:
    """Asks for the second factor, keeps demo users in the demo, lends rights."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        user, now = access.signed_in(request), timezone.now()
        if user.is_demo and not settings.DEMO:
            logout(request)
        elif user.role == Role.ADMINISTRATOR:
            session = queries.unclosed_staff_session(user)
            if actions.lend_rights(user=user, session=session, at=now):
                request.staff_session = session  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None
        user, match = access.signed_in(request), request.resolver_match
        name = match.url_name if match and not match.namespaces else ""
        if user.is_demo:
            if name and name.startswith(LOCKS):
                raise Http404
            return None
        if name in ENROLMENT or not user.needs_second_factor:
            return None
        return None if queries.has_second_factor(user) else redirect("mfa_index")


def staff_session(request: HttpRequest) -> dict[str, Any]:
    """For the bar at the top of every page."""
    return {"staff_session": getattr(request, "staff_session", None)}
