"""Writes to the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from pricing.catalogue.packaged import packaged_rows
from pricing.models import CatalogueRevision, CatalogueRow
from pricing.tables import API_PRICES, CSV_TABLES, Table

BATCH = 500


@transaction.atomic
def catalogue_load() -> int:
    """Add the packaged rows that the database doesn't have yet; the number added.

    Loading twice changes nothing. A packaged row that differs from the stored one of the same key is stored as its
    correction, unless a person verified the stored one: that stays.
    """
    packaged = packaged_rows()
    pending: list[tuple[Table, list[tuple[Mapping[str, Any], CatalogueRow | None]]]] = [
        (API_PRICES, missing_rows(API_PRICES, (row for rows in packaged.api_prices.values() for row in rows)))
    ]
    pending += [(table, missing_rows(table, getattr(packaged, table.name))) for table in CSV_TABLES]
    count = sum(len(rows) for _table, rows in pending)
    if count:
        revision = CatalogueRevision.objects.create(label="packaged with the program", rows_added=count)
        for table, rows in pending:
            add_rows(table, rows, revision)
    return count


def missing_rows(
    table: Table, rows: Iterable[Mapping[str, Any]]
) -> list[tuple[Mapping[str, Any], CatalogueRow | None]]:
    """The rows that aren't stored as they are, each with the stored row it would correct."""
    stored = {kept.key: kept for kept in table.model.objects.in_force()}
    missing = []
    for row in rows:
        kept = stored.get(table.key(row))
        if kept is None or (kept.row != dict(row) and kept.confidence != "verified"):
            missing.append((row, kept))
    return missing


def add_rows(
    table: Table, rows: Iterable[tuple[Mapping[str, Any], CatalogueRow | None]], revision: CatalogueRevision
) -> None:
    """Store the rows under the revision."""
    new = [table.new(row, corrects=kept, revision=revision) for row, kept in rows]
    table.model.objects.bulk_create(new, batch_size=BATCH)


def revision_add(*, label: str, rows_added: int, made_by: User | None) -> CatalogueRevision:
    """A new state of the catalogue; whoever caches the catalogue sees it by the number."""
    return CatalogueRevision.objects.create(label=label, rows_added=rows_added, made_by=made_by)
