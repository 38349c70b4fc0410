"""Two laws side by side in words: one law on two days, or the laws of two places."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gishe.core.rules import Pack
from gishe.rights import cards
from gishe.rights.cards import Card

NEW, ENDED, CHANGED, DOUBTED, VOUCHED = "new", "ended", "changed", "doubted", "vouched"
KINDS: dict[str, str | Promise] = {
    NEW: _("Only on the right"),
    ENDED: _("Only on the left"),
    CHANGED: _("Says something else"),
    DOUBTED: _("No longer verified"),
    VOUCHED: _("Verified now"),
}
TONES = {NEW: "ok", ENDED: "stop", CHANGED: "now", DOUBTED: "now", VOUCHED: "ok"}


@dataclass(frozen=True)
class Side:
    """One of the two laws: a pack on a day."""

    pack: Pack
    day: date

    def cards(self) -> dict[str, Card]:
        """The rules in force, by name."""
        every = cards.cards(self.pack)
        return {it.name: it for it in every if it.is_in_force(self.day)}


@dataclass(frozen=True)
class Change:
    """One rule that is not the same on both sides; a side where it is not is None."""

    kind: str
    old: Card | None
    new: Card | None

    @property
    def word(self) -> str:
        return str(KINDS[self.kind])

    @property
    def tone(self) -> str:
        return TONES[self.kind]

    @property
    def rule(self) -> Card:
        found = self.new or self.old
        assert found is not None
        return found


def compare(old: Side, new: Side) -> list[Change]:
    """Every rule that differs, ways to work first, in the lawbook's order."""
    return list(_changes(old, new))


def _changes(old: Side, new: Side) -> Iterator[Change]:
    before, after = old.cards(), new.cards()
    for name in dict.fromkeys([*before, *after]):
        was, is_now = before.get(name), after.get(name)
        if is_now is None:
            yield Change(ENDED, was, None)
        elif was is None:
            yield Change(NEW, None, is_now)
        elif _says(was) != _says(is_now):
            yield Change(CHANGED, was, is_now)
        elif was.vouches(old.day) != is_now.vouches(new.day):
            kind = VOUCHED if is_now.vouches(new.day) else DOUBTED
            yield Change(kind, was, is_now)


def _says(card: Card) -> tuple[object, ...]:
    """What a rule says, whoever checked it and since whenever it says so."""
    parts = tuple(_says(part) for part in card.parts)
    return (
        card.text,
        card.asks,
        card.facts,
        card.leads_to,
        card.papers,
        card.routes,
        card.written,
        parts,
    )
