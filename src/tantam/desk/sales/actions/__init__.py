"""What is done before the sale: one verb a file, each one transaction."""

from tantam.desk.sales.actions.accept_quote import accept_quote
from tantam.desk.sales.actions.decline_quote import decline_quote
from tantam.desk.sales.actions.expire import expire
from tantam.desk.sales.actions.lose import lose
from tantam.desk.sales.actions.quote import quote
from tantam.desk.sales.actions.win import win

__all__ = ["accept_quote", "decline_quote", "expire", "lose", "quote", "win"]
