"""Writes one large file of a request to the disk while it is read, and nothing of it into memory."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload

from tantam.desk.imports import store

MEGABYTE = 1_000_000
MOST_BYTES = 2_000 * MEGABYTE


class LargeFile(FileUploadHandler):
    """Takes the first file of at most MOST_BYTES. refused: why it was not kept, a code of common.errors, or "".

    Give it to `request.upload_handlers` before anything reads the request. path: where it lies, None for none; who
    does not move it throws it away.
    """

    def __init__(self) -> None:
        super().__init__()
        self.path: Path | None = None
        self.refused = ""
        self._endless = False
        self._file: IO[bytes] | None = None

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, *_boundary: Any, **_encoding: Any
    ) -> None:
        """Notice a request that is too large before it is read."""
        self._endless = content_length > MOST_BYTES + MEGABYTE

    def new_file(self, *args: Any, **options: Any) -> None:
        """Begin the first file; leave out any other."""
        if self.path is not None or self.refused:
            raise SkipFile
        super().new_file(*args, **options)
        if self._endless:
            self.refused = "file_too_large"
            raise StopUpload(connection_reset=True)
        try:
            handle, name = tempfile.mkstemp(dir=store.unfinished())
            self._file, self.path = os.fdopen(handle, "wb"), Path(name)
        except OSError as full:
            self._refuse("file_broken_off")
            raise SkipFile from full

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write the bytes, until there are too many."""
        assert self._file is not None
        try:
            if start + len(raw_data) > MOST_BYTES:
                raise SkipFile
            self._file.write(raw_data)
        except SkipFile:
            self._refuse("file_too_large")
            raise
        except OSError as full:
            self._refuse("file_broken_off")
            raise SkipFile from full

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Return the file by its name and size; None for one that was not kept."""
        if self._file is None:
            return None
        try:
            self._file.close()
        except OSError:
            self._refuse("file_broken_off")
            return None
        return UploadedFile(None, self.file_name, self.content_type, file_size, self.charset)

    def upload_interrupted(self) -> None:
        """Throw away the file that broke off."""
        self._refuse("file_broken_off")

    def forget(self) -> None:
        """Throw away the file, unless it was moved."""
        if self.path is not None:
            self.path.unlink(missing_ok=True)

    def _refuse(self, code: str) -> None:
        self.refused = code
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            self._file = None
        self.forget()
