"""Names this room to Django."""

from django.apps import AppConfig


class Files(AppConfig):
    """Files that people sent, each kept once under the hash of what it holds."""

    name = "tantam.desk.files"
    label = "files"
