"""Names this room to Django, and registers what it hears and does later."""

from django.apps import AppConfig


class Sales(AppConfig):
    """What happens before somebody buys: they ask, are quoted a price, and buy or do not."""

    name = "tantam.desk.sales"
    label = "sales"

    def ready(self) -> None:
        """Register that enquiries begin with their cases, and the work of a quote that runs out."""
        from tantam.desk.sales import listening  # noqa: F401 - it registers itself
        from tantam.desk.sales.actions import expire  # noqa: F401 - it registers itself
