"""What is done to recalls: one verb a file, each one transaction."""

from tantam.desk.recalls.actions.begin import begin
from tantam.desk.recalls.actions.open_for_owner import open_for_owner
from tantam.desk.recalls.actions.prepare import Batch, prepare
from tantam.desk.recalls.actions.stop import stop

__all__ = ["Batch", "begin", "open_for_owner", "prepare", "stop"]
