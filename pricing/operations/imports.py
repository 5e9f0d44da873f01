"""Imports: a price list is compared, its differences are decided, and only what was accepted is added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts.models import User
from pricing.catalogue import ApiPricesRecord
from pricing.catalogue.api_price_rows import Package, record_from_row, record_to_row
from pricing.models import ApiPrice, CatalogueRow, ImportDifference, PriceImport
from pricing.operations.catalogue import BATCH, add_rows, revision_add
from pricing.queries import catalogue_of
from pricing.sources.differences import Difference, compare
from pricing.tables import API_PRICES


class VerifiedIsKept(Exception):
    """A price that a person verified was about to be replaced by an import. Correct it by hand if it is wrong."""


class AlreadyDecided(Exception):
    """The difference was decided before."""


@transaction.atomic
def import_compare(*, package: Package, records: Sequence[ApiPricesRecord], made_by: User | None) -> PriceImport:
    """Keep what the price list would change. The catalogue stays as it is."""
    differences = compare(catalogue_of(package.taken_on), records, package_name=package.name)
    made = PriceImport.objects.create(
        package=package.label, taken_on=package.taken_on, records=len(records), made_by=made_by
    )
    ImportDifference.objects.bulk_create(
        [_stored_difference(made, difference) for difference in differences], batch_size=BATCH
    )
    return made


@transaction.atomic
def import_accept_plain(*, price_import: PriceImport, now: datetime, by: User | None = None) -> int:
    """The rule: accept what is neither suspicious nor gone nor verified. The number accepted."""
    pending = price_import.differences.select_for_update().filter(decision="pending", is_plain=True)
    return differences_accept(differences=list(pending), now=now, by=by)


@transaction.atomic
def differences_accept(*, differences: Sequence[ImportDifference], now: datetime, by: User | None) -> int:
    """Add the accepted rows to the catalogue as one revision; the number added."""
    if not differences:
        return 0
    rows = [_accepted_row(difference, by) for difference in differences]
    label = f"import of {differences[0].price_import.package}"
    revision = revision_add(label=label, rows_added=len(rows), made_by=by)
    add_rows(API_PRICES, rows, revision)
    _decide(differences, ImportDifference.Decision.ACCEPTED, now, by)
    return len(rows)


@transaction.atomic
def differences_refuse(*, differences: Sequence[ImportDifference], now: datetime, by: User | None) -> int:
    """Leave the catalogue as it is, and remember that somebody looked."""
    for difference in differences:
        _must_be_pending(difference)
    _decide(differences, ImportDifference.Decision.REFUSED, now, by)
    return len(differences)


def _stored_difference(made: PriceImport, difference: Difference) -> ImportDifference:
    return ImportDifference(
        price_import=made,
        kind=difference.kind,
        model_id=difference.model_id,
        incoming=record_to_row(difference.incoming) if difference.incoming else None,
        stored=record_to_row(difference.stored) if difference.stored else None,
        reasons=list(difference.reasons),
        is_plain=difference.is_plain,
    )


def _accepted_row(difference: ImportDifference, by: User | None) -> tuple[dict[str, Any], CatalogueRow | None]:
    """The row to add, and the stored row it corrects.

    A changed price without a date of its own begins on the day the list was taken: the old one stays true before it. A
    correction takes the place of the row it corrects, verified or not: a person decides it.
    """
    _must_be_pending(difference)
    taken_on = difference.price_import.taken_on
    if difference.incoming is None:
        return _deprecated_row(difference, taken_on), None
    row = dict(difference.incoming)
    occupied = _stored_row(row)
    if difference.kind == ImportDifference.Kind.CORRECTS:
        return row, occupied
    if occupied is not None and "effective_from" not in row:
        row["effective_from"] = taken_on.isoformat()
        occupied = _stored_row(row)
    if occupied is not None and occupied.confidence == "verified":
        raise VerifiedIsKept(f"{occupied.key} was verified by a person; an import does not replace it.")
    if by is None and _verified_in_force(row["id"], taken_on):
        raise VerifiedIsKept(f"The price of {row['id']} was verified by a person; only a person may follow it up.")
    return row, occupied


def _deprecated_row(difference: ImportDifference, taken_on: date) -> dict[str, Any]:
    """The stored prices again, marked as gone from the list from the day it was taken."""
    stored = record_from_row(difference.stored or {})
    gone = replace(stored, effective_from=taken_on, deprecated=True)
    return record_to_row(gone)


def _stored_row(row: dict[str, Any]) -> CatalogueRow | None:
    found: CatalogueRow | None = ApiPrice.objects.in_force().filter(key=API_PRICES.key(row)).first()
    return found


def _verified_in_force(model_id: str, day: date) -> bool:
    """Whether a person verified the price in force on the day. A row without a date comes first, on every database."""
    rows = ApiPrice.objects.in_force().filter(model_id=model_id).exclude(effective_from__gt=day)
    newest = rows.order_by(F("effective_from").asc(nulls_first=True)).last()
    return newest is not None and newest.confidence == "verified"


def _must_be_pending(difference: ImportDifference) -> None:
    if difference.decision != ImportDifference.Decision.PENDING:
        raise AlreadyDecided(f"{difference} was {difference.decision} before.")


def _decide(differences: Sequence[ImportDifference], decision: str, now: datetime, by: User | None) -> None:
    for difference in differences:
        difference.decision, difference.decided_at, difference.decided_by = decision, now, by
    ImportDifference.objects.bulk_update(differences, ["decision", "decided_at", "decided_by"], batch_size=BATCH)
