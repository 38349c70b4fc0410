"""The second form of a card: where, telephones, cost, papers to bring."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gishe.directory.actions import Edited, places_of
from gishe.directory.forms.comparing import (
    Differing,
    differing_fields,
    differing_texts,
)
from gishe.directory.forms.lines import WithLines
from gishe.directory.forms.places import Places
from gishe.directory.models import District, Location, Service
from gishe.directory.translating import TranslatedFormField, TranslatedInput
from gishe.foundation import languages

PLAIN = ["email", "url", "is_free"]
SPARE = {"phones": 1, "cost_options": 1, "required_documents": 2}  # empty lines


def cost_field() -> forms.TypedChoiceField:
    """Free, for money, or nobody said."""
    return forms.TypedChoiceField(
        label=_("Does it cost money?"),
        required=False,
        choices=[("", _("Not said")), ("True", _("Free")), ("False", _("Costs money"))],
        coerce=lambda sent: sent == "True",
        empty_value=None,
    )


class PracticalForm(Places, WithLines):
    """What a person must know to get there. Keeps the version it was opened at."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    email = forms.EmailField(label=_("E-mail"), required=False)
    url = forms.URLField(
        label=_("Page on the net"),
        required=False,
        max_length=2000,
        assume_scheme="https",
    )
    is_free = cost_field()
    fees_description = TranslatedFormField(
        label=_("Cost in words"),
        max_length=1000,
        required=False,
        widget=TranslatedInput(rows=2, is_folded=True),
    )

    def __init__(
        self,
        service: Service,
        data: Any = None,
        *,
        known: Iterable[Location],
        districts: Iterable[District],
        country: str,
    ) -> None:
        initial = {
            "version": service.version,
            "email": service.email,
            "url": service.url,
            "is_free": "" if service.is_free is None else str(service.is_free),
            "fees_description": service.fees_description,
            "places": [str(pk) for pk in places_of(service)],
        }
        super().__init__(data, initial=initial, owner=service, country=country)
        self.service = service
        self.offer_places(known, districts)
        for name, spare in SPARE.items():
            self.add_lines(name, spare=spare)

    @property
    def phones(self) -> Any:
        return self.shown_lines("phones")

    @property
    def cost_options(self) -> Any:
        return self.shown_lines("cost_options")

    @property
    def required_documents(self) -> Any:
        return self.shown_lines("required_documents")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        prices = [it for name, it in cleaned.items() if name.endswith("-amount") and it]
        if prices and cleaned.get("is_free"):
            self.add_error(
                "is_free", _("It is marked as free, and yet a price is given.")
            )
        elif prices and cleaned.get("is_free") is None:
            cleaned["is_free"] = False
        return cleaned

    def edited(self) -> Edited:
        """What to save, put on what the card said when it was read."""
        cleaned = self.cleaned_data
        text = cleaned["fees_description"].put_on(self.service.fees_description)
        return Edited(
            fields={**{it: cleaned[it] for it in PLAIN}, "fees_description": text},
            places=self.chosen_places(),
            new_place=self.written_place(languages.active()),
            lines=self.lines(),
        )

    def differing(self) -> Differing:
        """Label, text as saved, text as sent: where two people wrote differently."""
        return [
            *differing_fields(self, self.service, PLAIN),
            *differing_texts(self, self.service, ["fees_description"]),
            *self._differing_places(),
            *self.differing_lines(),
        ]

    def _differing_places(self) -> Differing:
        names = {str(row.pk): str(row) for row in self._known}
        saved = [names[str(pk)] for pk in places_of(self.service) if str(pk) in names]
        sent = [names[it] for it in self.cleaned_data["places"]]
        sent += (
            [self.cleaned_data["address_1"]] if self.cleaned_data["address_1"] else []
        )
        if sorted(saved) == sorted(sent):
            return []
        label = str(self.fields["places"].label)
        return [(label, "\n".join(saved), "\n".join(sent))]
