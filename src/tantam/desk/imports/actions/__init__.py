"""What is done with imports."""

from tantam.desk.imports.actions.keep_file import Uploaded, keep_file
from tantam.desk.imports.actions.map_columns import map_columns
from tantam.desk.imports.actions.start_import import start_import
from tantam.desk.imports.actions.stop_import import stop_import
from tantam.desk.imports.actions.throw_away import throw_away

__all__ = ["Uploaded", "keep_file", "map_columns", "start_import", "stop_import", "throw_away"]
