"""The groups of people that a service may be meant for: one closed list."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Group(StrEnum):
    """Codes of the groups; they stand in the database, in exports and in addresses."""

    ASYLUM_SEEKERS = "asylum_seekers"
    REFUGEES = "refugees"
    TEMPORARY_PROTECTION = "temporary_protection"
    MIGRANTS = "migrants"
    UNDOCUMENTED = "undocumented"
    WOMEN = "women"
    CHILDREN = "children"
    YOUTH = "youth"
    FAMILIES = "families"
    OLDER_PEOPLE = "older_people"
    DISABILITY = "disability"
    SURVIVORS = "survivors"
    LGBTI = "lgbti"
    STUDENTS = "students"
    EMPLOYERS = "employers"


GROUPS: dict[Group, str | Promise] = {
    Group.ASYLUM_SEEKERS: _("People who ask for asylum"),
    Group.REFUGEES: _("Refugees, humanitarian status"),
    Group.TEMPORARY_PROTECTION: _("Temporary protection"),
    Group.MIGRANTS: _("People with a residence permit"),
    Group.UNDOCUMENTED: _("People without papers"),
    Group.WOMEN: _("Women"),
    Group.CHILDREN: _("Children"),
    Group.YOUTH: _("Young people"),
    Group.FAMILIES: _("Families"),
    Group.OLDER_PEOPLE: _("Older people"),
    Group.DISABILITY: _("People with a disability"),
    Group.SURVIVORS: _("Survivors of violence"),
    Group.LGBTI: _("LGBTI people"),
    Group.STUDENTS: _("Students"),
    Group.EMPLOYERS: _("Employers"),
}
