"""Names this room to Django, and registers what it hears and does later."""

from django.apps import AppConfig


class Feedback(AppConfig):
    """What customers say of how they were served."""

    name = "tantam.desk.feedback"
    label = "feedback"

    def ready(self) -> None:
        """Register the letter that asks, and the settling of cases that it follows."""
        from tantam.desk.feedback import asking  # noqa: F401 - its work is registered
