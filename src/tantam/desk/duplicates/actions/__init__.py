"""What is done to customers who may be one."""

from tantam.desk.duplicates.actions.merge import merge
from tantam.desk.duplicates.actions.tell_apart import tell_apart
from tantam.desk.duplicates.actions.unmerge import unmerge

__all__ = ["merge", "tell_apart", "unmerge"]
