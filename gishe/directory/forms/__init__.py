"""Forms of the directory: finding, keeping a card, adding by hand, "still true?"."""

from gishe.directory.forms.adding import (
    OrganizationEditForm,
    OrganizationForm,
    ServiceForm,
    SpeakerForm,
)
from gishe.directory.forms.card import CardForm
from gishe.directory.forms.finding import ConfirmForm, CorrectionForm, SearchForm
from gishe.directory.forms.practical import PracticalForm

__all__ = [
    "CardForm",
    "ConfirmForm",
    "CorrectionForm",
    "OrganizationEditForm",
    "OrganizationForm",
    "PracticalForm",
    "SearchForm",
    "ServiceForm",
    "SpeakerForm",
]
