"""Books the money that was granted before there was a ledger; all of it is owed until a colleague says that it is paid."""

from __future__ import annotations

from typing import Any

from django.db import migrations

AT_ONCE = 500


def book(apps: Any, editor: Any) -> None:
    grants, entries = apps.get_model("claims", "Grant"), apps.get_model("claims", "Entry")
    made = []
    granted = grants.objects.filter(amount_minor__gt=0, entries=None).select_related("claim", "case").order_by("id")
    for each in list(granted):  # read before anything is written: what is booked would fall out of the question
        for account, sign in (("given", 1), ("owed", -1)):
            made.append(_side(entries, each, account, sign))
        if len(made) >= AT_ONCE:
            entries.objects.bulk_create(made)
            made = []
    entries.objects.bulk_create(made)


def _side(entries: Any, grant: Any, account: str, sign: int) -> Any:
    return entries(
        grant=grant,
        booking="granted",
        account=account,
        policy=grant.claim.policy if grant.claim else "",
        customer_id=grant.case.customer_id,
        minor=sign * grant.amount_minor,
        currency=grant.currency,
        person_id=grant.person_id,
        at=grant.granted_at,
    )


class Migration(migrations.Migration):
    dependencies = [("claims", "0005_entries_append_only")]

    operations = [migrations.RunPython(book, migrations.RunPython.noop)]
