"""Which queued runs are announced to the workers: a few per organisation, so that nobody's backlog blocks others.

The broker hands out messages in order. An organisation that queues 500 runs would stand in front of everybody else
if each run were announced at once; with at most `RUN_WINDOW` announced runs each, a newcomer waits behind a handful.
"""

import uuid

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from planner.dispatch import send_run_hints, send_run_hints_after_commit
from planner.models import LIVE_STATES, RunState
from planner.operations.across_organisations import across_organisations, all_runs


def run_hint_next(*, organisation_id: uuid.UUID) -> None:
    """Announce the organisation's next queued runs, as many as its window has room for, after the commit."""
    with transaction.atomic():
        send_run_hints_after_commit(mark_hinted(organisation_id=organisation_id))


def run_hint_next_after_commit(*, organisation_id: uuid.UUID) -> None:
    """As `run_hint_next`, in a transaction of its own once the present one is stored: a run has left the window."""

    def announce() -> None:
        with transaction.atomic():
            run_ids = mark_hinted(organisation_id=organisation_id)
        send_run_hints(run_ids)

    transaction.on_commit(announce)


@across_organisations
def mark_hinted(*, organisation_id: uuid.UUID) -> list[uuid.UUID]:
    """Mark the oldest unannounced queued runs that fit into the window, and return their ids. Needs a transaction."""
    runs = all_runs().filter(organisation_id=organisation_id)
    outstanding = runs.filter(state__in=LIVE_STATES, hinted_at__isnull=False).count()
    room = settings.RUN_WINDOW_PER_ORGANISATION - outstanding
    if room <= 0:
        return []
    waiting = Q(state=RunState.QUEUED, hinted_at__isnull=True, available_at__lte=Now())
    run_ids = list(
        runs.filter(waiting)
        .select_for_update(skip_locked=True)
        .order_by("created_at", "id")
        .values_list("id", flat=True)[:room]
    )
    runs.filter(waiting, id__in=run_ids).update(hinted_at=Now())
    return run_ids
