"""Names this room to Django."""

from django.apps import AppConfig


class Procedures(AppConfig):
    """Walks a case through the plan's procedures."""

    name = "tantam.desk.procedures"
    label = "procedures"

    def ready(self) -> None:
        """Hear what happens on cases, and register what the worker does for this room."""
        from tantam.desk.procedures import choosing, following  # noqa: F401
        from tantam.desk.procedures.actions import keep_time  # noqa: F401
