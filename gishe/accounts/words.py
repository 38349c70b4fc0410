"""Words of allauth that one of its catalogues leaves in English; ours are found first."""

from django.utils.translation import gettext_lazy as _

BORROWED = [_("Email")]
