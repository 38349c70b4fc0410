"""The form of a card: what people read, for whom, when."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gishe.directory.actions import Edited
from gishe.directory.card import editable_hours, languages_of
from gishe.directory.forms.common import DELIVERED, WithHours
from gishe.directory.forms.comparing import differing_fields, differing_texts
from gishe.directory.groups import GROUPS
from gishe.directory.models import Service
from gishe.directory.needs import NEEDS
from gishe.directory.queries import groups_of, needs_of
from gishe.directory.translating import TranslatedFormField
from gishe.foundation import languages

TEXTS = {
    "name": (_("Name"), 1, 200),
    "description": (_("What it is"), 6, 5000),
    "alert": (_("What is different now"), 2, 500),
    "how_to_come": (_("How a person gets in"), 3, 2000),
    "how_to_send": (_("How a professional sends someone"), 3, 2000),
    "eligibility_description": (_("For whom"), 3, 2000),
    "keywords": (_("Other words people look for it by"), 2, 500),
}
PLAIN = ["status", "admission"]


class CardForm(WithHours):
    """A card as its editor leaves it. Keeps the version it was opened at."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    status = forms.ChoiceField(label=_("Is it given now?"), choices=Service.Status)
    admission = forms.ChoiceField(
        label=_("How to come"),
        required=False,
        choices=[("", _("Not said")), *Service.Admission.choices],
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
        self.choose("needs", [(n.value, it.label) for n, it in NEEDS.items()])
        self.choose("groups", [(g.value, it) for g, it in GROUPS.items()])
        given = [*DELIVERED, *(c for c in languages_of(service) if c not in DELIVERED)]
        self.choose("languages", [(c, languages.name(c)) for c in given])
        if editable_hours(service) is not None:
            self.add_hours()

    @property
    def texts(self) -> list[forms.BoundField]:
        return [self[name] for name in TEXTS]

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
            hours=self.week(),
        )

    def differing(self) -> list[tuple[str, str, str]]:
        """Label, text as saved, text as sent: where two people wrote differently."""
        return [
            *differing_fields(self, self.service, PLAIN),
            *differing_texts(self, self.service, list(TEXTS)),
        ]


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
