"""Names this room to Django, and registers what it does with due work."""

from django.apps import AppConfig


class Email(AppConfig):
    """Mail in and out."""

    name = "tantam.desk.channels.email"
    label = "email"

    def ready(self) -> None:
        """Register the work of delivering and reading mail."""
        from tantam.desk.channels.email import incoming, outgoing  # noqa: F401
