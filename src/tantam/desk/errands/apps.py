"""Names this room to Django, and registers what it hears and does later."""

from django.apps import AppConfig


class Errands(AppConfig):
    """What providers are asked to do on a case, by when, and what came of it."""

    name = "tantam.desk.errands"
    label = "errands"

    def ready(self) -> None:
        """Register whose queue a case is in by hand, what ends an errand, and the work of its time."""
        from tantam.desk.errands import holding, lateness  # noqa: F401 - they register themselves
