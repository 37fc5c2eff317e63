"""Names this room to Django."""

from django.apps import AppConfig


class Portal(AppConfig):
    """Pages of the customers."""

    name = "tantam.desk.portal"
    label = "portal"
