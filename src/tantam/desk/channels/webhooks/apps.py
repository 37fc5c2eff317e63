"""Names this room to Django."""

from django.apps import AppConfig


class Webhooks(AppConfig):
    """Tells other programs what happens on cases."""

    name = "tantam.desk.channels.webhooks"
    label = "webhooks"

    def ready(self) -> None:
        """Hear what happens on cases, register what the worker does, and what stands among the troubles."""
        from tantam.desk.channels.webhooks import access, forgetting, listening, sending, stopping, tidying  # noqa: F401
        from tantam.desk.common import troubles
        from tantam.desk.privacy import taking

        taking.with_cases(forgetting.ANSWERS)
        troubles.show(troubles.Panel("webhooks/stopped.html", access.stopped))
