"""Names this room to Django."""

from django.apps import AppConfig


class Api(AppConfig):
    """The REST interface."""

    name = "tantam.desk.api"
    label = "api"
