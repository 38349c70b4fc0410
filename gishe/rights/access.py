"""The doors to one rule of the law. Not there looks like 404."""

from datetime import date

from django.http import Http404

from gishe.core.rules import Pack
from gishe.rights import cards, packs
from gishe.rights.cards import Card


def law(name: str) -> Pack:
    """One law of the lawbook."""
    try:
        return packs.by_id(name)
    except packs.NoSuchLaw:
        raise Http404 from None


def rule(pack: Pack, name: str, day: date) -> list[Card]:
    """Every version of one rule, the one in force first."""
    found = cards.named(pack, name, day)
    if not found:
        raise Http404
    return found
