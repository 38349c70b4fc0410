"""Who may come in, by right. Staff pages carry one of these decorators."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse

from gishe.accounts.models import User
from gishe.accounts.roles import Right

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
