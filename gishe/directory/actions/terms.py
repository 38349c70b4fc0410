"""Putting needs and groups on services, as attributes with terms of our taxonomies."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise

from gishe.directory.groups import GROUPS, Group
from gishe.directory.identity import (
    GROUP_BY_TERM,
    GROUPS_TAXONOMY,
    NEED_BY_TERM,
    NEEDS_TAXONOMY,
    group_term,
    need_term,
)
from gishe.directory.models import Attribute, Service, Taxonomy, TaxonomyTerm
from gishe.directory.needs import NEEDS, Need
from gishe.foundation.translated import Translated


def _said(label: str | Promise) -> str:
    with translation.override("en"):
        return str(label)


def _taxonomy(reference: UUID, name: str, description: str) -> Taxonomy:
    made, _ = Taxonomy.objects.get_or_create(
        pk=reference,
        defaults={"name": name, "description": Translated.of("en", en=description)},
    )
    return made


def _terms(taxonomy: Taxonomy, labels: Mapping[UUID, tuple[str, str]]) -> None:
    there = set(TaxonomyTerm.objects.filter(pk__in=labels).values_list("pk", flat=True))
    TaxonomyTerm.objects.bulk_create(
        TaxonomyTerm(
            pk=reference,
            code=code,
            name=Translated.of("en", en=label),
            description=Translated.of("en", en=label),
            taxonomy=taxonomy.name,
            taxonomy_detail=taxonomy,
            language="eng",
        )
        for reference, (code, label) in labels.items()
        if reference not in there
    )


@transaction.atomic
def ensure_terms() -> None:
    """The taxonomies of needs and groups stand in the tables; safe to repeat."""
    if TaxonomyTerm.objects.filter(
        taxonomy_detail_id__in=[NEEDS_TAXONOMY, GROUPS_TAXONOMY]
    ).count() == len(Need) + len(Group):
        return
    needs = _taxonomy(
        NEEDS_TAXONOMY, "gishe-needs", "The needs people come with: seventeen domains."
    )
    _terms(
        needs,
        {need_term(need): (need.value, _said(NEEDS[need].label)) for need in Need},
    )
    groups = _taxonomy(
        GROUPS_TAXONOMY, "gishe-groups", "The groups of people a service is meant for."
    )
    _terms(
        groups,
        {group_term(group): (group.value, _said(GROUPS[group])) for group in Group},
    )


def set_needs(*, service: Service, needs: Sequence[str]) -> None:
    """The service covers these needs and no others; codes of ``directory.needs``."""
    _set(service, {need_term(Need(code)) for code in needs}, NEED_BY_TERM)


def set_groups(*, service: Service, groups: Sequence[str]) -> None:
    """The service is meant for these groups; none of them means for everybody."""
    _set(service, {group_term(Group(code)) for code in groups}, GROUP_BY_TERM)


@transaction.atomic
def _set(service: Service, wanted: set[UUID], of_ours: Mapping[UUID, object]) -> None:
    ensure_terms()
    ours = Attribute.objects.filter(service=service, taxonomy_term_id__in=list(of_ours))
    ours.exclude(taxonomy_term_id__in=wanted).delete()
    there = set(ours.values_list("taxonomy_term_id", flat=True))
    Attribute.objects.bulk_create(
        Attribute(service=service, taxonomy_term_id=term, link_type="taxonomy")
        for term in sorted(wanted - there)
    )
