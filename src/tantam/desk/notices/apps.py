"""Names this room to Django."""

from django.apps import AppConfig


class Notices(AppConfig):
    """Tells colleagues what concerns them, when they are on duty."""

    name = "tantam.desk.notices"
    label = "notices"

    def ready(self) -> None:
        """Hear what happens on cases, and register what the worker does for this room."""
        from tantam.desk.notices import listening, making, telling  # noqa: F401
