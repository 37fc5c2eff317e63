"""What is done about signing in: one verb a file, each one transaction."""

from tantam.desk.visitors.actions.ask_in import ask_in
from tantam.desk.visitors.actions.enter import enter
from tantam.desk.visitors.actions.leave import leave

__all__ = ["ask_in", "enter", "leave"]
