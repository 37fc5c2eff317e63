"""Names this room to Django."""

from django.apps import AppConfig


class Receipts(AppConfig):
    """What became of what we sent."""

    name = "tantam.desk.receipts"
    label = "receipts"
