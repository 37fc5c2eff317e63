"""Names this room to Django, and registers what it does with due work and what it shows of its troubles."""

from django.apps import AppConfig


class Email(AppConfig):
    """Mail in and out."""

    name = "tantam.desk.channels.email"
    label = "email"

    def ready(self) -> None:
        """Register the work of delivering and reading mail, and the mail that could not be read."""
        from tantam.desk.channels.email import access, approvals, incoming, links, outgoing  # noqa: F401
        from tantam.desk.common import troubles

        troubles.show(troubles.Panel("email/tray.html", access.tray))
