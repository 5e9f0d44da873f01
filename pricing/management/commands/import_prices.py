"""`manage.py import_prices`: compare a price list with the catalogue, and accept what is plain if asked to."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pricing.catalogue.api_price_rows import Package
from pricing.operations import import_accept_plain, import_compare
from pricing.sources.csv_prices import CsvRefused, read_prices
from pricing.sources.genai_prices import installed_package, read_records


class Command(BaseCommand):
    help = "Compare the installed genai-prices, or a CSV file, with the catalogue. Nothing changes without --accept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="CSV file; without it the installed genai-prices")
        parser.add_argument("--accept", action="store_true", help="accept what is neither suspicious nor gone")

    def handle(self, *args: Any, **options: Any) -> None:
        now = datetime.now(tz=UTC)
        file: Path | None = options["file"]
        if file is None:
            package = installed_package(taken_on=now.date())
            records = read_records(package)
        else:
            package = Package(name="CSV", version=file.name, taken_on=now.date())
            try:
                records = read_prices(file.read_bytes())
            except CsvRefused as refusal:
                raise CommandError(f"Nothing was taken from {file.name}:\n{refusal}") from None
            except OSError as error:
                raise CommandError(f"{file}: {error.strerror}") from None
        made = import_compare(package=package, records=records, made_by=None)
        for difference in made.differences.all():
            self.stdout.write(f"{difference.kind:9} {difference.model_id}  {' '.join(difference.reasons)}")
        accepted = import_accept_plain(price_import=made, now=now) if options["accept"] else 0
        self.stdout.write(
            f"{made.package}: {made.records} prices, {made.differences.count()} differences, {accepted} accepted."
        )
