"""Names this room to Django."""

from django.apps import AppConfig


class Assistants(AppConfig):
    """AI assistants as supervised providers."""

    name = "tantam.desk.assistants"
    label = "assistants"

    def ready(self) -> None:
        """Hear what is said on cases: a draft that was overtaken waits no longer."""
        from tantam.desk.assistants import overtaking  # noqa: F401 - it listens
