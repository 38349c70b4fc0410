"""Offers, the month, notices. Choices come from the rows, words from the reader."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gishe.accounts.models import User
from gishe.directory.needs import NEEDS, Need
from gishe.directory.translating import TranslatedFormField, Written
from gishe.foundation import languages
from gishe.foundation.forms import OnceField
from gishe.foundation.translated import Translated
from gishe.programme import actions, phrases, queries
from gishe.programme.models import Day, HouseRoom, Notice, days_of
from gishe.programme.timetable import Choice


class ChoiceForm(forms.Form):
    """What a reader wants to see. A value nobody offers counts as none."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    need = forms.ChoiceField(label=_("What for"), required=False)
    weekday = forms.ChoiceField(label=_("Day of the week"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="choice_%s")
        fields: dict[str, Any] = self.fields
        every = [("", _("All"))]
        codes = sorted(languages.page_languages(), key=languages.name)
        fields["language"].choices = every + [(c, languages.name(c)) for c in codes]
        needs = [(need.value, NEEDS[need].label) for need in Need]
        fields["need"].choices = every + needs
        days = [(str(n), languages.weekday(n)) for n in range(7)]
        fields["weekday"].choices = every + days

    def choice(self) -> Choice:
        """The reader's choice; references of a service or a provider may come along."""
        self.is_valid()
        found = self.cleaned_data
        weekday = found.get("weekday")
        return Choice(
            language=found.get("language") or None,
            need=found.get("need") or None,
            weekday=int(weekday) if weekday else None,
            service=_reference(self.data.get("service")),
            organization=_reference(self.data.get("organization")),
        )


def _reference(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return UUID(int=0)  # nobody's: shows nothing rather than everything


class FeedForm(ChoiceForm):
    """The same for a feed; a language beyond those of the pages may be asked for."""

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["language"] = forms.RegexField(r"^[a-z]{2,3}$", required=False)


TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OfferForm(forms.Form):
    """Hours that somebody is ready to give next month."""

    reference = OnceField()
    service = forms.ChoiceField(label=_("Service"))
    weekday = forms.ChoiceField(
        label=_("When"),
        required=False,
        help_text=_("Every week on one day, or choose one date below."),
    )
    date = forms.DateField(label=_("One date only"), required=False, widget=DAY)
    starts = forms.TimeField(label=_("From"), widget=TIME, initial=time(10))
    ends = forms.TimeField(label=_("Until"), widget=TIME, initial=time(12))
    languages = forms.MultipleChoiceField(
        label=_("Languages you help in"), widget=forms.CheckboxSelectMultiple
    )
    room = forms.ChoiceField(label=_("Room"), required=False)
    places = forms.IntegerField(
        label=_("Places"), required=False, min_value=1, max_value=500
    )
    needs_booking = forms.BooleanField(label=_("People must book"), required=False)
    person = forms.CharField(
        label=_("Who works these hours"),
        required=False,
        max_length=80,
        help_text=_("Only staff see this. It shows when somebody is needed twice."),
    )

    def __init__(self, data: Any, *, user: User, first_day: Day) -> None:
        super().__init__(data)
        self.first_day = first_day
        self.services = {str(it.id): it for it in queries.services_for(user)}
        self.rooms = {str(it.id): it for it in queries.rooms()}
        organizations = {it.organization_id for it in self.services.values()}
        fields: dict[str, Any] = self.fields
        fields["service"].choices = [
            (key, f"{it.organization}: {it}" if len(organizations) > 1 else str(it))
            for key, it in self.services.items()
        ]
        weekdays = [(str(n), _every(n)) for n in range(7)]
        fields["weekday"].choices = [("", _("Choose a day of the week")), *weekdays]
        fields["room"].choices = [("", _("No room needed"))] + [
            (key, str(it)) for key, it in self.rooms.items()
        ]
        fields["languages"].choices = [
            (code, languages.name(code)) for code in languages.page_languages()
        ]
        days = days_of(first_day)
        span = {"min": days[0].isoformat(), "max": days[-1].isoformat()}
        fields["date"].widget.attrs.update(span)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("weekday") and not found.get("date"):
            self.add_error("date", _("Choose a day of the week, or one date."))
        if not self.errors:
            try:
                actions.check_hours(self.hours(), self.first_day, timezone.now())
            except actions.OfferRefused as refused:
                self.add_error(None, str(refused))
        return found

    def hours(self) -> actions.Hours:
        """The hours as an action takes them; one date goes before a weekday."""
        found = self.cleaned_data
        day = found.get("date")
        return actions.Hours(
            service=self.services[found["service"]],
            date=day,
            weekday=None if day else int(found["weekday"]),
            starts=found["starts"],
            ends=found["ends"],
            languages=found["languages"],
            room=self.rooms.get(found["room"]),
            places=found["places"],
            person=found["person"].strip(),
            needs_booking=found["needs_booking"],
        )

    def preview(self, at: datetime) -> actions.Hours | None:
        """The hours so far, as soon as service, day and time are known."""
        self.is_valid()
        found: dict[str, Any] = {
            "languages": [],
            "room": "",
            "places": None,
            "person": "",
        }
        found |= {"needs_booking": False} | self.cleaned_data
        wanted = ("service", "starts", "ends")
        if not all(found.get(name) for name in wanted):
            return None
        if not (found.get("date") or found.get("weekday")):
            return None
        if found["ends"] <= found["starts"]:
            return None
        self.cleaned_data = found
        return self.hours()


def _every(weekday: int) -> str:
    return str(_("Every week: %(weekday)s")) % {"weekday": languages.weekday(weekday)}


class RevisionForm(forms.Form):
    """Which state of the month the coordinator saw when pressing a button."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class PlaceForm(RevisionForm):
    """One date of an offer, and where the coordinator wants it."""

    offer = forms.UUIDField(widget=forms.HiddenInput)
    date = forms.DateField(widget=forms.HiddenInput)
    put = forms.ChoiceField(choices=[(it, it) for it in ("in", "out", "free")])
    room = forms.ChoiceField(required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.rooms: dict[str, HouseRoom] = {str(it.id): it for it in queries.rooms()}
        fields: dict[str, Any] = self.fields
        fields["room"].choices = [("", "-"), *((key, key) for key in self.rooms)]


class NoticeForm(forms.Form):
    """What is different. Usual sentences stand ready in every language."""

    reference = OnceField()
    kind = forms.ChoiceField(
        label=_("What is different"),
        choices=[
            (Notice.Kind.INFO, _("Something to know")),
            (Notice.Kind.CANCELLED, _("Cancelled")),
            (Notice.Kind.FULL, _("No more places")),
        ],
    )
    scope = forms.ChoiceField(label=_("For what"), required=False)
    first_day = forms.DateField(label=_("First day"), widget=DAY)
    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=DAY,
        help_text=_("Empty: only the first day."),
    )
    usual = forms.ChoiceField(
        label=_("A usual sentence"),
        required=False,
        help_text=_("It stands ready in every language of the house."),
    )
    text = TranslatedFormField(
        label=_("Or in your own words"),
        required=False,
        max_length=300,
        rows=2,
        help_text=_(
            "One language is enough. Where one is missing, people see the original,"
            " marked as such."
        ),
    )

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data, initial={"text": Translated(languages.active())})
        fields: dict[str, Any] = self.fields
        fields["first_day"].initial = today
        sentences = [(key, words) for key, words in phrases.USUAL.items()]
        fields["usual"].choices = [("", "-"), *sentences]
        self.targets = queries.targets(today)
        fields["scope"].choices = [
            ("", _("The whole house")),
            *((key, words) for key, (words, _target) in self.targets.items()),
        ]

    def text_in_languages(self) -> Translated:
        """Own words as far as they are written, or the usual sentence in all."""
        own: Written = self.cleaned_data["text"]
        if any(own.texts.values()):
            return own.put_on(Translated(own.source))
        if usual := self.cleaned_data["usual"]:
            return phrases.in_every_language(usual)
        return Translated.empty()
