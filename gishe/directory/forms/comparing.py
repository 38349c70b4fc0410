"""What two people wrote differently, for the one whose form came second."""

from collections.abc import Iterable
from typing import Any

from django import forms

from gishe.foundation import languages

Differing = list[tuple[str, str, str]]  # label, text as saved, text as sent


def differing_fields(form: forms.Form, saved: Any, names: Iterable[str]) -> Differing:
    """Plain fields that the form says otherwise than ``saved``."""
    return [
        (str(form.fields[name].label), _said(there), _said(form.cleaned_data[name]))
        for name in names
        if (there := getattr(saved, name)) != form.cleaned_data[name]
    ]


def _said(value: Any) -> str:
    return "–" if value is None or value == "" else str(value)


def differing_texts(form: forms.Form, saved: Any, names: Iterable[str]) -> Differing:
    """Texts that the form says otherwise, language by language."""
    found = []
    for name in names:
        label = str(form.fields[name].label)
        there = getattr(saved, name)
        for code, text in form.cleaned_data[name].texts.items():
            shown = there.shown(code)
            is_text = shown.text if shown.language == code else ""
            if text != is_text:
                where = f"{label} ({languages.own_name(code)})"
                found.append((where, is_text, text))
    return found
