"""The form of one contact: what was chosen, and whether it can be written so."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gishe.directory.models import Organization, Service
from gishe.directory.needs import Need
from gishe.foundation import languages
from gishe.foundation.forms import OnceField
from gishe.foundation.references import new_reference
from gishe.foundation.translated import Translated
from gishe.visits import actions, queries
from gishe.visits.actions import Place
from gishe.visits.models import Contact
from gishe.visits.vocabulary import (
    AGE_GROUPS,
    CHANNELS,
    COUNTRY_GROUPS,
    LANGUAGES,
    Channel,
)

Options = Iterable[tuple[str, Any]]


class AnyOf(forms.MultipleChoiceField):
    """Several values; whether each exists is asked once, for all of them."""

    def valid_value(self, value: str) -> bool:
        return True


def _among(words: Iterable[Any], *others: tuple[str, Any]) -> Callable[[], Options]:
    """Choices as a function: a form that is made anew copies the function, not them."""
    listed = list(words.items()) if isinstance(words, dict) else [(w, w) for w in words]
    options = [*others, *((str(code), word) for code, word in listed)]
    return lambda: options


class ContactForm(forms.Form):
    """One contact. Drawn by its template; every chosen chip survives an error."""

    reference = OnceField()
    need = forms.MultipleChoiceField(
        choices=_among(Need),
        required=False,  # a service that was given tells it too
    )
    language = forms.ChoiceField(choices=_among(LANGUAGES), required=False)
    other_language = forms.ChoiceField(
        choices=_among(LANGUAGES, ("", "")), required=False
    )
    service = AnyOf(required=False)
    sent_to = AnyOf(required=False)
    other_place = forms.CharField(max_length=120, required=False)
    channel = forms.ChoiceField(choices=_among(CHANNELS), initial=Channel.WALK_IN.value)
    country_group = forms.ChoiceField(
        choices=_among(COUNTRY_GROUPS, ("", _("Not asked"))), required=False
    )
    age_group = forms.ChoiceField(
        choices=_among(AGE_GROUPS, ("", _("Not asked"))), required=False
    )
    with_interpreter = forms.BooleanField(required=False)
    day = forms.DateField(
        required=False,
        label=_("Day"),
    )
    clock = forms.TimeField(
        required=False,
        label=_("Time"),
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.already: Contact | None = None

    def chosen(self, name: str) -> list[str]:
        """The values that are chosen on the form as it is shown."""
        value = self[name].value()
        if isinstance(value, list | tuple):
            return [str(one) for one in value]
        return [] if value is None else [str(value)]

    @property
    def next_reference(self) -> UUID | str:
        """The reference of the contact that this form will make when it is sent."""
        is_spoilt = self.already or "reference" in self.errors
        return new_reference() if is_spoilt else self["reference"].value()

    def refuse_repetition(self, contact: Contact) -> None:
        """Say that this form made ``contact`` before, and get ready for a new one."""
        self.already = contact

    def clean_service(self) -> list[Service]:
        return self._found(self.cleaned_data["service"], "service")

    def clean_sent_to(self) -> list[Place]:
        chosen = [value.partition(":") for value in self.cleaned_data["sent_to"]]
        services = [ref for kind, _sep, ref in chosen if kind == "service"]
        others = [ref for kind, _sep, ref in chosen if kind != "service"]
        return [
            *(Place(it.name, service=it) for it in self._found(services, "service")),
            *(
                Place(it.name, organization=it)
                for it in self._found(others, "organization")
            ),
        ]

    def _found(self, references: list[str], kind: str) -> list[Any]:
        read = queries.services if kind == "service" else queries.organizations
        try:
            wanted = {UUID(reference) for reference in references}
            found: list[Service] | list[Organization] = read(wanted)
        except ValueError:
            found, wanted = [], {new_reference()}
        if len(found) != len(wanted):
            raise forms.ValidationError(
                _("A card you chose is no longer in the directory. Choose again.")
            )
        return list(found)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["language"] = data.get("other_language") or data.get("language") or ""
        if not data["language"]:
            self.add_error("language", gettext("Choose the language that was spoken."))
        if "need" in data and not data["need"]:
            data["need"] = self._needs_of_services(data.get("service", []))
        if data.get("other_place"):
            data["sent_to"] = self._with_other_place(
                data.get("sent_to", []), data["other_place"]
            )
        if "day" in data and "clock" in data:
            data["at"] = self._took_place_at(data["day"], data["clock"])
        return data

    def _needs_of_services(self, given: list[Service]) -> list[str]:
        found = queries.own_needs(given)
        if not found:
            self.add_error("need", gettext("Choose what it was about."))
        return found

    def _with_other_place(self, places: list[Place], name: str) -> list[Place]:
        known = queries.places_by_name().get(name.casefold())
        if known is None:
            named = Translated.of(languages.active(), **{languages.active(): name})
            return [*places, Place(named)]
        if any(place.organization == known for place in places):
            return places
        return [*places, Place(known.name, organization=known)]

    def _took_place_at(self, day: date | None, at: time | None) -> datetime:
        today = timezone.localdate(self.now)
        if at is None:
            if day and day != today:
                self.add_error("clock", gettext("Write the time too."))
            return self.now
        moment = timezone.make_aware(datetime.combine(day or today, at))
        if actions.is_future(moment, self.now):
            self.add_error("clock", gettext("This time has not come yet."))
        elif actions.is_too_late(moment, self.now):
            self.add_error(
                "day",
                gettext("Contacts can be entered for the last %(days)d days.")
                % {"days": actions.LATE_ENTRY_FOR.days},
            )
        return moment

    def answers(self) -> dict[str, Any]:
        """What ``actions.log_contact`` wants to know."""
        data = self.cleaned_data
        return {
            "reference": data["reference"],
            "at": data["at"],
            "channel": data["channel"],
            "language": data["language"],
            "needs": data["need"],
            "services": data["service"],
            "referrals": data["sent_to"],
            "country_group": data["country_group"],
            "age_group": data["age_group"],
            "with_interpreter": data["with_interpreter"],
        }


class UndoForm(forms.Form):
    """Why a contact is taken back; asked when the ten minutes are over."""

    reason = forms.CharField(
        max_length=200,
        label=_("Why is it taken back?"),
        help_text=_("No names: the reason stands in the audit trail."),
    )

    def __init__(self, *args: Any, wants_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not wants_reason:
            del self.fields["reason"]
