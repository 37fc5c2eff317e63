"""What the case's page shows beside its conversation, one subject a file; importing one registers its panel."""

from tantam.desk.web.case_panels import approvals, routing  # noqa: F401
from tantam.desk.web.case_panels import steps, version  # noqa: F401
