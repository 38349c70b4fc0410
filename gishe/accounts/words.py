"""Words that one of allauth's catalogues leaves in English; ours are found first."""

from django.utils.translation import gettext_lazy as _

BORROWED = [_("Email")]
