"""Names this room to Django."""

from django.apps import AppConfig


class Email(AppConfig):
    """Mail in and out."""

    name = "tantam.desk.channels.email"
    label = "email"
