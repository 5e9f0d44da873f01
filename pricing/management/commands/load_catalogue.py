"""`manage.py load_catalogue`: bring the packaged prices and hardware facts into the database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from pricing.operations import catalogue_load


class Command(BaseCommand):
    """Safe to run at every start: what is there already is left alone."""

    help = "Load the packaged catalogue into the database. Running it twice changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        added = catalogue_load()
        self.stdout.write(f"Catalogue: {added} rows added." if added else "Catalogue: up to date.")
