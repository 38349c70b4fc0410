"""Keeping the search index: what a service is found by, in each of its languages."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction

from gishe.directory.models import SearchDocument, SearchGram, Service
from gishe.directory.queries import services_shown
from gishe.directory.spelling import bare, grams, normalise
from gishe.foundation.translated import Translated

SUMMARY = 220  # letters of a description that are searched
MANY = 500


def _said(language: str, *texts: Translated) -> str:
    found = dict[str, None]()
    for text in texts:
        for code, written in text:
            if code == language:
                found[written.text] = None
    return " ".join(found)


def _documents(service: Service) -> Iterator[SearchDocument]:
    named = [service.name, service.alternate_name]
    who = [service.organization.name, service.organization.alternate_name]
    for language in sorted({code for text in named for code, _ in text}):
        summary = _said(language, service.description)[:SUMMARY]
        text = f"{_said(language, service.keywords, *who)} {summary}"
        yield SearchDocument(
            service=service,
            language=language[:8],
            title=normalise(_said(language, *named))[:500],
            text=normalise(text),
        )


def _grams(document: SearchDocument) -> Iterator[SearchGram]:
    said = f"{document.title} {document.text}".split()
    for gram in grams([bare(word) for word in said]):
        yield SearchGram(gram=gram, document=document)


@transaction.atomic
def reindex(services: Iterable[Service]) -> int:
    """Write the index anew for these services; how many of them can be found now.

    Services that are not shown leave the index. For an import: one call for all rows.
    """
    ids, count = iter([service.pk for service in services]), 0
    while batch := list(islice(ids, MANY)):
        old = SearchDocument.objects.filter(service__in=batch)
        SearchGram.objects.filter(document__in=old.values("pk")).delete()
        old.delete()
        shown = services_shown().filter(pk__in=batch).select_related("organization")
        made = [document for service in shown for document in _documents(service)]
        SearchDocument.objects.bulk_create(made)
        SearchGram.objects.bulk_create(
            [gram for document in made for gram in _grams(document)], batch_size=10_000
        )
        count += len(shown)
    return count
