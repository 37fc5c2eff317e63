"""Names this room to Django."""

from django.apps import AppConfig


class Cases(AppConfig):
    """Concerns, conversations, promises, events."""

    name = "tantam.desk.cases"
    label = "cases"

    def ready(self) -> None:
        """Register what the worker does for this room."""
        from tantam.desk.cases import bulk, departments, grouping, keeping, mentions, owners, presence, sleep  # noqa: F401
        from tantam.desk.cases.actions import break_promise, open_deliverables, remind_promise  # noqa: F401
        from tantam.desk.cases.routing import listening, looking_around  # noqa: F401
