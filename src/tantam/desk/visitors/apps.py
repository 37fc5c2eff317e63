"""Names this room to Django."""

from django.apps import AppConfig


class Visitors(AppConfig):
    """Customers who signed in by a mailed link."""

    name = "tantam.desk.visitors"
    label = "visitors"
