from django.db import migrations, models


class Migration(migrations.Migration):
    """The column keeps its name: the ledger of any version can be read by a restore of any other."""

    dependencies = [("entries", "0002_find_what_comes_on_a_day")]

    operations = [
        migrations.AlterField(
            model_name="deletion",
            name="entry_id",
            field=models.UUIDField(db_column="entry_id", primary_key=True, serialize=False),
        ),
        migrations.RenameField(model_name="deletion", old_name="entry_id", new_name="gone"),
    ]
