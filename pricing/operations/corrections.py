"""Corrections that readers propose: filed like any other difference, for the catalogue's keepers to decide."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit

from django.db import transaction

from accounts.models import AuditAction, Membership
from accounts.operations.audit import audit_record
from pricing.catalogue import ApiPricesRecord, SourceNote, TokenPrices
from pricing.catalogue.api_price_rows import Package, record_to_row
from pricing.models import ImportDifference, PriceImport
from pricing.sources.suspicion import suspicions

MOST_WAITING = 20
PACKAGE = "Proposed correction"


class TooManyProposals(Exception):
    """The person has as many proposals waiting as one person may."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a listed price should say, USD per million tokens, and where that is written."""

    input_price: Decimal
    output_price: Decimal
    cached_input_price: Decimal | None
    url: str
    note: str


@transaction.atomic
def correction_propose(
    *, listed: ApiPricesRecord, proposal: Proposal, membership: Membership, today: date
) -> ImportDifference:
    """File a correction of the listed row. The catalogue stays as it is until a keeper accepts it.

    Raises `TooManyProposals` while too many of the person's proposals wait.
    """
    by = membership.user
    waiting = ImportDifference.objects.filter(
        kind=ImportDifference.Kind.CORRECTS, decision=ImportDifference.Decision.PENDING, price_import__made_by=by
    )
    if waiting.count() >= MOST_WAITING:
        raise TooManyProposals(f"{MOST_WAITING} of your proposals wait for a decision. Wait until some are decided.")
    row = _corrected(listed, proposal, today)
    package = Package(name=PACKAGE, version="", taken_on=today)
    made = PriceImport.objects.create(package=package.label, taken_on=today, records=1, made_by=by)
    difference = ImportDifference.objects.create(
        price_import=made,
        kind=ImportDifference.Kind.CORRECTS,
        model_id=listed.id,
        incoming=record_to_row(row),
        stored=record_to_row(listed),
        reasons=[f"Proposed with {proposal.url}. {proposal.note}".strip(), *suspicions(row, known=[listed.prices])],
        is_plain=False,
    )
    audit_record(
        organisation=membership.organisation,
        actor=by,
        action=AuditAction.CORRECTION_PROPOSED,
        subject=listed.id,
        before={"input": str(listed.input_price), "output": str(listed.output_price)},
        after={"input": str(proposal.input_price), "output": str(proposal.output_price), "url": proposal.url},
    )
    return difference


def _corrected(listed: ApiPricesRecord, proposal: Proposal, today: date) -> ApiPricesRecord:
    """The row as it should be: from the same day on, read today at the address given."""
    source = SourceNote(
        label=urlsplit(proposal.url).netloc,
        url=proposal.url,
        as_of=today,
        confidence="found",
        effective_from=listed.effective_from,
        note=proposal.note,
    )
    prices = TokenPrices(
        proposal.input_price,
        proposal.output_price,
        proposal.cached_input_price,
        listed.cache_write_price,
    )
    return replace(listed, prices=prices, source=source, comment=proposal.note)
