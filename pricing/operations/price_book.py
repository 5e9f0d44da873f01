"""An organisation's own prices: added and ended, never edited, so that an earlier answer stays explainable."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from accounts.models import AuditAction, Membership
from accounts.operations.audit import audit_record
from pricing.models import PriceBookEntry


class PriceBookConflict(Exception):
    """The organisation has a price of this model from this day already."""


class EndsBeforeItBegins(Exception):
    """A price was to end on or before the day it begins."""


def price_book_add(*, entry: PriceBookEntry, membership: Membership) -> PriceBookEntry:
    """Store a new entry. Raises `PriceBookConflict` if the model has one from the same day."""
    entry.organisation, entry.created_by = membership.organisation, membership.user
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
            _audit(entry, membership, AuditAction.PRICE_ADDED)
    except IntegrityError:
        raise PriceBookConflict(
            f"{entry.model_id} has a price from {entry.effective_from} already. End that one, or begin on another day."
        ) from None
    return entry


@transaction.atomic
def price_book_end(*, entry: PriceBookEntry, last_day: date, membership: Membership) -> PriceBookEntry:
    """Let an entry end; from `last_day` on the catalogue, or a later entry, holds."""
    if last_day <= entry.effective_from:
        raise EndsBeforeItBegins(f"It begins on {entry.effective_from}; let it end on a later day.")
    entry.effective_to = last_day
    entry.save(update_fields=["effective_to"])
    _audit(entry, membership, AuditAction.PRICE_ENDED)
    return entry


def _audit(entry: PriceBookEntry, membership: Membership, action: AuditAction) -> None:
    """Log model and dates: the prices are from a contract and stay out of the log."""
    until = entry.effective_to.isoformat() if entry.effective_to else None
    audit_record(
        organisation=membership.organisation,
        actor=membership.user,
        action=action,
        subject=entry.model_id,
        after={"from": entry.effective_from.isoformat(), "until": until},
    )
