"""Opening hours, closed days, rooms: what the coordinator writes about the house."""

from datetime import date, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gishe.directory.translating import TranslatedFormField, Written
from gishe.foundation import languages
from gishe.foundation.forms import OnceField
from gishe.foundation.translated import Translated
from gishe.programme import actions, queries
from gishe.programme.forms.months import DAY, TIME
from gishe.programme.models import Day, HouseRoom


class HoursForm(forms.Form):
    """From when on the doors are open at which hours, on one weekday or several."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    weekdays = forms.MultipleChoiceField(
        label=_("On which days"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day.")},
    )
    opens = forms.TimeField(label=_("From"), required=False, widget=TIME)
    closes = forms.TimeField(label=_("Until"), required=False, widget=TIME)
    opens_again = forms.TimeField(
        label=_("After the break, from"), required=False, widget=TIME
    )
    closes_again = forms.TimeField(
        label=_("After the break, until"), required=False, widget=TIME
    )
    first_day = forms.DateField(label=_("The change begins on"), widget=DAY)

    def __init__(self, data: Any, *, today: date, revision: int) -> None:
        first = {"revision": revision, "first_day": today}
        super().__init__(data, initial=first, auto_id="hours_%s")
        fields: dict[str, Any] = self.fields
        fields["weekdays"].choices = [(str(n), languages.weekday(n)) for n in range(7)]
        fields["first_day"].widget.attrs["min"] = today.isoformat()

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for opens, closes in (("opens", "closes"), ("opens_again", "closes_again")):
            if {opens, closes} & set(self.errors):
                continue
            if (found.get(opens) is None) != (found.get(closes) is None):
                self.add_error(opens, _("Please give both hours, or none."))
        if not self.errors:
            try:
                actions.check_opening(self.spans(), found["first_day"], timezone.now())
            except actions.Refused as refused:
                self.add_error(None, str(refused))
        return found

    def spans(self) -> list[tuple[time, time]]:
        """The hours given; none of them means closed."""
        found = self.cleaned_data
        pairs = [("opens", "closes"), ("opens_again", "closes_again")]
        given = [(found.get(opens), found.get(closes)) for opens, closes in pairs]
        return [(a, b) for a, b in given if a is not None and b is not None]

    def weekday_numbers(self) -> list[int]:
        return [int(it) for it in self.cleaned_data["weekdays"]]

    def seen_again(self, revision: int) -> "HoursForm":
        """The same words against the hours as they stand now, to be saved again."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["revision"] = str(revision)
        self.data = data
        return self


class ClosedDayForm(forms.Form):
    """A day on which the house is closed, and why."""

    reference = OnceField()
    date = forms.DateField(label=_("Day"), widget=DAY)
    reason = TranslatedFormField(label=_("Why"), rows=2, max_length=200)

    def __init__(self, data: Any, *, today: Day) -> None:
        first = {"reason": Translated(languages.active())}
        super().__init__(data, initial=first, auto_id="closed_%s")
        self.fields["date"].widget.attrs["min"] = today.isoformat()

    def in_languages(self) -> Translated:
        written: Written = self.cleaned_data["reason"]
        return written.put_on(Translated(written.source))


class RoomForm(forms.Form):
    """A room of the house: a new one, or one that is there."""

    reference = OnceField()
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, initial=1)
    name = TranslatedFormField(label=_("Name"), rows=1, max_length=80)
    places = forms.IntegerField(
        label=_("Places"),
        min_value=1,
        max_value=500,
        initial=1,
        help_text=_("How many people find room in it."),
    )
    position = forms.IntegerField(
        label=_("Place in the list"), min_value=1, max_value=99, initial=1
    )
    is_in_use = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, data: Any, room: HouseRoom | None = None) -> None:
        first: dict[str, Any] = {
            "name": Translated(languages.active()),
            "position": len(queries.every_room()) + 1,
        }
        if room is not None:
            kept = ("name", "places", "is_in_use", "version")
            first = {name: getattr(room, name) for name in kept}
            first |= {"reference": room.id, "position": room.position + 1}
        super().__init__(data, initial=first)
        self.room = room

    def facts(self) -> actions.RoomFacts:
        """The room as an action takes it; people count from one, rows from zero."""
        found = self.cleaned_data
        written: Written = found["name"]
        before = self.room.name if self.room else Translated(written.source)
        return actions.RoomFacts(
            name=written.put_on(before),
            places=found["places"],
            position=found["position"] - 1,
            is_in_use=found["is_in_use"],
        )

    def seen_again(self, version: int) -> "RoomForm":
        """The same words against the room as it stands now, to be saved again."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["version"] = str(version)
        self.data = data
        return self
