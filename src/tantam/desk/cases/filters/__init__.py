"""Filters of the inbox, typed or composed: read into one frozen form, which says which cases it admits."""

from tantam.desk.cases.filters.errors import FilterWrong
from tantam.desk.cases.filters.filter import Filter, Term
from tantam.desk.cases.filters.reading import read
from tantam.desk.cases.filters.vocabulary import KEYS, LADDERS, LENGTHS, codes, label

__all__ = ["KEYS", "LADDERS", "LENGTHS", "Filter", "FilterWrong", "Term", "codes", "label", "read"]
