"""Who is who across directories: ids that stay the same wherever a row goes."""

from uuid import NAMESPACE_URL, UUID, uuid5

from gishe.directory.groups import Group
from gishe.directory.needs import Need

GISHE = uuid5(NAMESPACE_URL, "https://gishe.org/directory")
# Rows that the month's programme gives bear this as their source.
PROGRAMME = "programme"
NEEDS_TAXONOMY = uuid5(GISHE, "taxonomy/gishe-needs")
GROUPS_TAXONOMY = uuid5(GISHE, "taxonomy/gishe-groups")


def row_id(source_name: str, entity: str, source_id: str) -> UUID:
    """The id of a row that comes from ``source_name`` and is known there by an id.

    An id that is a UUID already stays; every other one gives the same UUID each time.
    ``entity`` is the standard's word, for ids are unique only within their table.
    """
    try:
        return UUID(source_id)
    except ValueError:
        return uuid5(GISHE, f"{source_name}/{entity}/{source_id}")


def need_term(need: Need) -> UUID:
    """The id of the taxonomy term that stands for a need, in every city."""
    return uuid5(GISHE, f"gishe-needs/{need.value}")


def group_term(group: Group) -> UUID:
    """The id of the taxonomy term that stands for a group of people."""
    return uuid5(GISHE, f"gishe-groups/{group.value}")


NEED_BY_TERM = {need_term(need): need for need in Need}
GROUP_BY_TERM = {group_term(group): group for group in Group}
