"""Names this room to Django, and registers its due work."""

from django.apps import AppConfig


class Privacy(AppConfig):
    """What of a person is given out, and what goes."""

    name = "tantam.desk.privacy"
    label = "privacy"

    def ready(self) -> None:
        """Let the worker erase what was asked to be, and what was kept for long enough."""
        from tantam.desk.privacy import doing, letting_go, telling_first  # noqa: F401
