"""Names this room to Django, and registers what it does again and again."""

from django.apps import AppConfig


class Reviews(AppConfig):
    """How well conversations went: some are drawn, and looked at."""

    name = "tantam.desk.reviews"
    label = "reviews"

    def ready(self) -> None:
        """Register the drawing of conversations that ended."""
        from tantam.desk.reviews import drawing  # noqa: F401 - it registers itself
