"""Rows that hang on a card, line by line: telephones, papers, prices."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from gishe.directory.models import (
    CostOption,
    Organization,
    Phone,
    RequiredDocument,
    Service,
)

Owner: TypeAlias = Service | Organization
# By the standard's name of the list: its table, and what a line of it says.
LISTS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "phones": (Phone, ("number", "extension", "description")),
    "cost_options": (
        CostOption,
        ("option", "amount", "currency", "amount_description"),
    ),
    "required_documents": (RequiredDocument, ("document",)),
}


@dataclass(frozen=True)
class Line:
    """One row of a list; its reference was chosen when its form was shown."""

    reference: UUID
    values: Mapping[str, Any]


def rows_of(owner: Owner, name: str) -> list[Any]:
    """The rows of a list, the oldest first."""
    return sorted(getattr(owner, name).all(), key=lambda row: row.pk)


def lines_of(owner: Owner, name: str) -> list[Line]:
    """A list as it stands."""
    _model, fields = LISTS[name]
    return [
        Line(row.pk, {field: getattr(row, field) for field in fields})
        for row in rows_of(owner, name)
    ]


def changed_lines(owner: Owner, lines: Mapping[str, Sequence[Line]]) -> list[str]:
    """Names of the lists that differ from what is there; their order says nothing."""
    return [
        name
        for name, wanted in lines.items()
        if _by_reference(wanted) != _by_reference(lines_of(owner, name))
    ]


def write_lines(owner: Owner, name: str, lines: Sequence[Line]) -> None:
    """Take off what is not among ``lines``, change what differs, add what is new."""
    model, _fields = LISTS[name]
    key = "service" if isinstance(owner, Service) else "organization"
    ours = model.objects.filter(**{key: owner})
    there = _by_reference(lines_of(owner, name))
    ours.exclude(pk__in=[line.reference for line in lines]).delete()
    for line in lines:
        if line.reference not in there:
            # A row of that name that is somebody else's stays as it is.
            model.objects.get_or_create(
                pk=line.reference, defaults={key: owner, **line.values}
            )
        elif there[line.reference] != line.values:
            ours.filter(pk=line.reference).update(**line.values)


def _by_reference(lines: Iterable[Line]) -> dict[UUID, dict[str, Any]]:
    return {line.reference: dict(line.values) for line in lines}
