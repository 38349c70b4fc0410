"""Our own pages, and those pages of allauth that we use; its others are not routed."""

from allauth.account import views as account
from allauth.mfa import urls as second_factor
from django.urls import include, path, re_path

from gishe.accounts import views

ours = [
    path("people/", views.people, name="people"),
    path("people/invite/", views.invite, name="invite"),
    path("people/<uuid:reference>/", views.person, name="person"),
    path("people/<uuid:reference>/role/", views.change_role, name="change_role"),
    path("people/<uuid:reference>/close/", views.close, name="close"),
    path("people/<uuid:reference>/reopen/", views.reopen, name="reopen"),
    path("people/<uuid:reference>/link/", views.make_link, name="make_link"),
    path("join/<str:token>/", views.join, name="join"),
    path("reason/", views.staff_session, name="staff_session"),
    path("reason/end/", views.end_staff_session, name="end_staff_session"),
    path("demo/<uuid:reference>/", views.enter_demo, name="enter_demo"),
]
urlpatterns = [
    path("", include((ours, "accounts"))),
    path("login/", views.sign_in, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("again/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path(
        "password/reset/done/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("2fa/", include(second_factor)),
]
