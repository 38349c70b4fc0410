"""Forms for everybody: finding help, answering "still true?"."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gishe.directory.forms.common import DELIVERED, Plain
from gishe.directory.groups import GROUPS
from gishe.directory.models import District
from gishe.directory.needs import NEEDS
from gishe.foundation import languages
from gishe.foundation.forms import OnceField


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
        choices: dict[str, list[tuple[Any, Any]]] = {
            "need": [(need.value, it.label) for need, it in NEEDS.items()],
            "language": [(c, languages.name(c)) for c in DELIVERED],
            "weekday": [(d, languages.weekday(d)) for d in range(7)],
            "district": [(d.code, str(d.name)) for d in districts],
            "group": [(group.value, it) for group, it in GROUPS.items()],
        }
        for name, given in choices.items():
            self.choose(name, [("", _("Any")), *given])

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
