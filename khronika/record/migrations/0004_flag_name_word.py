from typing import Any

from django.db import migrations, models


def _pair(name: str, table: str, *more: tuple[str, Any]) -> migrations.CreateModel:
    """A table of two ids that belong together."""
    return migrations.CreateModel(
        name=name,
        fields=[
            ("id", models.BigAutoField(primary_key=True, serialize=False)),
            ("a", models.TextField(db_index=True)),
            ("b", models.TextField(db_index=True)),
            *more,
        ],
        options={"db_table": table},
    )


class Migration(migrations.Migration):
    """Words under which people are looked up, and what cannot be as told. Rows derived before lack them: as with the
    migration before, the next run derives everything once more."""

    dependencies = [
        ("record", "0003_linking"),
    ]

    operations = [
        _pair("NameWord", "name_word"),
        _pair("Flag", "flag", ("body", models.TextField())),
        migrations.RunSQL("DELETE FROM derivation", migrations.RunSQL.noop),
    ]
