"""What people do about what they are told, and how."""

from tantam.desk.notices.actions.choose_ways import choose_ways, keep_hook, subscribe, unsubscribe
from tantam.desk.notices.actions.read import read, read_all, read_of_case

__all__ = ["choose_ways", "keep_hook", "read", "read_all", "read_of_case", "subscribe", "unsubscribe"]
