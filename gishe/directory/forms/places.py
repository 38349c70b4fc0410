"""Where a service is given, on a form: places that are known, or one new address."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from gishe.directory.actions import NewPlace
from gishe.directory.forms.common import Plain
from gishe.directory.models import District, Location
from gishe.foundation import languages
from gishe.foundation.forms import OnceField
from gishe.foundation.translated import Translated


class Places(Plain):
    """Tick boxes of known places, and the fields of a new address."""

    places = forms.MultipleChoiceField(
        label=_("Where it is given"),
        help_text=_("None means: by telephone or online only."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    new_place = OnceField()
    address_1 = forms.CharField(
        label=_("Street and number"), required=False, max_length=300
    )
    postal_code = forms.CharField(
        label=_("Postal code"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"dir": "ltr", "size": "10"}),
    )
    city = forms.CharField(label=_("City"), required=False, max_length=200)
    place_name = forms.CharField(
        label=_("Name of the place"),
        help_text=_("Only if it has one: a school, a community centre."),
        required=False,
        max_length=200,
    )
    district = forms.ChoiceField(label=_("District"), required=False)

    def offer_places(
        self, known: Iterable[Location], districts: Iterable[District]
    ) -> None:
        """What may be chosen; the city of the counter stands in its field."""
        self._known = list(known)
        self._districts = {row.code: row for row in districts}
        self.choose("places", [(str(row.pk), _called(row)) for row in self._known])
        codes = [(code, str(row.name)) for code, row in self._districts.items()]
        self.choose("district", [("", _("Not said")), *codes])
        house = next((row for row in self._known if row.is_house), None)
        address = house.addresses.first() if house else None
        self._country = address.country if address else ""
        self.fields["city"].initial = str(address.city) if address else ""

    @property
    def new_address(self) -> list[forms.BoundField]:
        """The fields of a new address, in the order they are said."""
        names = ["address_1", "postal_code", "city", "district", "place_name"]
        return [self[name] for name in names]

    @property
    def writes_address(self) -> bool:
        """Whether the new address is to stand open."""
        return any(self[name].value() for name in ("address_1", "place_name"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        alone = cleaned.get("place_name") or cleaned.get("postal_code")
        if alone and not cleaned.get("address_1") and "address_1" not in self.errors:
            self.add_error("address_1", _("Please write the street, too."))
        return cleaned

    def chosen_places(self) -> list[UUID]:
        """Ids of the known places."""
        return [UUID(it) for it in self.cleaned_data["places"]]

    def written_place(self, language: str) -> NewPlace | None:
        """The new address, if one was written; its words are in ``language``."""
        cleaned = self.cleaned_data
        if not cleaned["address_1"]:
            return None

        def said(name: str) -> Translated:
            return Translated.of(language, **{language: cleaned[name]})

        return NewPlace(
            reference=cleaned["new_place"],
            name=said("place_name"),
            address_1=said("address_1"),
            city=said("city"),
            postal_code=cleaned["postal_code"],
            country=self._country,
            district=self._districts.get(cleaned["district"]),
        )


def _called(location: Location) -> str:
    """The name of a place and its street."""
    street = next((str(row.address_1) for row in location.addresses.all()), "")
    said = [text for text in (str(location.name), street) if text]
    return languages.comma().join(dict.fromkeys(said))
