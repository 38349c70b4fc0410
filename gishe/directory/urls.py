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
    path(
        "corrections/<uuid:reference>/handled/",
        views.correction_handled,
        name="correction_handled",
    ),
]
