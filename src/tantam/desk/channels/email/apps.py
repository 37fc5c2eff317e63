"""Names this room to Django, and registers what it does with due work and how mail is read."""

from django.apps import AppConfig
from django.conf import settings


class Email(AppConfig):
    """Mail in and out."""

    name = "tantam.desk.channels.email"
    label = "email"

    def ready(self) -> None:
        """Register how mail is delivered and read, mailboxes among the troubles, and what the style guide shows."""
        from tantam.desk.channels.email import (  # noqa: F401
            access,
            approvals,
            entries,
            follow_ups,
            forgetting,
            incoming,
            links,
            outgoing,
            services,
            specimens,
        )
        from tantam.desk.common import troubles
        from tantam.desk.privacy import taking

        if settings.MAIL_SERVICE:
            services.listen()
        taking.with_person(forgetting.CAUGHT)
        specimens.register()
        troubles.show(troubles.Panel("email/mailboxes.html", access.failing_mailboxes))
