"""How forms are drawn, and the field that makes a form safe to send twice."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

from gishe.foundation.references import new_reference


class Renderer(TemplatesSetting):
    """Every field in the house's own template."""

    field_template_name = "ui/field.html"


class OnceField(forms.UUIDField):
    """The reference of the row that this form will make.

    It is chosen when the form is shown, so a form that arrives twice names the
    same row twice, and the second time changes nothing.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("initial", new_reference)
        kwargs.setdefault("widget", forms.HiddenInput)
        super().__init__(**kwargs)
