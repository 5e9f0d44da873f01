"""A person looked at the provider's own page and found the stored price there."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from accounts.models import User
from pricing.models import ApiPrice, CatalogueRow
from pricing.operations.catalogue import add_rows, revision_add
from pricing.tables import API_PRICES


class NothingToVerify(Exception):
    """The model has no stored price in force on that day."""


@transaction.atomic
def price_verify(*, model_id: str, today: date, by: User) -> CatalogueRow:
    """Store the price in force today again, marked as verified. No import replaces it from then on."""
    stored = ApiPrice.objects.in_force().filter(model_id=model_id)
    row = (
        stored.filter(effective_from__lte=today).order_by("effective_from").last()
        or stored.filter(effective_from__isnull=True).first()
    )
    if row is None:
        raise NothingToVerify(f"{model_id} has no stored price in force on {today}. Load the catalogue first.")
    revision = revision_add(label=f"{model_id} verified", rows_added=1, made_by=by)
    verified = {**row.row, "confidence": "verified", "as_of": today.isoformat()}
    add_rows(API_PRICES, [(verified, row)], revision)
    kept: CatalogueRow = ApiPrice.objects.get(corrects=row)
    return kept
