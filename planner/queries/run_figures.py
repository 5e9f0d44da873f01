"""How the jobs of the whole installation stand, in numbers only: for metrics, not for members."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, DurationField, ExpressionWrapper, F, Max
from django.db.models.expressions import Combinable
from django.db.models.functions import Now
from django_scopes import scopes_disabled

from planner.models import LIVE_STATES, Run, RunState, ServiceBeat


@dataclass(frozen=True)
class RunFigures:
    """Counts of runs; ages in seconds on the database's clock, None where nothing has happened yet."""

    by_state: dict[str, int]
    oldest_queued_seconds: float
    expired_leases: int
    repeated: int
    sweeper_age_seconds: float | None


def run_figures() -> RunFigures:
    """Return the figures of all organisations together."""
    with scopes_disabled():
        counted = dict(Run.objects.order_by().values_list("state").annotate(Count("id")))
        oldest = _oldest(Run.objects.filter(state=RunState.QUEUED).aggregate(age=Max(_age("created_at")))["age"])
        expired = Run.objects.filter(state=RunState.RUNNING, lease_until__lt=Now()).count()
        repeated = Run.objects.filter(state__in=LIVE_STATES, attempts__gt=1).count()
    beat = (
        ServiceBeat.objects.filter(name="sweeper").annotate(age=_age("beat_at")).values_list("age", flat=True).first()
    )
    return RunFigures(
        by_state={state: counted.get(state, 0) for state in RunState.values},
        oldest_queued_seconds=oldest,
        expired_leases=expired,
        repeated=repeated,
        sweeper_age_seconds=None if beat is None else beat.total_seconds(),
    )


def _age(field: str) -> Combinable:
    return ExpressionWrapper(Now() - F(field), output_field=DurationField())


def _oldest(age: timedelta | None) -> float:
    return 0.0 if age is None else age.total_seconds()
