"""Names this room to Django."""

from django.apps import AppConfig


class Assistants(AppConfig):
    """AI assistants as supervised providers."""

    name = "tantam.desk.assistants"
    label = "assistants"

    def ready(self) -> None:
        """Hear what is said on cases: a draft that was overtaken waits no longer; let go of what is old."""
        from tantam.desk.assistants import letting_go, overtaking  # noqa: F401 - its work; it listens
