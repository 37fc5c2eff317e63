"""Names this room to Django, and registers what it does with due work and how mail is read."""

from django.apps import AppConfig


class Email(AppConfig):
    """Mail in and out."""

    name = "tantam.desk.channels.email"
    label = "email"

    def ready(self) -> None:
        """Register the work of delivering mail, how it is read, and what the style guide shows of it."""
        from tantam.desk.channels.email import approvals, incoming, links, outgoing, specimens  # noqa: F401

        specimens.register()
