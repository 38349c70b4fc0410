from django.urls import path

from gishe.insight import views

app_name = "insight"
urlpatterns = [
    path("statistics/", views.statistics, name="statistics"),
    path("statistics/<str:period>.csv", views.as_csv, name="csv"),
    path("statistics/<str:period>.json", views.as_json, name="json"),
    path("statistics/<str:period>/", views.period, name="period"),
    path("statistics/<str:period>/rows/", views.rows, name="rows"),
    path("feedback/", views.feedback, name="feedback"),
    path("feedback/thanks/", views.thanks, name="thanks"),
    path("feedback/words/", views.feedback_words, name="words"),
    path("feedback/sheet.pdf", views.feedback_sheet, name="sheet"),
]
