"""Events as Parquet by month, named by a manifest: docs/reference/history.md."""

from tantam.history.store.files import Busy
from tantam.history.store.manifest import File, HistoryDamaged, Manifest, Source
from tantam.history.store.parts import damages, write
from tantam.history.store.raw import Row, load
from tantam.history.store.store import Store
from tantam.history.store.writer import Writer, connection

__all__ = [
    "Busy",
    "File",
    "HistoryDamaged",
    "Manifest",
    "Row",
    "Source",
    "Store",
    "Writer",
    "connection",
    "damages",
    "load",
    "write",
]
