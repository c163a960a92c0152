from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("entries", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("reveal_day__isnull", False)),
                fields=["space", "tag", "reveal_day"],
                name="by_reveal_day",
            ),
        ),
    ]
