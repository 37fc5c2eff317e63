"""Takes in files: none at most forms of the desk, some where a page asks for them, each within its bounds."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from typing import Any, NoReturn

from django.core.files.uploadedfile import InMemoryUploadedFile, TemporaryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload

READ_TO_ITS_END = 64_000_000  # bytes of a request: so many are read and thrown away, for browsers hear us only then


class NoFiles(FileUploadHandler):
    """Ends an upload where its first file begins; the fields before it are kept."""

    def new_file(self, *args: Any, **options: Any) -> NoReturn:
        """Stop reading the request."""
        raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never called: no file is begun."""

    def file_complete(self, file_size: int) -> None:
        """Never called: no file is begun."""


class OneSmallFile(FileUploadHandler):
    """Holds one file of at most `most` bytes in memory. refused: whether one came that was larger.

    Give it to `request.upload_handlers` before anything reads the request.
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most, self.refused = most, False
        self._endless = False
        self._parts: list[bytes] | None = None

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, *_boundary: Any, **_encoding: Any
    ) -> None:
        """Notice a request that is not worth reading to its end."""
        self._endless = content_length > READ_TO_ITS_END

    def new_file(self, *args: Any, **options: Any) -> None:
        """Begin the first file; leave out any other."""
        if self._parts is not None:
            raise SkipFile
        super().new_file(*args, **options)
        self._parts = []
        if self._endless:
            self.refused = True
            raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep the bytes, until there are too many."""
        assert self._parts is not None
        self.refused = self.refused or start + len(raw_data) > self.most
        if self.refused:
            self._parts.clear()
        else:
            self._parts.append(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        """Return the file; None for one that was too large."""
        if self.refused or self._parts is None:
            return None
        whole = BytesIO(b"".join(self._parts))
        return InMemoryUploadedFile(
            whole, self.field_name, self.file_name or "", self.content_type, file_size, self.charset
        )


class SeveralFiles(FileUploadHandler):
    """Holds files on the disk while a request is read, each at most `most` bytes, all at most `most_together`.

    refused: (name, code) of those that are not kept; their bytes are read past, and the fields around them are kept.
    Give it to `request.upload_handlers` before anything reads the request.
    """

    def __init__(self, *, most: int, most_together: int) -> None:
        super().__init__()
        self.most, self.most_together = most, most_together
        self.refused: list[tuple[str, str]] = []
        self._endless, self._together = False, 0
        self._held: TemporaryUploadedFile | None = None

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, *_boundary: Any, **_encoding: Any
    ) -> None:
        """Notice a request that is not worth reading to its end."""
        self._endless = content_length > READ_TO_ITS_END

    def new_file(self, *args: Any, **options: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **options)
        if self._endless:
            self._refuse("file_too_large")
            raise StopUpload(connection_reset=True)
        try:
            self._held = TemporaryUploadedFile(self.file_name or "", self.content_type, 0, self.charset)
        except OSError as full:
            self._refuse("file_broken_off")
            raise SkipFile from full

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write the bytes, until there are too many."""
        assert self._held is not None
        if start + len(raw_data) > self.most:
            self._refuse("file_too_large")
            raise SkipFile
        if self._together + start + len(raw_data) > self.most_together:
            self._refuse("files_too_large")
            raise SkipFile
        try:
            self._held.write(raw_data)
        except OSError as full:
            self._refuse("file_broken_off")
            raise SkipFile from full

    def file_complete(self, file_size: int) -> TemporaryUploadedFile | None:
        """Return the file, read from its beginning; None for one that the disk did not take."""
        if self._held is None:
            return None
        try:
            self._held.seek(0)
        except OSError:
            self._refuse("file_broken_off")
            return None
        held, self._held = self._held, None
        held.size = file_size
        self._together += file_size
        return held

    def upload_interrupted(self) -> None:
        """Throw away the file that broke off."""
        if self._held is not None:
            self._held.close()

    def _refuse(self, code: str) -> None:
        self.refused.append((self.file_name or "", code))
        held, self._held = self._held, None
        if held is not None:
            with suppress(OSError):  # what a full disk did not take is written once more, and refused once more
                held.close()
