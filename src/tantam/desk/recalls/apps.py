"""Names this room to Django, and registers what it does later."""

from django.apps import AppConfig


class Recalls(AppConfig):
    """What is put right for every owner before they ask: a batch that turned out faulty."""

    name = "tantam.desk.recalls"
    label = "recalls"

    def ready(self) -> None:
        """Register the work of seeing to the owners, one after the other."""
        from tantam.desk.recalls import running  # noqa: F401 - it registers itself
