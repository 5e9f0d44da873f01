"""The daily look at the installed price list: what it would change is filed once, for a person or the rule."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import structlog
from django.conf import settings
from django.db import connection, transaction

from pricing.models import ImportDifference, PriceImport
from pricing.operations.imports import import_accept_plain, import_compare
from pricing.sources.genai_prices import installed_package, read_records

log = structlog.get_logger("danegeld.prices")

# Any constant will do, as long as nothing else in the database uses it: "dgd" and 2.
_ADVISORY_LOCK = 0x64_67_64_02
_SEEN = ("as_of", "source")
"""What a row says of its being looked at, not of the price: another day or package version is no other proposal."""


def import_daily() -> PriceImport | None:
    """Compare the installed price list with the catalogue, at most once a day (UTC); None where it is not its time.

    `settings.PRICE_IMPORT` says how far to go: ``off``, ``compare`` (differences wait for a person) or ``accept`` (the
    rule takes those that are neither suspicious nor gone nor verified). What waits already, or was refused, is not
    filed again. Nothing is fetched from the network: the list changes when its package is upgraded.
    """
    if settings.PRICE_IMPORT == "off":
        return None
    with transaction.atomic():
        now = datetime.now(tz=UTC)
        if not _alone() or _looked_on(now):
            return None
        package = installed_package(taken_on=now.date())
        decided = _proposals(ImportDifference.objects.exclude(decision=ImportDifference.Decision.ACCEPTED))
        made = import_compare(package=package, records=read_records(package), made_by=None)
        again = [each.pk for each in made.differences.all() if _proposal(each) in decided]
        made.differences.filter(pk__in=again).delete()
        accepted = import_accept_plain(price_import=made, now=now) if settings.PRICE_IMPORT == "accept" else 0
    filed = made.differences.filter(decision=ImportDifference.Decision.PENDING).count()
    log.info("prices_compared", package=package.label, records=made.records, accepted=accepted, waiting=filed)
    return made


def _looked_on(now: datetime) -> bool:
    return PriceImport.objects.filter(made_by=None, taken_on=now.date(), package__startswith="genai-prices ").exists()


def _proposals(differences: Iterable[ImportDifference]) -> set[str]:
    return {_proposal(each) for each in differences}


def _proposal(difference: ImportDifference) -> str:
    """What a difference proposes, equal for two that propose the same."""
    incoming: Mapping[str, Any] = difference.incoming or {}
    row = {name: value for name, value in incoming.items() if name not in _SEEN}
    return json.dumps([difference.kind, difference.model_id, row], sort_keys=True)


def _alone() -> bool:
    """Whether this process may look now; the lock ends with the transaction. SQLite has one writer anyway."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_ADVISORY_LOCK])
        return bool(cursor.fetchone()[0])
