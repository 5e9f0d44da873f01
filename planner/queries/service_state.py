"""How the installation fares, for everybody to see: nothing of anybody's plans, only ages and counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.cache import cache
from django.db.models import Max
from django_scopes import scopes_disabled

from planner.models import Run, RunState
from planner.queries.run_figures import RunFigures, run_figures

FRESH_SECONDS: Final = 10
SWEEPER_LATE_SECONDS: Final = 60.0
QUEUE_LATE_SECONDS: Final = 300.0


@dataclass(frozen=True, slots=True)
class ServiceState:
    """``worker_seen`` is when a worker last finished a run, None if none ever did."""

    waiting: int
    running: int
    oldest_waits_seconds: float
    sweeper_age_seconds: float | None
    worker_seen: datetime | None

    @property
    def is_well(self) -> bool:
        """Whether nothing waits longer than it should."""
        sweeps = self.sweeper_age_seconds is not None and self.sweeper_age_seconds <= SWEEPER_LATE_SECONDS
        return sweeps and self.oldest_waits_seconds <= QUEUE_LATE_SECONDS


def service_state() -> ServiceState:
    """The state of a few seconds ago at most: the page is public and must cost nothing."""
    kept = cache.get("service-state")
    if not isinstance(kept, ServiceState):
        kept = _asked(run_figures())
        cache.set("service-state", kept, FRESH_SECONDS)
    return kept


def _asked(figures: RunFigures) -> ServiceState:
    with scopes_disabled():
        seen = Run.objects.filter(state=RunState.SUCCEEDED).aggregate(last=Max("finished_at"))["last"]
    return ServiceState(
        waiting=figures.by_state.get(RunState.QUEUED, 0),
        running=figures.by_state.get(RunState.RUNNING, 0),
        oldest_waits_seconds=figures.oldest_queued_seconds,
        sweeper_age_seconds=figures.sweeper_age_seconds,
        worker_seen=seen,
    )
