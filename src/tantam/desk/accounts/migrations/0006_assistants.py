from django.db import migrations, models


class Migration(migrations.Migration):
    """Lets an account be a program's, which serves customers under supervision."""

    dependencies = [
        ('accounts', '0005_telephone'),
    ]

    operations = [
        migrations.AlterField(
            model_name='person',
            name='role',
            field=models.CharField(choices=[('agent', 'Agent'), ('manager', 'Service manager'), ('reviewer', 'Quality reviewer'), ('lead', 'Provider lead'), ('auditor', 'Auditor'), ('administrator', 'Administrator'), ('assistant', 'AI assistant')], default='agent', max_length=20),
        ),
    ]
