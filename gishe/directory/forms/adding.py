"""Forms that add by hand: an organization, a service. One language, few fields."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gishe.accounts.models import User
from gishe.directory.actions import Edited, Line
from gishe.directory.forms.common import DELIVERED, Plain, WithHours
from gishe.directory.forms.comparing import (
    Differing,
    differing_fields,
    differing_texts,
)
from gishe.directory.forms.lines import CURRENCY, PhoneField, PriceField, WithLines
from gishe.directory.forms.places import Places
from gishe.directory.forms.practical import cost_field
from gishe.directory.models import District, Location, Organization
from gishe.directory.needs import NEEDS
from gishe.directory.queries import namesake
from gishe.directory.translating import TranslatedFormField
from gishe.foundation import languages
from gishe.foundation.forms import OnceField
from gishe.foundation.references import new_reference
from gishe.foundation.translated import Translated


class InOneLanguage(Plain):
    """A form that is written in one language; translations come later."""

    reference = OnceField()
    written_in = forms.ChoiceField(
        label=_("I write in"), choices=settings.LANGUAGES, initial=languages.active
    )

    def said(self, name: str) -> Translated:
        """What was written in a field, in its language."""
        code = self.cleaned_data["written_in"]
        return Translated.of(code, **{code: self.cleaned_data[name]})

    def phone_line(self) -> list[Line]:
        """The telephone, if one was given."""
        number = self.cleaned_data["phone"]
        if number is None:
            return []
        values = {"number": number.number, "extension": number.extension}
        return [Line(new_reference(), values)]


def _long(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class OrganizationForm(InOneLanguage):
    """An organization that is not in the directory yet."""

    name = forms.CharField(label=_("Name"), max_length=200)
    description = forms.CharField(
        label=_("What it does, in plain words"), max_length=5000, widget=_long(3)
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    website = forms.URLField(
        label=_("Page on the net"),
        required=False,
        max_length=2000,
        assume_scheme="https",
    )

    def __init__(self, data: Any = None, *, country: str) -> None:
        super().__init__(data)
        self.fields["phone"] = PhoneField(country, label=_("Telephone"))

    @property
    def shown(self) -> list[forms.BoundField]:
        names = ["written_in", "name", "description", "phone", "email", "website"]
        return [self[name] for name in names]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        name, reference = cleaned.get("name"), cleaned.get("reference")
        if name and reference and namesake(name, besides=reference):
            self.add_error(
                "name", _("An organization with this name is in the directory already.")
            )
        return cleaned

    def written(self) -> Edited:
        """What to add."""
        cleaned = self.cleaned_data
        return Edited(
            fields={
                "name": self.said("name"),
                "description": self.said("description"),
                "email": cleaned["email"],
                "website": cleaned["website"],
            },
            lines={"phones": self.phone_line()},
        )


class OrganizationEditForm(WithLines):
    """An organization as its editor leaves it, language by language."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    name = TranslatedFormField(label=_("Name"), rows=1, max_length=200)
    description = TranslatedFormField(
        label=_("What it does, in plain words"), max_length=5000, required=False
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    website = forms.URLField(
        label=_("Page on the net"),
        required=False,
        max_length=2000,
        assume_scheme="https",
    )

    def __init__(
        self, organization: Organization, data: Any = None, *, country: str
    ) -> None:
        names = ["version", "name", "description", "email", "website"]
        initial = {name: getattr(organization, name) for name in names}
        super().__init__(data, initial=initial, owner=organization, country=country)
        self.organization = organization
        self.add_lines("phones", spare=1)

    @property
    def phones(self) -> Any:
        return self.shown_lines("phones")

    def edited(self) -> Edited:
        """What to save, put on what the organization said when it was read."""
        cleaned, before = self.cleaned_data, self.organization
        return Edited(
            fields={
                "name": cleaned["name"].put_on(before.name),
                "description": cleaned["description"].put_on(before.description),
                "email": cleaned["email"],
                "website": cleaned["website"],
            },
            lines=self.lines(),
        )

    def differing(self) -> Differing:
        """Label, text as saved, text as sent: where two people wrote differently."""
        return [
            *differing_texts(self, self.organization, ["name", "description"]),
            *differing_fields(self, self.organization, ["email", "website"]),
            *self.differing_lines(),
        ]


class SpeakerForm(Plain):
    """Somebody who is to speak for an organization."""

    user: "forms.ModelChoiceField[User]" = forms.ModelChoiceField(
        queryset=None, label=_("Who works as a provider")
    )

    def __init__(self, could: QuerySet[User], data: Any = None) -> None:
        super().__init__(data)
        field = self.fields["user"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = could


class ServiceForm(InOneLanguage, Places, WithHours):
    """A service that is not in the directory yet: what makes an honest card."""

    name = forms.CharField(label=_("Name"), max_length=200)
    description = forms.CharField(
        label=_("What it is, in plain words"), max_length=5000, widget=_long(4)
    )
    needs = forms.MultipleChoiceField(
        label=_("Needs it covers"), widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages in which it is given"), widget=forms.CheckboxSelectMultiple
    )
    is_free = cost_field()
    amount = PriceField()
    fees_description = forms.CharField(
        label=_("Cost in words"), required=False, max_length=1000
    )
    documents = forms.CharField(
        label=_("What to bring"),
        help_text=_("One thing on each line."),
        required=False,
        max_length=2000,
        widget=_long(3),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        known: Iterable[Location],
        districts: Iterable[District],
        country: str,
    ) -> None:
        super().__init__(data)
        self.choose("needs", [(n.value, it.label) for n, it in NEEDS.items()])
        self.choose("languages", [(c, languages.name(c)) for c in DELIVERED])
        self.offer_places(known, districts)
        self.add_hours()
        self.fields["phone"] = PhoneField(country, label=_("Telephone"))
        self.fields["amount"].label = _("Amount in %(currency)s") % {
            "currency": CURRENCY
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("amount") and cleaned.get("is_free"):
            self.add_error(
                "is_free", _("It is marked as free, and yet a price is given.")
            )
        elif cleaned.get("amount") and cleaned.get("is_free") is None:
            cleaned["is_free"] = False
        return cleaned

    def written(self) -> Edited:
        """What to add."""
        cleaned = self.cleaned_data
        texts = ["name", "description", "fees_description"]
        return Edited(
            fields={
                **{name: self.said(name) for name in texts},
                "is_free": cleaned["is_free"],
            },
            needs=cleaned["needs"],
            languages=cleaned["languages"],
            hours=self.week(),
            places=self.chosen_places(),
            new_place=self.written_place(cleaned["written_in"]),
            lines={
                "phones": self.phone_line(),
                "cost_options": self._price(),
                "required_documents": self._papers(),
            },
        )

    def _price(self) -> list[Line]:
        amount = self.cleaned_data["amount"]
        if not amount:
            return []
        return [Line(new_reference(), {"amount": amount, "currency": CURRENCY})]

    def _papers(self) -> list[Line]:
        code = self.cleaned_data["written_in"]
        papers = [it.strip() for it in self.cleaned_data["documents"].splitlines()]
        return [
            Line(new_reference(), {"document": Translated.of(code, **{code: paper})})
            for paper in dict.fromkeys(papers)
            if paper
        ]
