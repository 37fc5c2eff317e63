"""Names this room to Django."""

from django.apps import AppConfig


class Imports(AppConfig):
    """What other systems know of customers, and what they bought, taken in."""

    name = "tantam.desk.imports"
    label = "imports"

    def ready(self) -> None:
        """Register what the worker does for this room."""
        from tantam.desk.imports import running, tidying  # noqa: F401
