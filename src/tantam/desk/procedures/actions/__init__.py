"""What is done on a case's way through a procedure: one verb a file, each one transaction."""

from tantam.desk.procedures.actions.begin import begin
from tantam.desk.procedures.actions.do_step import Done, do_step
from tantam.desk.procedures.actions.go_back import go_back
from tantam.desk.procedures.actions.keep_time import keep_time
from tantam.desk.procedures.actions.skip_step import skip_step
from tantam.desk.procedures.actions.stop import stop

__all__ = ["Done", "begin", "do_step", "go_back", "keep_time", "skip_step", "stop"]
