"""Names this room to Django."""

from django.apps import AppConfig


class Procedures(AppConfig):
    """Walks a case through the plan's procedures."""

    name = "tantam.desk.procedures"
    label = "procedures"
