"""Refuses files: no form of the desk takes any, so none is read to its end."""

from __future__ import annotations

from typing import Any, NoReturn

from django.core.files.uploadhandler import FileUploadHandler, StopUpload


class NoFiles(FileUploadHandler):
    """Ends an upload where its first file begins; the fields before it are kept."""

    def new_file(self, *args: Any, **options: Any) -> NoReturn:
        """Stop reading the request."""
        raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never called: no file is begun."""

    def file_complete(self, file_size: int) -> None:
        """Never called: no file is begun."""
