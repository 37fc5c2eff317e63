"""Names this room to Django."""

from django.apps import AppConfig


class Customers(AppConfig):
    """Who is served."""

    name = "tantam.desk.customers"
    label = "customers"

    def ready(self) -> None:
        """Register the work of letting contracts go on."""
        from tantam.desk.customers.actions import renew_contract  # noqa: F401 - it registers itself
