import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Keeps to whom and to what alone the token of an assistant lets it."""

    dependencies = [
        ('api', '0001_tokens_and_kept_answers'),
        ('customers', '0006_mail_that_came_back'),
    ]

    operations = [
        migrations.CreateModel(
            name='Bound',
            fields=[
                ('token', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='bound', serialize=False, to='api.apitoken')),
                ('topics', models.JSONField(default=list)),
                ('customer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='customers.customer')),
            ],
        ),
    ]
