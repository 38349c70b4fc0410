"""Pages of the people who work here: accounts, invitation, staff session, demo."""

from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import LoginView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from gishe.accounts import access, actions, invitations, queries
from gishe.accounts.access import needs, signed_in
from gishe.accounts.forms import InviteForm, JoinForm, ReasonForm, RoleForm
from gishe.accounts.models import User
from gishe.accounts.roles import ROLES, Right, Role

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


class SignIn(LoginView):  # type: ignore[misc]
    """The sign-in page of allauth, with the demo's people in front of it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = queries.demo_cast() if settings.DEMO else []
        cast = [(person, ROLES[Role(person.role)]) for person in people]
        return {**super().get_context_data(**kwargs), "cast": cast}


sign_in = SignIn.as_view()


@login_not_required
@require_POST
def enter_demo(request: HttpRequest, reference: UUID) -> HttpResponse:
    """One click, and one is an invented person of the demo city."""
    user = access.demo_user(reference)
    actions.record_sign_in(user=user, at=timezone.now())
    login(request, user, backend=BACKEND)
    return redirect("desks:today")


@needs(Right.MANAGE_USERS)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/people.html", {"people": queries.people()})


@needs(Right.MANAGE_USERS)
@read_or_write
def invite(request: HttpRequest) -> HttpResponse:
    form = InviteForm(request.POST or None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "accounts/invite.html", {"form": form}, status=status)
    now = timezone.now()
    try:
        user = actions.invite(**form.cleaned_data, by=signed_in(request), at=now)
    except actions.EmailTaken:
        form.add_error("email", _("Somebody with this address works here already."))
        return render(request, "accounts/invite.html", {"form": form}, status=422)
    return _show_link(request, user)


def _show_link(request: HttpRequest, user: User) -> HttpResponse:
    now = timezone.now()
    path = reverse("accounts:join", args=[invitations.token_for(user, at=now)])
    context = {
        "person": user,
        "link": request.build_absolute_uri(path),
        "until": now + invitations.LIFETIME,
    }
    return render(request, "accounts/link.html", context)


@needs(Right.MANAGE_USERS)
@require_POST
def make_link(request: HttpRequest, reference: UUID) -> HttpResponse:
    user = access.person(reference)
    actions.record_link(user=user, by=signed_in(request), at=timezone.now())
    return _show_link(request, user)


@needs(Right.MANAGE_USERS)
@require_safe
def person(request: HttpRequest, reference: UUID) -> HttpResponse:
    return _show_person(request, access.person(reference))


def _show_person(
    request: HttpRequest, user: User, status: int = 200, trouble: str = ""
) -> HttpResponse:
    context = {
        "person": user,
        "form": RoleForm(initial={"was": user.role, "role": user.role}),
        "is_oneself": user.pk == signed_in(request).pk,
        "trouble": trouble,
    }
    return render(request, "accounts/person.html", context, status=status)


@needs(Right.MANAGE_USERS)
@require_POST
def change_role(request: HttpRequest, reference: UUID) -> HttpResponse:
    user, form = access.person(reference), RoleForm(request.POST)
    if not form.is_valid():
        return _show_person(request, user, 422, _("Choose one of the roles."))
    try:
        actions.change_role(
            user=user, **form.cleaned_data, by=signed_in(request), at=timezone.now()
        )
    except actions.LastAdministrator:
        return _show_person(request, user, 409, _last_administrator())
    except actions.NotOneself:
        return _show_person(request, user, 409, _not_oneself())
    except actions.ChangedMeanwhile:
        return _show_person(request, access.person(reference), 409, _overtaken(form))
    messages.success(request, _("The role was changed."))
    return redirect("accounts:person", reference)


def _last_administrator() -> str:
    return _("Somebody must look after accounts. Make another administrator first.")


def _not_oneself() -> str:
    return _("Nobody changes or closes his own account. Ask another administrator.")


def _overtaken(form: Form) -> str:
    chosen = ROLES[form.cleaned_data["role"]].label
    words = _("Somebody changed this role meanwhile. You chose: %(role)s. See below.")
    return words % {"role": chosen}


@needs(Right.MANAGE_USERS)
@require_POST
def close(request: HttpRequest, reference: UUID) -> HttpResponse:
    user = access.person(reference)
    try:
        actions.close_account(user=user, by=signed_in(request), at=timezone.now())
    except actions.LastAdministrator:
        return _show_person(request, user, 409, _last_administrator())
    except actions.NotOneself:
        return _show_person(request, user, 409, _not_oneself())
    messages.success(request, _("The account is closed."))
    return redirect("accounts:person", reference)


@needs(Right.MANAGE_USERS)
@require_POST
def reopen(request: HttpRequest, reference: UUID) -> HttpResponse:
    user = access.person(reference)
    actions.reopen_account(user=user, by=signed_in(request), at=timezone.now())
    messages.success(request, _("The account is open again."))
    return redirect("accounts:person", reference)


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@read_or_write
def join(request: HttpRequest, token: str) -> HttpResponse:
    """The invited person chooses name and password, and is in."""
    now = timezone.now()
    user = access.invited(token, now)
    form = JoinForm(request.POST or None, user=user)
    if not form.is_valid():
        context, status = {"form": form, "person": user}, 422 if form.is_bound else 200
        return render(request, "accounts/join.html", context, status=status)
    user = actions.accept_invitation(user=user, **form.cleaned_data, at=now)
    login(request, user, backend=BACKEND)
    record_authentication(request, user, method="password")
    return redirect("desks:today")


@read_or_write
def staff_session(request: HttpRequest) -> HttpResponse:
    """An administrator says why he must see data, and sees it for half an hour."""
    user = access.may_open_staff_session(request)
    form = ReasonForm(request.POST or None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        context = {"form": form, "minutes": actions.STAFF_SESSION.seconds // 60}
        return render(request, "accounts/staff_session.html", context, status=status)
    actions.open_staff_session(user=user, **form.cleaned_data, at=timezone.now())
    return redirect("desks:today")


@require_POST
def end_staff_session(request: HttpRequest) -> HttpResponse:
    access.may_open_staff_session(request)
    session = access.open_staff_session(request)
    if session:
        actions.end_staff_session(session=session, at=timezone.now())
    return redirect("desks:today")
