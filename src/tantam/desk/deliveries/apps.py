"""Names this room to Django, and registers what it does later."""

from django.apps import AppConfig


class Deliveries(AppConfig):
    """When what was bought is to arrive: promised, moved, late, arrived."""

    name = "tantam.desk.deliveries"
    label = "deliveries"

    def ready(self) -> None:
        """Register the work that looks at a delivery when its time is over."""
        from tantam.desk.deliveries import lateness  # noqa: F401 - it registers itself
