"""What the pages of the directory need beyond the interface kit."""

import re
from datetime import date, datetime

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gishe.directory.models import CostOption
from gishe.foundation import languages
from gishe.foundation.templatetags.ui import ltr, tr
from gishe.foundation.translated import Translated

register = template.Library()


@register.simple_tag
def tr_lines(value: Translated) -> SafeString:
    """A translated text that keeps its line breaks."""
    return format_html("<p>{}</p>", linebreaksbr(tr(value)))


@register.filter
def dialled(number: str) -> str:
    """A telephone number as a telephone dials it."""
    return re.sub(r"[^\d+]", "", number)


@register.filter
def unlocalised(value: float) -> str:
    """A number with a point, whatever the reader's language writes."""
    return f"{value:.6f}"


@register.filter
def price(row: CostOption) -> SafeString:
    """The amount of a cost option with its currency; nothing where there is none."""
    if row.amount is None:
        return SafeString()
    said = languages.money(float(row.amount), row.currency) if row.currency else ""
    return ltr(said or row.amount)


@register.filter
def localday(moment: datetime) -> date:
    """The day of a moment where the house stands."""
    return timezone.localdate(moment)
