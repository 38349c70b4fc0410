"""Which room answers which address."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from gishe.exchange.urls import hsds
from gishe.foundation import health
from gishe.rights.urls import law

urlpatterns = [
    path("health", health.health, name="health"),
    path("api/hsds/", hsds),
    path("api/law/", law),
    *i18n_patterns(
        path("", include("gishe.desks.urls")),
        path("programme/", include("gishe.programme.urls")),
        path("", include("gishe.rights.urls")),
        path("", include("gishe.directory.urls")),
        path("directory/", include("gishe.exchange.urls")),
        path("contacts/", include("gishe.visits.urls")),
        path("", include("gishe.insight.urls")),
        path("account/", include("gishe.accounts.urls")),
    ),
]
handler400 = "gishe.foundation.errors.bad_request"
handler403 = "gishe.foundation.errors.forbidden"
handler404 = "gishe.foundation.errors.not_found"
handler429 = "gishe.accounts.limits.too_many_requests"
handler500 = "gishe.foundation.errors.server_error"
