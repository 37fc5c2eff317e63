"""A plan's texts for translators: out to a spreadsheet or a gettext file, and the translations back into the YAML."""

from tantam.plan.files.archive.bringing import Brought, brought
from tantam.plan.files.archive.rows import Archived, Cell, Row, rows
from tantam.plan.files.archive.texts import Text, texts_of

__all__ = ["Archived", "Brought", "Cell", "Row", "Text", "brought", "rows", "texts_of"]
