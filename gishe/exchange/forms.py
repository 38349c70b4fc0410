"""What is asked before a directory is brought in."""

import re
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from gishe.exchange import queries
from gishe.exchange.actions import Upload
from gishe.exchange.models import ColumnMapping
from gishe.exchange.reading import mapped
from gishe.foundation import languages
from gishe.foundation.forms import OnceField

MOST = 100 * 1024 * 1024
KINDS = (".zip", ".csv", ".tsv", ".txt", ".json")


def _checked(upload: Upload) -> Upload:
    if (upload.size or 0) > MOST:
        raise forms.ValidationError(
            _("The file is larger than %(most)s MB. Split it into parts."),
            params={"most": MOST // 1024 // 1024},
        )
    if PurePosixPath(upload.name or "").suffix.lower() not in KINDS:
        raise forms.ValidationError(_("Send a .zip, a .csv or a .json file."))
    return upload


class NameField(forms.CharField):
    """A short name in any words; kept as letters and digits with - between them."""

    widget = forms.TextInput(attrs={"dir": "auto", "autocapitalize": "none"})

    def clean(self, value: Any) -> str:
        said = str(super().clean(value))
        name = (
            said if re.fullmatch(r"[-\w]+", said) else slugify(said, allow_unicode=True)
        )
        if not name:
            raise forms.ValidationError(_("Write a name with letters or digits."))
        return name


class ImportForm(forms.Form):
    """A file, and how to read it."""

    reference = OnceField()
    file = forms.FileField(
        label=_("File"),
        help_text=_("HSDS as .zip or .json, or any table as .csv."),
        widget=forms.FileInput(attrs={"accept": ",".join(KINDS)}),
    )
    source_name = NameField(
        label=_("Name of the source"),
        max_length=100,
        help_text=_("In your own words, the same every time: rows are known by it."),
    )
    language = forms.ChoiceField(label=_("Language of the texts"))
    country = forms.RegexField(
        regex=r"^[A-Za-z]{2}$",
        label=_("Country of the telephones"),
        required=False,
        help_text=_("Two letters, as BG. Without it numbers stay as written."),
        widget=forms.TextInput(attrs={"dir": "ltr", "maxlength": 2}),
    )
    mapping = forms.ModelChoiceField(
        label=_("Column mapping"),
        queryset=ColumnMapping.objects.none(),
        required=False,
        to_field_name="name",
        empty_label=_("None: it is HSDS"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, languages.name(code)) for code, _name in settings.LANGUAGES]
        self.fields["language"] = forms.ChoiceField(
            label=self.fields["language"].label, choices=choices
        )
        mapping = self.fields["mapping"]
        assert isinstance(mapping, forms.ModelChoiceField)
        mapping.queryset = queries.mappings()

    def clean_file(self) -> Upload:
        return _checked(self.cleaned_data["file"])

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()


class TakeForm(forms.Form):
    """What becomes of services that the source dropped."""

    retires = forms.BooleanField(required=False)


class SampleForm(forms.Form):
    """A table whose columns are to be told."""

    name = NameField(label=_("Name of the mapping"), max_length=60)
    file = forms.FileField(
        label=_("A table of this kind"),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt"}),
    )

    def clean_file(self) -> Upload:
        return _checked(self.cleaned_data["file"])


class MappingForm(forms.Form):
    """One choice for every column of a sample."""

    name = forms.SlugField(max_length=60, allow_unicode=True, widget=forms.HiddenInput)
    organization = forms.CharField(
        label=_("Organization, where no column names it"),
        required=False,
        max_length=500,
    )

    def __init__(self, headers: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headers = headers
        choices = [("", _("Leave out")), *((t, t) for t in mapped.targets())]
        for number, header in enumerate(headers):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=header,
                choices=choices,
                required=False,
                initial=_likely(header),
            )
            self.fields[f"header_{number}"] = forms.CharField(
                initial=header, widget=forms.HiddenInput
            )

    def columns(self) -> dict[str, str]:
        """header → table.column, of the columns that are taken."""
        data = self.cleaned_data
        return {
            data[f"header_{number}"]: data[f"column_{number}"]
            for number in range(len(self.headers))
            if data.get(f"column_{number}")
        }

    def constants(self) -> dict[str, str]:
        name = str(self.cleaned_data.get("organization", "")).strip()
        named = "organizations.name" in self.columns().values()
        return {"organizations.name": name} if name and not named else {}


# Words in headers, and the column that they most likely mean.
LIKELY = {
    "service": "services.name",
    "услуга": "services.name",
    "име": "services.name",
    "organization": "organizations.name",
    "organisation": "organizations.name",
    "provider": "organizations.name",
    "организация": "organizations.name",
    "description": "services.description",
    "описание": "services.description",
    "phone": "phones.number",
    "телефон": "phones.number",
    "email": "services.email",
    "e-mail": "services.email",
    "имейл": "services.email",
    "website": "services.url",
    "сайт": "services.url",
    "address": "addresses.address_1",
    "адрес": "addresses.address_1",
    "city": "addresses.city",
    "град": "addresses.city",
    "language": "languages.name",
    "език": "languages.name",
    "day": "schedules.byday",
    "ден": "schedules.byday",
    "opens": "schedules.opens_at",
    "closes": "schedules.closes_at",
    "latitude": "locations.latitude",
    "longitude": "locations.longitude",
}


def _likely(header: str) -> str:
    plain = header.casefold()
    if plain in mapped.targets():
        return plain
    return next((target for word, target in LIKELY.items() if word in plain), "")


def sent_headers(data: Any) -> list[str]:
    """The headers that came back with a mapping form, in their order."""
    headers: list[str] = []
    while f"header_{len(headers)}" in data and len(headers) < 300:
        headers.append(str(data[f"header_{len(headers)}"]))
    return headers
