"""Names this room to Django."""

from django.apps import AppConfig


class Web(AppConfig):
    """Pages of the staff."""

    name = "tantam.desk.web"
    label = "web"
