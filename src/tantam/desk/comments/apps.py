"""Names this room to Django."""

from django.apps import AppConfig


class Comments(AppConfig):
    """Comments in public."""

    name = "tantam.desk.comments"
    label = "comments"
