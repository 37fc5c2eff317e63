"""Names this room to Django."""

from django.apps import AppConfig


class Api(AppConfig):
    """The REST interface."""

    name = "tantam.desk.api"
    label = "api"

    def ready(self) -> None:
        """Register what the worker does for this room, and which page a letter about a webhook leads to."""
        from tantam.desk.api.actions import (
            forgetting,
            tidy,  # noqa: F401
        )
        from tantam.desk.common import addresses
        from tantam.desk.privacy import taking

        taking.with_person(forgetting.ANSWERS)
        addresses.stands_at("webhook", "webhooks:webhook")
