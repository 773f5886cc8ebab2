"""The Django app of a record."""

from __future__ import annotations

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """Models, migrations and queries of a record; no views, no signals."""

    name = "khronika.record"
    label = "record"
    default_auto_field = "django.db.models.BigAutoField"
