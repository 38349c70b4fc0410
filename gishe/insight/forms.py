"""The feedback form: two questions by touch, words only if one likes."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gishe.foundation.forms import OnceField

SCORES: list[tuple[int, str | Promise]] = [
    (5, _("Very good")),
    (4, _("Good")),
    (3, _("So-so")),
    (2, _("Bad")),
    (1, _("Very bad")),
]


def _score(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=SCORES,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class FeedbackForm(forms.Form):
    """Every question may be left out, but not all of them."""

    reference = OnceField()
    service_score = _score(_("How was the help you got?"))
    staff_score = _score(_("How were the people who helped you?"))
    words = forms.CharField(
        label=_("What was good, what should be better?"),
        help_text=_("Only if you like. Please write no names."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    answer_to = forms.CharField(
        label=_("Do you want an answer? Phone or e-mail"),
        help_text=_("Without it nobody can know who wrote. It is kept locked."),
        required=False,
        max_length=200,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["words"] = data.get("words", "").strip()
        said = data.get("service_score"), data.get("staff_score"), data["words"]
        if not any(said) and not self.errors:
            raise forms.ValidationError(
                _("Choose an answer to one question, or write some words.")
            )
        return data
