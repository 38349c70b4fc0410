"""Forms of the law's pages: the quota, marking a rule, comparing laws."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gishe.foundation.forms import OnceField
from gishe.rights import job_words, packs, quota
from gishe.rights.models import RuleReview

LARGEST_FILE = 2_000_000  # bytes; what is larger is for `gishe law diff`


class QuotaForm(forms.Form):
    """Three numbers of an employer. Nothing of it is kept."""

    size = forms.ChoiceField(
        label=gettext_lazy("How big is your company?"),
        choices=[
            (quota.SMALL, gettext_lazy("Small or medium company")),
            (quota.LARGE, gettext_lazy("Large company")),
        ],
    )
    staff = forms.FloatField(min_value=1, max_value=1_000_000)
    foreign = forms.IntegerField(min_value=0, max_value=1_000_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["size"].help_text = job_words.hint("employer_size")
        for name, fact in (
            ("staff", "employer_average_headcount_12m"),
            ("foreign", "employer_tcn_count_12m"),
        ):
            self.fields[name].label = job_words.label(fact)
            self.fields[name].help_text = job_words.hint(fact)


class ReviewForm(forms.Form):
    """A coordinator marks a rule."""

    reference = OnceField()
    law_version = forms.CharField(max_length=32, widget=forms.HiddenInput)
    state = forms.ChoiceField(
        label=gettext_lazy("How does this rule stand?"),
        choices=[
            (
                RuleReview.State.REVIEWED,
                gettext_lazy("Reviewed: it is as written here"),
            ),
            (
                RuleReview.State.CHALLENGED,
                gettext_lazy("In doubt: warn in every answer"),
            ),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy(
            "For a doubt always: what may be wrong, and the source."
        ),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        is_doubt = said.get("state") == RuleReview.State.CHALLENGED
        if is_doubt and not str(said.get("reason", "")).strip():
            self.add_error(
                "reason", _("Say what is in doubt, so that others can check it.")
            )
        return said


class ChangesForm(forms.Form):
    """Two laws to lay side by side: a pack on a day, and a pack on another day."""

    old_law = forms.ChoiceField(label=gettext_lazy("Law"))
    old_day = forms.DateField(
        label=gettext_lazy("On the day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    new_law = forms.ChoiceField(label=gettext_lazy("Compared with"))
    new_day = forms.DateField(
        label=gettext_lazy("On the day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        laws = [(it.id, packs.said(it.name)) for it in packs.abouts()]
        for name in ("old_law", "new_law"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = laws


class CasesForm(ChangesForm):
    """The same two laws, and a file of cases that is read and not kept."""

    cases = forms.FileField(
        label=gettext_lazy("A file of cases, CSV or JSON"),
        help_text=gettext_lazy(
            "The first line of a CSV names the facts. At most 2 MB; "
            "the file is not kept."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.json"}),
    )

    def clean_cases(self) -> Any:
        found = self.cleaned_data["cases"]
        if found.size > LARGEST_FILE:
            raise ValidationError(
                _("The file is larger than 2 MB. Split it, or use `gishe law diff`.")
            )
        return found
