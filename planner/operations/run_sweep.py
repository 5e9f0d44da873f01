"""What the sweeper does every few seconds: jobs of dead workers go back into the queue, lost hints go out again.

Everything here may run twice, or in two processes at once, and changes nothing the second time.
"""

import uuid
from dataclasses import dataclass
from itertools import zip_longest

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Now

from accounts.operations import organisations_purge
from accounts.operations.notices import expiring_keys_tell
from planner.dispatch import send_run_hints
from planner.models import RunState, ServiceBeat
from planner.operations.across_organisations import (
    across_organisations,
    all_idempotent_requests,
    all_runs,
)
from planner.operations.clock import seconds_from_now
from planner.operations.job_table import BATCH
from planner.operations.report_claim import REPORTS, report_hints_again
from planner.operations.run_claim import RUNS
from planner.operations.run_hint import mark_hinted

SWEEPER = "sweeper"
IDEMPOTENCY_HOURS = 24
# Any constant will do, as long as nothing else in the database uses it: "dgd" and 1.
_ADVISORY_LOCK = 0x64_67_64_01


@dataclass(frozen=True)
class Swept:
    """How many jobs one sweep put back, gave up, ended as cancelled, and announced."""

    requeued: int = 0
    lost: int = 0
    cancelled: int = 0
    hinted: int = 0


@across_organisations
def sweep() -> Swept:
    """Do one round of everything the sweeper does, and leave a mark that it was here."""
    expired = sweep_expired_runs()
    hinted = sweep_hints()
    sweep_idempotency()
    organisations_purge()
    expiring_keys_tell()
    ServiceBeat.objects.update_or_create(name=SWEEPER, defaults={"beat_at": Now()})
    return Swept(expired.requeued, expired.lost, expired.cancelled, hinted)


@across_organisations
@transaction.atomic
def sweep_expired_runs() -> Swept:
    """End or put back every running row whose lease is over on the database's clock."""
    if not _alone():
        return Swept()
    runs, reports = RUNS.expire(), REPORTS.expire()
    return Swept(
        requeued=runs.requeued + reports.requeued,
        lost=runs.lost + reports.lost,
        cancelled=runs.cancelled + reports.cancelled,
    )


@across_organisations
def sweep_hints() -> int:
    """Announce queued runs that nobody announced or whose announcement got lost, one organisation after the other."""
    with transaction.atomic():
        if not _alone():
            return 0
        _forget_lost_hints()
        waiting = all_runs().filter(state=RunState.QUEUED, hinted_at__isnull=True, available_at__lte=Now())
        organisations = waiting.values_list("organisation_id", flat=True).distinct().order_by("organisation_id")
        queues = [mark_hinted(organisation_id=organisation_id) for organisation_id in organisations]
    return send_run_hints(in_turn(queues)) + report_hints_again()


@across_organisations
def sweep_idempotency() -> int:
    """Forget answers to idempotent requests after a day; return how many."""
    old = all_idempotent_requests().filter(created_at__lt=seconds_from_now(-3600 * IDEMPOTENCY_HOURS))
    count, _ = old.delete()
    return count


def in_turn(queues: list[list[uuid.UUID]]) -> list[uuid.UUID]:
    """Return the ids of several queues as one: the first of each, then the second of each, and so on."""
    return [run_id for layer in zip_longest(*queues) for run_id in layer if run_id is not None]


def _alone() -> bool:
    """Tell whether this process may sweep now; the lock ends with the transaction. SQLite has one writer anyway."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_ADVISORY_LOCK])
        return bool(cursor.fetchone()[0])


def _forget_lost_hints() -> None:
    lost = Q(state=RunState.QUEUED, hinted_at__lt=seconds_from_now(-settings.RUN_HINT_AGAIN_SECONDS))
    run_ids = list(
        all_runs()
        .filter(lost)
        .select_for_update(skip_locked=True)
        .order_by("hinted_at")
        .values_list("id", flat=True)[:BATCH]
    )
    all_runs().filter(lost, id__in=run_ids).update(hinted_at=None)
