"""Names this room to Django, and registers how calls are read."""

from django.apps import AppConfig


class Phone(AppConfig):
    """The telephone."""

    name = "tantam.desk.channels.phone"
    label = "phone"

    def ready(self) -> None:
        """Register the readers."""
        from tantam.desk.channels.phone import neutral, twilio  # noqa: F401 - how they are read
