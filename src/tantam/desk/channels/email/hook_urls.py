"""The addresses that a mail service calls."""

from django.urls import path

from tantam.desk.channels.email import hooks

app_name = "mail_service"
urlpatterns = [path("<slug:what>/", hooks.called, name="called")]
