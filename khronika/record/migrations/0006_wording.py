from django.db import migrations, models


class Migration(migrations.Migration):
    """How organizations are named is kept beside them, and what grows with every story (their documents, ties) is not
    written into their rows any more; the next run derives everything once more."""

    dependencies = [
        ("record", "0005_question"),
    ]

    operations = [
        migrations.CreateModel(
            name="Wording",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("body", models.TextField()),
                ("organization", models.TextField(db_index=True)),
                ("uses", models.BigIntegerField()),
                ("first", models.TextField()),
            ],
            options={"db_table": "wording"},
        ),
        migrations.CreateModel(
            name="WordingKey",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "number", "wording", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.BigIntegerField()),
                ("wording", models.TextField()),
            ],
            options={"db_table": "wording_key"},
        ),
        migrations.RunSQL("DELETE FROM derivation", migrations.RunSQL.noop),
    ]
