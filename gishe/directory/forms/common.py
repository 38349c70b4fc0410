"""What several forms of the directory have: labels, hours of the week."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gishe.foundation import languages

# Languages in which services are given in a city like this one.
DELIVERED = [
    *("bg", "en", "uk", "ru", "ar", "fa", "fr", "ps", "ku", "tr", "es", "vi", "so"),
    *("ti", "ur", "de", "it", "el", "ro", "pl"),
]


class Plain(forms.Form):
    """Labels stand as they are written, in every script."""

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial, label_suffix="")

    def choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        """What may be chosen in a field, known only when the form is made."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class WithHours(Plain):
    """A form with a table of the week: one span a day, 0 is Monday."""

    hours_are_simple = False  # whether the table is there

    def add_hours(self) -> None:
        """Put the table in."""
        self.hours_are_simple = True
        clock = {"type": "time", "step": "300", "dir": "ltr"}
        for day in range(7):
            name = languages.weekday(day)
            for end, words in (("opens", _("from")), ("closes", _("to"))):
                self.fields[f"{end}_{day}"] = forms.TimeField(
                    label=gettext("%(day)s, %(end)s") % {"day": name, "end": words},
                    required=False,
                    widget=forms.TimeInput(attrs=clock, format="%H:%M"),
                )

    @property
    def hours(self) -> list[tuple[int, forms.BoundField, forms.BoundField]]:
        """Weekday, from, to."""
        if not self.hours_are_simple:
            return []
        return [(d, self[f"opens_{d}"], self[f"closes_{d}"]) for d in range(7)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for day in range(7) if self.hours_are_simple else []:
            opens, closes = cleaned.get(f"opens_{day}"), cleaned.get(f"closes_{day}")
            wrong = {f"opens_{day}", f"closes_{day}"} & self.errors.keys()
            if (opens is None) != (closes is None) and not wrong:
                self.add_error(f"opens_{day}", _("Please give both hours, or none."))
            elif opens and closes and closes <= opens:
                message = _("It ends before it begins.")
                self.add_error(f"closes_{day}", ValidationError(message))
        return cleaned

    def week(self) -> Mapping[int, tuple[time, time]] | None:
        """The hours that were written; None where there is no table."""
        if not self.hours_are_simple:
            return None
        cleaned = self.cleaned_data
        return {
            day: (cleaned[f"opens_{day}"], cleaned[f"closes_{day}"])
            for day in range(7)
            if cleaned[f"opens_{day}"]
        }
