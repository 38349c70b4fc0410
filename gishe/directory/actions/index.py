"""Keeping the search index: the words that a service is found by."""

from collections.abc import Iterable
from itertools import islice
from uuid import UUID

from django.db import transaction

from gishe.directory.models import SearchGram, SearchPosting, SearchWord, Service
from gishe.directory.plainwords import is_empty_word
from gishe.directory.queries import services_shown
from gishe.directory.spelling import bare, grams, words
from gishe.foundation.translated import Translated

SUMMARY = 220  # letters of a description that are searched
LONGEST = 60  # letters of a word
MANY = 500  # services at once
ROWS = 5000  # rows at once


def _said(text: Translated, letters: int | None = None) -> set[str]:
    said = [bare(word) for _code, it in text for word in words(it.text[:letters])]
    return {word[:LONGEST] for word in said if not is_empty_word(word)}


def _words(service: Service) -> dict[str, bool]:
    """The words of a service in all its languages; whether each is in the title."""
    owner = service.organization
    text = _said(service.keywords) | _said(service.description, SUMMARY)
    text |= _said(owner.name) | _said(owner.alternate_name)
    title = _said(service.name) | _said(service.alternate_name)
    return dict.fromkeys(text, False) | dict.fromkeys(title, True)


def _ids(wanted: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(wanted), MANY):
        part = SearchWord.objects.filter(word__in=wanted[start : start + MANY])
        found.update(part.values_list("word", "pk"))
    return found


def _known(wanted: list[str]) -> dict[str, int]:
    """The ids of words; words not met before are added with their trigrams."""
    found = _ids(wanted)
    new = [word for word in wanted if word not in found]
    if new:
        SearchWord.objects.bulk_create(
            [SearchWord(word=word) for word in new],
            ignore_conflicts=True,
            batch_size=ROWS,
        )
        added = _ids(new)
        SearchGram.objects.bulk_create(
            [
                SearchGram(gram=gram, word_id=key)
                for word, key in added.items()
                for gram in sorted(grams([word]))
            ],
            ignore_conflicts=True,
            batch_size=ROWS,
        )
        found |= added
    return found


@transaction.atomic
def reindex(services: Iterable[Service]) -> int:
    """Write the index anew for these services; how many of them can be found now.

    Services that are not shown leave the index. For an import: one call for all rows.
    """
    ids, count = iter([service.pk for service in services]), 0
    while batch := list(islice(ids, MANY)):
        SearchPosting.objects.filter(service__in=batch).delete()
        shown = services_shown().filter(pk__in=batch).select_related("organization")
        said: dict[UUID, dict[str, bool]] = {row.pk: _words(row) for row in shown}
        known = _known(sorted({word for found in said.values() for word in found}))
        SearchPosting.objects.bulk_create(
            [
                SearchPosting(word_id=known[word], service_id=pk, in_title=in_title)
                for pk, found in said.items()
                for word, in_title in found.items()
            ],
            batch_size=ROWS,
        )
        count += len(said)
    return count
