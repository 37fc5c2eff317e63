"""Names this room to Django."""

from django.apps import AppConfig


class Claims(AppConfig):
    """What policies grant."""

    name = "tantam.desk.claims"
    label = "claims"

    def ready(self) -> None:
        """Register what the worker does for this room, and what it hears of cases."""
        from tantam.desk.claims import learning, passing_up, showing  # noqa: F401
