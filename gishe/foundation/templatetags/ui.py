"""Template tags of the interface kit. Loaded for every template."""

import logging
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

import lucide as lucide_icons
from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gishe.foundation import languages
from gishe.foundation.translated import Shown, Translated

register = template.Library()
log = logging.getLogger(__name__)
# Icons that point somewhere turn round in right-to-left pages.
DIRECTED = {"arrow-right", "arrow-left", "chevron-right", "chevron-left", "log-out"}


@lru_cache(maxsize=256)
def _icon(name: str, size: int) -> str:
    flip = "icon flip" if name in DIRECTED else "icon"
    return str(
        lucide_icons._render_icon(
            name, size, **{"class": flip, "aria-hidden": "true", "focusable": "false"}
        )
    )


@register.simple_tag
def icon(name: str, size: int = 20) -> SafeString:
    """A line icon; always beside a word, never instead of one.

    So a page is whole without it: an icon that is not there is left out and logged.
    Raises IconDoesNotExist only while somebody develops.
    """
    try:
        return mark_safe(_icon(str(name), size))
    except lucide_icons.IconDoesNotExist:
        if settings.DEBUG:
            raise
        log.exception("There is no icon called %s", name)
        return SafeString()


@register.simple_tag
def tr(value: Translated | str, language: str | None = None) -> SafeString:
    """A translated text for this page; a fallback carries its language, and says so."""
    if not isinstance(value, Translated):
        return format_html("{}", value or "")
    shown = value.shown(language or languages.active())
    if not shown.is_fallback:
        return format_html("{}", shown.text)
    return _fallback(shown)


def _fallback(shown: Shown) -> SafeString:
    return format_html(
        '<span lang="{0}" dir="{1}" class="fallback">{2}</span>'
        ' <small class="fallback-note" title="{3}">{4}</small>',
        shown.language,
        languages.direction(shown.language),
        shown.text,
        _("Not translated yet. Shown in: %(language)s")
        % {"language": languages.name(shown.language)},
        languages.name(shown.language),
    )


@register.filter
def is_stale(value: Translated) -> bool:
    """Whether the source has moved on since this page's language was written."""
    return value.shown(languages.active()).is_stale


@register.filter
def ltr(value: Any) -> SafeString:
    """Numbers, hours, telephone numbers and codes run left to right in every script."""
    return format_html('<bdi dir="ltr" class="ltr">{}</bdi>', value)


@register.filter
def hours(starts: time, ends: time) -> SafeString:
    """``{{ slot.starts|hours:slot.ends }}``"""
    return ltr(languages.hours(starts, ends))


@register.filter
def day(value: date) -> str:
    return languages.day(_here(value))


@register.filter
def month(value: date) -> str:
    return languages.month(value)


@register.filter
def weekday(value: int, width: str = "wide") -> str:
    return languages.weekday(int(value), width)


@register.filter
def full_date(value: date) -> str:
    return languages.full_date(_here(value))


@register.filter
def dated(text: str) -> str:
    """A day written 2026-11-21 as this page writes days; other text stays."""
    return languages.dated(str(text))


def _here(value: date) -> date:
    """The day of a moment where the house stands; a day stays as it is."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localdate(value)
    return value


@register.filter
def language_name(code: str) -> str:
    return languages.name(code)


@register.filter
def language_names(codes: list[str]) -> str:
    return languages.joined([languages.name(code) for code in codes])


@register.simple_tag
def comma() -> str:
    """What stands between the parts of an address or a list."""
    return languages.comma()


@register.filter
def decimal(value: float) -> SafeString:
    """A number as the page's language writes it: 4,6."""
    return ltr(languages.number(value))


@register.filter
def country_name(code: str) -> str:
    return languages.country(code)


@register.simple_tag(takes_context=True)
def in_language(context: dict[str, Any], code: str) -> str:
    """The address of this page in another language."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return f"/{code}/"
    address = translate_url(request.get_full_path(), code)
    # What is no page of ours has no translation either: then the first page.
    return address if address.startswith(f"/{code}/") else f"/{code}/"


@register.simple_tag(takes_context=True)
def with_query(context: dict[str, Any], **changes: Any) -> str:
    """This page's query with some of its parameters changed; None takes one out."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value is not None:
            query[key] = str(value)
    return f"?{query.urlencode()}"
