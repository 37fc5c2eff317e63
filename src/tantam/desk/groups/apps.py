"""Names this room to Django, and registers what it keeps of customers and what it counts again and again."""

from django.apps import AppConfig


class Groups(AppConfig):
    """Who is in which of the plan's groups and why, and how the customers are against the plan's profile."""

    name = "tantam.desk.groups"
    label = "groups"

    def ready(self) -> None:
        """Register what customers told, and the work of counting."""
        from tantam.desk.groups import looking, telling  # noqa: F401 - they register themselves
