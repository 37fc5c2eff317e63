"""The form that says what the columns of a file mean: a list a column, and how the file is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from tantam.desk.imports import store
from tantam.desk.imports.meaning.form import FIELDS, SOURCE, Mapping
from tantam.desk.imports.models import MOST_SOURCE, Import
from tantam.desk.imports.reading.opening import sheets_of
from tantam.desk.imports.reading.table import How
from tantam.desk.web.import_words import FIELDS as LABELS

DATES = (
    ("", _("As the days themselves show")),
    ("day", _("The day: 31/12/2025")),
    ("month", _("The month: 12/31/2025")),
)
DECIMALS = (("", _("As usual")), (",", "1.234,50"), (".", "1,234.50"))
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1258", "cp1252", "iso-8859-15")
DELIMITERS = ((",", _("Comma")), (";", _("Semicolon")), ("\t", _("Tabulator")), ("|", "|"))
_SELECT = forms.Select({"class": "input"})


class ImportForm(forms.Form):
    """What the rows are, whose they are, how they are written; and for each column which field it tells."""

    use_required_attribute = False
    rows = forms.ChoiceField(label=_("What a row is"), choices=Import.Rows.choices, widget=_SELECT)
    source = forms.RegexField(
        rf"^{SOURCE.pattern}$",
        label=_("Where it comes from"),
        help_text=_("A name in small letters, the same each time: by it a second file finds those of the first."),
        max_length=MOST_SOURCE,
        widget=forms.TextInput({"class": "input", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"invalid": _("Small letters, digits and hyphens, like web-shop.")},
    )
    dates = forms.ChoiceField(label=_("What stands first in its days"), choices=DATES, required=False, widget=_SELECT)
    decimal = forms.ChoiceField(
        label=_("How its amounts are written"), choices=DECIMALS, required=False, widget=_SELECT
    )
    encoding = forms.ChoiceField(
        label=_("Character set"),
        choices=[(each, each) for each in ENCODINGS],
        required=False,
        widget=forms.Select({"class": "input"}),
    )
    delimiter = forms.ChoiceField(
        label=_("Between the cells"), choices=DELIMITERS, required=False, widget=forms.Select({"class": "input"})
    )
    sheet = forms.ChoiceField(label=_("Sheet"), required=False, widget=forms.Select({"class": "input"}))

    def __init__(self, held: Import, columns: Sequence[str], *given: Any) -> None:
        self.held, self.columns = held, columns
        sheets = sheets_of(store.file_of(held)) if held.kind == "xlsx" else []
        form = Mapping.model_validate(held.mapping)
        super().__init__(*given, initial=_initial(held, form))
        rows = str(self.data.get("rows") or held.rows) if given else held.rows
        told = {column: name for name, each in form.fields.items() for column in each.column}
        choices = [("", _("not taken in")), *((name, LABELS[name]) for name in FIELDS.get(rows, FIELDS[held.rows]))]
        for at, column in enumerate(columns):
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=column, choices=choices, required=False, initial=told.get(column, ""), widget=_SELECT
            )
        if held.kind != "csv":
            del self.fields["encoding"], self.fields["delimiter"]
        if len(sheets) < 2:
            del self.fields["sheet"]
        else:
            self.fields["sheet"].choices = [(each, each) for each in sheets]  # type: ignore[attr-defined]

    def how(self) -> How:
        """Return how the file is written, as it is said now."""
        given = self.cleaned_data
        named = ("encoding", "delimiter", "sheet")
        return replace(How(**self.held.how), **{name: given[name] for name in named if given.get(name)})

    def mapping(self) -> Mapping | None:
        """Return the mapping that is said; None where no column is taken in."""
        before = Mapping.model_validate(self.held.mapping)
        given = self.cleaned_data
        fields: dict[str, Any] = {
            name: each.model_dump() for name, each in before.fields.items() if each.constant is not None
        }
        for at, column in enumerate(self.columns):
            if name := given[f"column_{at}"]:
                kept = before.fields.get(name)
                values = {"values": kept.values, "otherwise": kept.otherwise} if kept else {}
                fields.setdefault(name, {"column": [], **values})["column"].append(column)
        formats = before.formats.model_dump() | {"dates": given["dates"], "decimal": given["decimal"]}
        told = {"rows": given["rows"], "source": given["source"], "fields": fields, "formats": formats}
        try:
            return Mapping.model_validate(before.model_dump() | told)
        except ValidationError:
            return None


def _initial(held: Import, form: Mapping) -> dict[str, Any]:
    return {
        "rows": held.rows,
        "source": held.source,
        "dates": form.formats.dates,
        "decimal": form.formats.decimal,
        "encoding": held.how.get("encoding"),
        "delimiter": held.how.get("delimiter"),
        "sheet": held.how.get("sheet"),
    }
