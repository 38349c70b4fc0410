from django.urls import path

from gishe.directory import views

app_name = "directory"
urlpatterns = [
    path("services/", views.services, name="services"),
    path("services/to-confirm/", views.stale, name="stale"),
    path("services/confirm/<str:token>/", views.confirm, name="confirm"),
    path("services/confirm/<str:token>/changed/", views.correct, name="correct"),
    path("services/<uuid:reference>/", views.service, name="service"),
    path("cards/", views.my_cards, name="my_cards"),
    path("cards/<uuid:reference>/", views.card_edit, name="card_edit"),
    path("cards/<uuid:reference>/confirm/", views.card_confirm, name="card_confirm"),
    path("cards/<uuid:reference>/where/", views.card_practical, name="card_practical"),
    path("cards/<uuid:reference>/take-out/", views.card_take_out, name="card_take_out"),
    path(
        "cards/<uuid:reference>/bring-back/",
        views.card_bring_back,
        name="card_bring_back",
    ),
    path("organizations/", views.organizations, name="organizations"),
    path("organizations/new/", views.organization_new, name="organization_new"),
    path(
        "organizations/<uuid:reference>/",
        views.organization_edit,
        name="organization_edit",
    ),
    path(
        "organizations/<uuid:reference>/speakers/",
        views.speaker_add,
        name="speaker_add",
    ),
    path(
        "organizations/<uuid:reference>/speakers/<uuid:person>/off/",
        views.speaker_remove,
        name="speaker_remove",
    ),
    path(
        "organizations/<uuid:reference>/services/new/",
        views.service_new,
        name="service_new",
    ),
    path(
        "corrections/<uuid:reference>/handled/",
        views.correction_handled,
        name="correction_handled",
    ),
]
