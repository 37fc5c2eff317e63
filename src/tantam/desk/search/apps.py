"""Names this room to Django."""

from django.apps import AppConfig


class Search(AppConfig):
    """Finds everything that a person may see."""

    name = "tantam.desk.search"
    label = "search"

    def ready(self) -> None:
        """Register what the worker does for this room, and hear of what changes."""
        from tantam.desk.search import added as _added  # noqa: F401 - its work is registered
        from tantam.desk.search import inbox_words as _words  # noqa: F401 - the inbox asks it
        from tantam.desk.search import keeping

        keeping.listen()
