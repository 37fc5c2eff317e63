"""Names this room to Django."""

from django.apps import AppConfig


class Api(AppConfig):
    """The REST interface."""

    name = "tantam.desk.api"
    label = "api"

    def ready(self) -> None:
        """Register what the worker does for this room."""
        from tantam.desk.api.actions import tidy  # noqa: F401
