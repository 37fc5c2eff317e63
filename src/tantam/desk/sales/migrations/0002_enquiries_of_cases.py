"""Begin the enquiry of each case before the sale that was opened before enquiries were kept."""

from __future__ import annotations

from typing import Any

from django.db import migrations

AT_ONCE = 1000


def begin(apps: Any, schema: Any) -> None:
    cases, enquiries = apps.get_model("cases", "Case"), apps.get_model("sales", "Enquiry")
    wanted = cases.objects.filter(stage="before", department="", customer__internal=False, enquiry=None)
    wanted = wanted.exclude(events__code="opened", events__actor="plan").order_by("pk").values_list("pk", "opened_at")
    last = 0
    while portion := list(wanted.filter(pk__gt=last)[:AT_ONCE]):
        enquiries.objects.bulk_create([enquiries(case_id=pk, asked_at=opened_at) for pk, opened_at in portion])
        last = portion[-1][0]


class Migration(migrations.Migration):
    dependencies = [("sales", "0001_enquiries_and_quotes")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
