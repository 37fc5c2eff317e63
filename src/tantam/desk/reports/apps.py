"""Names this room to Django."""

from django.apps import AppConfig


class Reports(AppConfig):
    """Figures from what happened."""

    name = "tantam.desk.reports"
    label = "reports"

    def ready(self) -> None:
        """Register what the worker does for this room."""
        from tantam.desk.reports import alarms, export, replays, stops  # noqa: F401
