"""Names this room to Django, and registers the work of reading what came in."""

from django.apps import AppConfig


class Arrivals(AppConfig):
    """What came in, by any channel."""

    name = "tantam.desk.arrivals"
    label = "arrivals"

    def ready(self) -> None:
        """Register the work of reading, showing and clearing up, and the tray among the troubles."""
        from tantam.desk.arrivals import access, clearing, intake, letting_go, overdue  # noqa: F401 - their work
        from tantam.desk.common import troubles

        troubles.show(troubles.Panel("arrivals/tray.html", access.tray))
