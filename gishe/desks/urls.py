from django.urls import path

from gishe.desks import views

app_name = "desks"
urlpatterns = [
    path("", views.home, name="home"),
    path("today/", views.today, name="today"),
]
