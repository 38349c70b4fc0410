"""Forms of the people who work here."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_text_html,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gishe.accounts.models import User
from gishe.accounts.roles import ROLES, Role
from gishe.foundation.forms import OnceField


def role_choices() -> list[tuple[str, Any]]:
    return [(role.value, about.label) for role, about in ROLES.items()]


class InviteForm(forms.Form):
    """Who shall work here, and in which role."""

    reference = OnceField()
    name = forms.CharField(label=_("Name of the person"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("For signing in. No message is sent to it."),
        max_length=254,
    )
    role = forms.ChoiceField(
        label=_("Role"), choices=role_choices, widget=forms.RadioSelect
    )

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class RoleForm(forms.Form):
    """Another role; carries the one that was shown, so that nobody is overruled."""

    was = forms.ChoiceField(choices=role_choices, widget=forms.HiddenInput)
    role = forms.ChoiceField(label=_("Role"), choices=role_choices)

    def clean_was(self) -> Role:
        return Role(self.cleaned_data["was"])

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class JoinForm(forms.Form):
    """The invited person's own choice."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, help_text=_("As your colleagues see it.")
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        self.fields["name"].initial = user.name

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password


class ReasonForm(forms.Form):
    """Why an administrator looks at data."""

    reference = OnceField()
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("For example: a provider reports that a number is wrong."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"].strip()
        if len(reason) < 10:
            raise ValidationError(_("Say in a few words what you look for."))
        return reason


class KeyNameForm(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    name = forms.CharField(label=_("Name of the key"), max_length=100)


class NewKeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey or security key."""

    name = forms.CharField(
        label=_("Name of the key"),
        required=False,
        max_length=100,
        help_text=_("So that you know it again: my telephone, the grey key."),
    )
    passwordless = forms.BooleanField(
        label=_("Sign in with this key alone"),
        required=False,
        help_text=_("Without a password. The key then asks for finger, face or PIN."),
    )
