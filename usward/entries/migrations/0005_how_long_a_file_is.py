from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import migrations, models


def measured(apps, schema_editor):
    """As long as the files are now; one that is not there stays without."""
    attachments = apps.get_model("entries", "Attachment").objects
    for row in attachments.all():
        with suppress(OSError):
            size = (Path(settings.MEDIA) / row.id.hex[:2] / row.id.hex).stat().st_size
            attachments.filter(pk=row.pk).update(size=size)


class Migration(migrations.Migration):
    dependencies = [
        ("entries", "0004_a_calendars_address"),
    ]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="size",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.RunPython(measured, migrations.RunPython.noop, elidable=True),
    ]
