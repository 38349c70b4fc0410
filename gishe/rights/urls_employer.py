"""Addresses of what employers read, without an account."""

from django.urls import path

from gishe.rights.views import employer

urlpatterns = [
    path("may-i-hire/", employer.may_i_hire, name="may_i_hire"),
    path("may-i-hire/calendar/", employer.calendar, name="hire_calendar"),
    path("may-i-hire/quota/", employer.hire_quota, name="hire_quota"),
]
