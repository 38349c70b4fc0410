"""Forms of the directory: finding, editing a card, answering "still true?"."""

from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gishe.directory.actions import Edited
from gishe.directory.card import editable_hours, languages_of
from gishe.directory.groups import GROUPS
from gishe.directory.models import District, Service
from gishe.directory.needs import NEEDS
from gishe.directory.queries import groups_of, needs_of
from gishe.directory.translating import TranslatedFormField
from gishe.foundation import languages
from gishe.foundation.forms import OnceField

# Languages in which services are given in a city like this one.
DELIVERED = [
    *("bg", "en", "uk", "ru", "ar", "fa", "fr", "ps", "ku", "tr", "es", "vi", "so"),
    *("ti", "ur", "de", "it", "el", "ro", "pl"),
]
TEXTS = {
    "name": (_("Name"), 1, 200),
    "description": (_("What it is"), 6, 5000),
    "alert": (_("What is different now"), 2, 500),
    "how_to_come": (_("How a person gets in"), 3, 2000),
    "how_to_send": (_("How a professional sends someone"), 3, 2000),
    "eligibility_description": (_("For whom"), 3, 2000),
    "fees_description": (_("What it costs"), 2, 1000),
    "keywords": (_("Other words people look for it by"), 2, 500),
}
PLAIN = ["status", "admission", "is_free", "email", "url"]


def _any() -> tuple[str, Any]:
    return ("", _("Any"))


class Plain(forms.Form):
    """Labels stand as they are written, in every script."""

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial, label_suffix="")


class SearchForm(Plain):
    """What is looked for; whatever nobody knows is left out, and said."""

    q = forms.CharField(
        label=_("What do you need?"),
        required=False,
        max_length=200,
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}
        ),
    )
    need = forms.ChoiceField(label=_("Need"), required=False)
    language = forms.ChoiceField(label=_("Given in"), required=False)
    weekday = forms.TypedChoiceField(
        label=_("Day"), required=False, coerce=int, empty_value=None
    )
    district = forms.ChoiceField(label=_("District"), required=False)
    group = forms.ChoiceField(label=_("For"), required=False)

    def __init__(self, data: Any = None, *, districts: Iterable[District] = ()) -> None:
        super().__init__(data)
        self._choose("need", [(need.value, it.label) for need, it in NEEDS.items()])
        self._choose("language", [(c, languages.name(c)) for c in DELIVERED])
        self._choose("weekday", [(d, languages.weekday(d)) for d in range(7)])
        self._choose("district", [(d.code, str(d.name)) for d in districts])
        self._choose("group", [(group.value, it) for group, it in GROUPS.items()])

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [_any(), *choices]

    @property
    def narrowing(self) -> list[forms.BoundField]:
        """The fields beside the words."""
        return [self[n] for n in ("need", "language", "weekday", "district", "group")]

    def asked(self) -> dict[str, Any]:
        """What was understood: an unknown language or day asks nothing."""
        self.is_valid()
        kept = self.cleaned_data
        return {
            "q": kept.get("q") or str(self.data.get("q", ""))[:200],
            "need": kept.get("need", ""),
            "delivered_in": kept.get("language", ""),
            "weekday": kept.get("weekday"),
            "district": kept.get("district", ""),
            "group": kept.get("group", ""),
        }


class CardForm(Plain):
    """A card as its editor leaves it. Keeps the version it was opened at."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    status = forms.ChoiceField(label=_("Is it given now?"), choices=Service.Status)
    admission = forms.ChoiceField(
        label=_("How to come"),
        required=False,
        choices=[("", _("Not said")), *Service.Admission.choices],
    )
    is_free = forms.NullBooleanField(label=_("Free of charge"), required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    url = forms.URLField(
        label=_("Page on the net"),
        required=False,
        max_length=2000,
        assume_scheme="https",
    )
    needs = forms.MultipleChoiceField(
        label=_("Needs it covers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    groups = forms.MultipleChoiceField(
        label=_("Only for these groups"),
        help_text=_("None means: for everybody."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages in which it is given"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, service: Service, data: Any = None) -> None:
        super().__init__(data, initial=_initial(service))
        self.service = service
        for name, (label, rows, most) in TEXTS.items():
            self.fields[name] = TranslatedFormField(
                label=label, rows=rows, max_length=most, required=name == "name"
            )
        self._choose("needs", [(n.value, it.label) for n, it in NEEDS.items()])
        self._choose("groups", [(g.value, it) for g, it in GROUPS.items()])
        given = [*DELIVERED, *(c for c in languages_of(service) if c not in DELIVERED)]
        self._choose("languages", [(c, languages.name(c)) for c in given])
        self.hours_are_simple = editable_hours(service) is not None
        if self.hours_are_simple:
            self._add_hours()

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def _add_hours(self) -> None:
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
    def texts(self) -> list[forms.BoundField]:
        return [self[name] for name in TEXTS]

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
            if (opens is None) != (closes is None):
                self.add_error(f"opens_{day}", _("Please give both hours, or none."))
            elif opens and closes and closes <= opens:
                message = _("It ends before it begins.")
                self.add_error(f"closes_{day}", ValidationError(message))
        return cleaned

    def edited(self) -> Edited:
        """What to save, put on what the card said when it was read."""
        cleaned = self.cleaned_data
        plain = {name: cleaned[name] for name in PLAIN}
        texts = {
            name: cleaned[name].put_on(getattr(self.service, name)) for name in TEXTS
        }
        return Edited(
            fields={**plain, **texts},
            needs=cleaned["needs"],
            groups=cleaned["groups"],
            languages=_in_old_order(cleaned["languages"], languages_of(self.service)),
            hours=self._hours(),
        )

    def _hours(self) -> Mapping[int, tuple[time, time]] | None:
        if not self.hours_are_simple:
            return None
        cleaned = self.cleaned_data
        return {
            day: (cleaned[f"opens_{day}"], cleaned[f"closes_{day}"])
            for day in range(7)
            if cleaned[f"opens_{day}"]
        }

    def differing(self) -> list[tuple[str, str, str]]:
        """Label, text as saved, text as sent: where two people wrote differently."""
        found = []
        for name in PLAIN:
            saved, sent = getattr(self.service, name), self.cleaned_data[name]
            if saved != sent:
                found.append((str(self.fields[name].label), str(saved), str(sent)))
        for name in TEXTS:
            sent, saved = self.cleaned_data[name], getattr(self.service, name)
            label = str(self.fields[name].label)
            for code, text in sent.texts.items():
                there = saved.shown(code)
                is_text = there.text if there.language == code else ""
                if text != is_text:
                    where = f"{label} ({languages.own_name(code)})"
                    found.append((where, is_text, text))
        return found


def _in_old_order(chosen: list[str], before: list[str]) -> list[str]:
    """Ticking nothing new changes nothing, whatever the order of the boxes."""
    kept = [code for code in before if code in chosen]
    return [*kept, *(code for code in chosen if code not in before)]


def _initial(service: Service) -> dict[str, Any]:
    names = ["version", *PLAIN, *TEXTS]
    initial: dict[str, Any] = {name: getattr(service, name) for name in names}
    for day, (opens, closes) in (editable_hours(service) or {}).items():
        initial |= {f"opens_{day}": opens, f"closes_{day}": closes}
    return initial | {
        "needs": needs_of(service),
        "groups": groups_of(service),
        "languages": languages_of(service),
    }


class ConfirmForm(Plain):
    """Who says that it is still true; saying who is optional."""

    name = forms.CharField(label=_("Your name"), required=False, max_length=200)


class CorrectionForm(Plain):
    """What is no longer true, in a few words."""

    reference = OnceField()
    text = forms.CharField(
        label=_("What has changed?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    name = forms.CharField(label=_("Your name"), required=False, max_length=200)
