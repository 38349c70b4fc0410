"""How sign-in behaves here: nobody registers himself; staff are invited."""

import base64
import time
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from gishe.accounts import actions, limits
from gishe.accounts.models import User
from gishe.foundation import languages
from gishe.foundation.keys import keyring

TOO_OFTEN = {"too_many_login_attempts", "rate_limited"}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closed for sign-up; demo users come in by the demo's own door only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """Too many attempts get a page with the time to wait, not a line in a form."""
        if code in TOO_OFTEN:
            raise ImmediateHttpResponse(limits.too_many_requests(context.request))
        return cast(ValidationError, super().validation_error(code, *args))

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> Any:
        if user.is_demo:
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def post_login(
        self, request: HttpRequest, user: User, **kwargs: Any
    ) -> HttpResponse:
        actions.record_sign_in(user=user, at=timezone.now())
        return cast(HttpResponse, super().post_login(request, user, **kwargs))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not for whoever gave his password or second factor a moment ago."""
        if not super().is_reauthentication_required(app=app, **kwargs):
            return False
        request = context.request
        since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        records = get_authentication_records(request, request.user)
        return not any(record["at"] > since for record in records)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of authenticator apps lie sealed in the database."""

    PLACE = "mfa.authenticator.secret"

    def encrypt(self, text: str) -> str:
        return base64.b64encode(keyring().seal(text, self.PLACE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return keyring().open(base64.b64decode(encrypted_text), self.PLACE)

    def get_totp_issuer(self) -> str:
        return f"Gishe {languages.city()}"
