"""Names this room to Django, and registers what it tidies."""

from django.apps import AppConfig


class Files(AppConfig):
    """Files that people sent, each kept once under the hash of what it holds."""

    name = "tantam.desk.files"
    label = "files"

    def ready(self) -> None:
        """Register the tidying of files that nothing names."""
        from tantam.desk.files import store  # noqa: F401
