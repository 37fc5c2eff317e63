from django.db import migrations


class Migration(migrations.Migration):
    """Hands the table of received mail over to the room of arrivals, which names it next."""

    dependencies = [("email", "0001_initial")]

    operations = [
        migrations.AlterModelTable("receivedmail", "arrivals_arrival"),
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel("ReceivedMail")]),
    ]
