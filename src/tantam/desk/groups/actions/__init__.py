"""What is done about groups and traits: one verb a file, each one transaction."""

from tantam.desk.groups.actions.fill_in import fill_in

__all__ = ["fill_in"]
