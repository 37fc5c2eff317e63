"""The addresses of the pages about webhooks."""

from django.urls import path

from tantam.desk.api import webhook_pages as pages

app_name = "webhooks"
urlpatterns = [
    path("", pages.webhooks, name="webhooks"),
    path("<int:pk>/", pages.webhook, name="webhook"),
    path("<int:pk>/secret/", pages.turn, name="turn"),
    path("<int:pk>/stop/", pages.stop, name="stop"),
    path("<int:pk>/start/", pages.start, name="start"),
    path("<int:pk>/remove/", pages.remove, name="remove"),
    path("<int:pk>/test/", pages.test, name="test"),
    path("<int:pk>/again/", pages.failed_again, name="failed_again"),
    path("<int:pk>/again/<int:delivery>/", pages.again, name="again"),
]
