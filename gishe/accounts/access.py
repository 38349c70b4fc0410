"""Who may come in, by right. Staff pages carry one of these decorators."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from gishe.accounts import invitations, queries
from gishe.accounts.models import StaffSession, User
from gishe.accounts.roles import Right, Role

View = Callable[..., HttpResponse]


def signed_in(request: HttpRequest) -> User:
    """The user behind a request of a page that is closed by default."""
    return cast(User, request.user)


def needs(right: Right) -> Callable[[View], View]:
    """Open a view to users with ``right``; for everybody else it is not there."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not signed_in(request).may(right):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return wrap


def person(reference: UUID) -> User:
    """One account, for those who look after accounts."""
    found = queries.people().filter(pk=reference).first()
    if found is None:
        raise Http404
    return found


def demo_user(reference: UUID) -> User:
    """One of the demo's invented people; outside the demo there is nobody."""
    found = queries.demo_cast().filter(pk=reference).first() if settings.DEMO else None
    if found is None:
        raise Http404
    return found


def invited(token: str, at: datetime) -> User:
    """The account that a link lets in."""
    found = invitations.invited(token, at=at)
    if found is None:
        raise Http404
    return found


def may_open_staff_session(request: HttpRequest) -> User:
    """Administrators see data only for a reason; others have their rights anyway."""
    user = signed_in(request)
    if user.role != Role.ADMINISTRATOR:
        raise Http404
    return user


def open_staff_session(request: HttpRequest) -> StaffSession | None:
    """The staff session that lends its rights to this request."""
    return cast(StaffSession | None, getattr(request, "staff_session", None))
