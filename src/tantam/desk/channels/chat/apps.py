"""Names this room to Django, and registers how what came from a window is read."""

from django.apps import AppConfig


class Chat(AppConfig):
    """The chat's window."""

    name = "tantam.desk.channels.chat"
    label = "chat"

    def ready(self) -> None:
        """Register the reader."""
        from tantam.desk.channels.chat import incoming  # noqa: F401 - its reader is registered
