"""Names this room to Django, and registers its due work."""

from django.apps import AppConfig


class Calls(AppConfig):
    """Calls, and calls back."""

    name = "tantam.desk.calls"
    label = "calls"

    def ready(self) -> None:
        """Register the work of looking at calls that are over."""
        from tantam.desk.calls.actions import note_call  # noqa: F401 - its work is registered
