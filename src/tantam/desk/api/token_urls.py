"""The addresses of the pages about tokens."""

from django.urls import path

from tantam.desk.api import pages

app_name = "tokens"
urlpatterns = [
    path("", pages.tokens, name="tokens"),
    path("<int:pk>/revoke/", pages.revoke, name="revoke"),
]
