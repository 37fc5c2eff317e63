"""Names this room to Django."""

from django.apps import AppConfig


class Claims(AppConfig):
    """What policies grant."""

    name = "tantam.desk.claims"
    label = "claims"
