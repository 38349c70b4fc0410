"""The only door to one run of an import."""

from uuid import UUID

from django.http import Http404

from gishe.exchange import queries
from gishe.exchange.models import ImportRun


def run(reference: UUID) -> ImportRun:
    """A run; who may keep the directory may see every one."""
    found = queries.runs().filter(pk=reference).first()
    if found is None:
        raise Http404
    return found
