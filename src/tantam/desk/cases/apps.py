"""Names this room to Django."""

from django.apps import AppConfig


class Cases(AppConfig):
    """Concerns, conversations, promises, events."""

    name = "tantam.desk.cases"
    label = "cases"
