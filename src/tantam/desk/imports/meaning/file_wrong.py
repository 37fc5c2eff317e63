"""Why a whole file cannot be taken in, or was given up: a code, put into words where people read it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FILE_WRONGS: dict[str, str | Promise] = {
    "empty": _("The file is empty. Choose it again."),
    "gone": _("The file is no longer there. Bring it again."),
    "no_table": _("This is neither a table nor cards. Bring CSV, XLSX or vCard."),
    "old_workbook": _("This is a workbook of an old kind. Save it as .xlsx, then bring it again."),
    "no_workbook": _("The workbook is damaged or has a password. Save it anew, then bring it again."),
    "which_sheet": _("The workbook has several sheets: %(allowed)s. Say which one."),
    "no_sheet": _("The workbook has no such sheet. It has: %(allowed)s."),
    "encoding": _("“%(encoding)s” is no encoding. Write utf-8, utf-16, cp1258 or cp1252."),
    "no_columns": _("The first row does not name the columns. Write their names there."),
    "many_columns": _("The file has more than %(most)s columns. Leave out those that nobody needs."),
    "ended_its_worker": _("The worker ended each time it read this file. Ask whoever runs this installation."),
}


def file_sentence(code: str, args: Mapping[str, str]) -> str:
    """Return what is wrong with a file, in the active language."""
    words = str(FILE_WRONGS[code])
    return words % dict(args) if args else words
