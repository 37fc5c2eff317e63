"""One thing done with many cases: what would come of it, doing it case by case, and taking it back."""

from tantam.desk.cases.bulk.preview import Would, preview
from tantam.desk.cases.bulk.verbs import VERBS, Doing, asks_for
from tantam.desk.cases.bulk.work import AT_ONCE, MOST, Progress, progress, run_for

__all__ = ["AT_ONCE", "MOST", "VERBS", "Doing", "Progress", "Would", "asks_for", "preview", "progress", "run_for"]
