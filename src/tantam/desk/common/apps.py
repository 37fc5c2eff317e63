"""Names this room to Django."""

from django.apps import AppConfig


class Common(AppConfig):
    """What every room shares."""

    name = "tantam.desk.common"
    label = "common"

    def ready(self) -> None:
        """Register what the worker does for this room."""
        from tantam.desk.common import planner  # noqa: F401
