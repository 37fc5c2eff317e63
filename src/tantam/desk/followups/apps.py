"""Names this room to Django, and registers what it hears and does later."""

from django.apps import AppConfig


class Followups(AppConfig):
    """What is done of our own accord after something happened to a customer."""

    name = "tantam.desk.followups"
    label = "followups"

    def ready(self) -> None:
        """Register what sets something off, and the work of doing it when its time has come."""
        from tantam.desk.followups import doing, listening, looking  # noqa: F401 - they register themselves
