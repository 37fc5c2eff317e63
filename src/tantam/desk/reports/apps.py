"""Names this room to Django."""

from django.apps import AppConfig


class Reports(AppConfig):
    """Figures from what happened."""

    name = "tantam.desk.reports"
    label = "reports"
