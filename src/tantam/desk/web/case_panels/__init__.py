"""What the case's page shows beside its conversation, one subject a file; importing one registers its panel."""

from tantam.desk.web.case_panels import (  # noqa: F401
    approvals,
    assistants,
    bought,
    comments,
    departments,
    errands,
    fields,
    first_aid,
    limits,
    looking,  # noqa: F401
    money,
    rating,
    routing,
    sales,
    shared,
    spam,
    steps,
    top,
    version,
    vows,
    wordings,
)
