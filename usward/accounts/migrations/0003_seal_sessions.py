from typing import Any

from django.db import migrations, models


def end_all(apps: Any, schema_editor: Any) -> None:
    """What sessions noted so far is not sealed, and cannot be sealed without their cookies: they end."""
    apps.get_model("accounts", "Session").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_pass")]

    operations = [
        migrations.RunPython(end_all, migrations.RunPython.noop),
        migrations.AlterField(model_name="session", name="data", field=models.BinaryField()),
    ]
