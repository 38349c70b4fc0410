"""Usual sentences of the day, which stand ready in every language of the house."""

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gishe.foundation import languages
from gishe.foundation.translated import Translated

USUAL: dict[str, str | Promise] = {
    "ready_documents": _("Today only ready documents are handed out."),
    "closes_early": _("Today we close earlier."),
    "long_wait": _("Many people are waiting. You can also come on another day."),
    "phone_only": _("Today we help by telephone only."),
    "interpreter_missing": _("The interpreter is not here today."),
}


def in_every_language(key: str) -> Translated:
    """The sentence in every language of the pages."""
    texts = {}
    for code in languages.page_languages():
        with translation.override(code):
            texts[code] = str(USUAL[key])
    return Translated.of("en", **texts)
