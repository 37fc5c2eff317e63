"""Names this room to Django."""

from django.apps import AppConfig


class Search(AppConfig):
    """Finds everything that a person may see."""

    name = "tantam.desk.search"
    label = "search"
