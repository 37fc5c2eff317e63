"""Names this room to Django."""

from django.apps import AppConfig


class Customers(AppConfig):
    """Who is served."""

    name = "tantam.desk.customers"
    label = "customers"
