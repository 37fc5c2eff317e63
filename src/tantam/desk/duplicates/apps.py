"""Names this room to Django, and registers its due work."""

from django.apps import AppConfig


class Duplicates(AppConfig):
    """Customers who are one."""

    name = "tantam.desk.duplicates"
    label = "duplicates"

    def ready(self) -> None:
        """Let the worker look for who is one."""
        from tantam.desk.duplicates import looking  # noqa: F401
