"""Names this room to Django, and lets it judge what strangers write."""

from django.apps import AppConfig


class Spam(AppConfig):
    """What is spam, by what colleagues mark."""

    name = "tantam.desk.spam"
    label = "spam"

    def ready(self) -> None:
        """Register the screen."""
        from tantam.desk.spam import screen  # noqa: F401 - it registers itself
