"""Lists on a form, a line for each row: telephones, prices, papers to bring.

Every line carries the reference of its row, chosen when the form is shown: a form that
is sent twice writes the same rows. A line that is emptied is taken off.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gishe.directory import telephones
from gishe.directory.actions import Line, lines_of
from gishe.directory.actions.lines import LISTS, Owner, rows_of
from gishe.directory.forms.common import Plain
from gishe.directory.forms.comparing import Differing
from gishe.directory.models import CostOption, Phone, RequiredDocument
from gishe.directory.telephones import Number
from gishe.directory.translating import LineOfText, Written
from gishe.foundation import languages
from gishe.foundation.references import new_reference
from gishe.foundation.translated import Translated

MOST = 60  # lines that one form takes
ONE_LINE = 44  # letters; a longer text gets two lines
CURRENCY = "EUR"  # of prices that are written here
Values: TypeAlias = dict[str, Any]


def western(text: str) -> str:
    """Digits 0-9, whatever script they were typed in."""
    return "".join(
        str(unicodedata.digit(char)) if char.isdigit() else char for char in text
    )


class PhoneField(forms.CharField):
    """One telephone number; one that stands there and is not touched is not judged."""

    def __init__(self, country: str, row: Phone | None = None, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})
        super().__init__(max_length=100, widget=widget, required=False, **kwargs)
        self.country, self.row = country, row
        if row:
            more = f" ext. {row.extension}" if row.extension is not None else ""
            self.initial = f"{row.number}{more}"

    def clean(self, value: Any) -> Number | None:
        text = super().clean(value)
        if not text:
            return None
        if self.row and text == self.initial:
            return Number(self.row.number, self.row.extension)
        found = telephones.numbers(western(text), self.country)
        if len(found) > 1:
            raise ValidationError(_("One number on a line, please."))
        can = telephones.can_be_dialled(found[0].number, self.country)
        if found[0].note or not can:
            raise ValidationError(
                _("Please write the number with digits, as you dial it.")
            )
        return found[0]


class PriceField(forms.DecimalField):
    """An amount of money, with a point or a comma."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "dir": "ltr", "size": "9"}
        super().__init__(
            min_value=Decimal(0),
            max_digits=8,
            decimal_places=2,
            required=False,
            widget=forms.TextInput(attrs=attrs),
            **kwargs,
        )

    def to_python(self, value: Any) -> Any:
        return super().to_python(western(str(value or "")).strip().replace(",", "."))


@dataclass(frozen=True)
class LineFields:
    """A line as the form shows it."""

    reference: UUID
    fields: list[forms.BoundField]


class WithLines(Plain):
    """A form with lists; ``owner`` has the rows, if there are any yet."""

    def __init__(self, data: Any, *, initial: Any, owner: Owner, country: str) -> None:
        super().__init__(data, initial=initial)
        self.owner, self.country = owner, country
        self._rows: dict[str, dict[UUID, Any]] = {}
        self._references: dict[str, list[UUID]] = {}

    def add_lines(self, name: str, *, spare: int) -> None:
        """Put a list in, with ``spare`` empty lines at its end."""
        rows = {row.pk: row for row in rows_of(self.owner, name)}
        shown = [*rows, *(new_reference() for _n in range(spare))]
        self._rows[name] = rows
        self._references[name] = self._sent(name) if self.is_bound else shown
        for reference in self._references[name]:
            for part, field in FIELDS[name](rows.get(reference), self.country).items():
                self.fields[f"{name}-{reference}-{part}"] = field

    def shown_lines(self, name: str) -> list[LineFields]:
        """The list for its template."""
        return [
            LineFields(
                reference,
                [
                    self[it]
                    for it in self.fields
                    if it.startswith(f"{name}-{reference}-")
                ],
            )
            for reference in self._references[name]
        ]

    def lines(self) -> dict[str, list[Line]]:
        """What the lists are to be; a row that the form did not show stays."""
        found = {}
        for name, references in self._references.items():
            there = lines_of(self.owner, name)
            kept = [line for line in there if line.reference not in references]
            written = [
                Line(reference, values)
                for reference in references
                if (values := self._values(name, reference)) is not None
            ]
            found[name] = [*kept, *written]
        return found

    def _values(self, name: str, reference: UUID) -> Values | None:
        start = f"{name}-{reference}-"
        cleaned = {
            key.removeprefix(start): value
            for key, value in self.cleaned_data.items()
            if key.startswith(start)
        }
        return READ[name](cleaned, self._rows[name].get(reference))

    def as_it_stands_now(self) -> Any:
        """What was sent, with the lines that others have added since."""
        data = cast(QueryDict, self.data).copy()
        for name, rows in self._rows.items():
            for reference, row in rows.items():
                if reference not in self._references[name]:
                    data.appendlist(name, str(reference))
                    for part, field in FIELDS[name](row, self.country).items():
                        data.update(_as_sent(f"{name}-{reference}-{part}", field))
        return data

    def differing_lines(self) -> Differing:
        """Lists that stand otherwise than they were sent."""
        found = []
        for name, lines in self.lines().items():
            model, _fields = LISTS[name]
            saved = [str(row) for row in self._rows[name].values()]
            sent = [str(model(**line.values)) for line in lines]
            if sorted(saved) != sorted(sent):
                label = str(LABELS[name])
                found.append((label, "\n".join(saved), "\n".join(sent)))
        return found

    def _sent(self, name: str) -> list[UUID]:
        found = []
        for text in cast(QueryDict, self.data).getlist(name)[:MOST]:
            try:
                found.append(UUID(text))
            except ValueError:
                continue
        return list(dict.fromkeys(found))


def _as_sent(key: str, field: forms.Field) -> dict[str, str]:
    """What a browser would send of a field that nobody touched."""
    value = field.initial
    if not isinstance(value, Translated):
        return {key: "" if value is None else str(value)}
    sent = {f"{key}-source": value.source}
    for code, text in value:
        sent |= {f"{key}-{code}": text.text, f"{key}-{code}-state": text.state}
    return sent


def _text(label: Any, row: Any, name: str) -> LineOfText:
    there: Translated | None = getattr(row, name) if row else None
    longest = max((len(it.text) for _code, it in there), default=0) if there else 0
    return LineOfText(
        label=label,
        initial=there or Translated(source=languages.active()),
        rows=1 if longest < ONE_LINE else 2,
    )


def _phone(row: Phone | None, country: str) -> dict[str, forms.Field]:
    return {
        "number": PhoneField(country, row, label=gettext_lazy("Telephone")),
        "description": _text(gettext_lazy("Who answers, or when"), row, "description"),
    }


def _cost(row: CostOption | None, country: str) -> dict[str, forms.Field]:
    currency = (row.currency if row else "") or CURRENCY
    fields: dict[str, forms.Field] = {
        "amount": PriceField(
            label=_("Amount in %(currency)s") % {"currency": currency},
            initial=row.amount if row else None,
        ),
        "option": _text(gettext_lazy("For what, or for whom"), row, "option"),
    }
    if row and row.amount_description:
        fields["amount_description"] = _text(
            gettext_lazy("About the amount"), row, "amount_description"
        )
    return fields


def _document(row: RequiredDocument | None, country: str) -> dict[str, forms.Field]:
    return {"document": _text(gettext_lazy("What to bring"), row, "document")}


def _put(written: Written, row: Any, name: str) -> Translated:
    before = getattr(row, name) if row else Translated(source=written.source)
    after = written.put_on(before)
    return after if after or before else before  # nothing in no language is nothing


def _read_phone(cleaned: Values, row: Phone | None) -> Values | None:
    number = cleaned.get("number")
    if number is None:
        return None
    return {
        "number": number.number,
        "extension": number.extension,
        "description": _put(cleaned["description"], row, "description"),
    }


def _read_cost(cleaned: Values, row: CostOption | None) -> Values | None:
    amount = cleaned.get("amount")
    option = _put(cleaned["option"], row, "option")
    about = Translated()
    if "amount_description" in cleaned:
        about = _put(cleaned["amount_description"], row, "amount_description")
    if amount is None and not option and not about:
        return None
    currency = row.currency if row else ""
    if amount is not None:
        currency = currency or CURRENCY
    return {
        "option": option,
        "amount": amount,
        "currency": currency,
        "amount_description": about,
    }


def _read_document(cleaned: Values, row: RequiredDocument | None) -> Values | None:
    document = _put(cleaned["document"], row, "document")
    return {"document": document} if document else None


LABELS = {
    "phones": gettext_lazy("Telephones"),
    "cost_options": gettext_lazy("What it costs"),
    "required_documents": gettext_lazy("What to bring"),
}
FIELDS: dict[str, Callable[[Any, str], dict[str, forms.Field]]] = {
    "phones": _phone,
    "cost_options": _cost,
    "required_documents": _document,
}
READ: dict[str, Callable[[Values, Any], Values | None]] = {
    "phones": _read_phone,
    "cost_options": _read_cost,
    "required_documents": _read_document,
}
