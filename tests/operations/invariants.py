"""The sentences that hold for the table of runs at every moment (I1 to I12 of the reliability plan, as far as rows show
them). Used by the state machine after each step and by the drills after each fault."""

from django.db.models import Count, F, Q

from planner.models import FINAL_STATES, Result, Run, RunState


def violations() -> list[str]:
    """Return the sentences that do not hold; empty when all is well."""
    runs = Run.objects.with_scopes_disabled()
    results = Result.objects.with_scopes_disabled()
    succeeded = Q(state=RunState.SUCCEEDED)
    running = Q(state=RunState.RUNNING)
    final = Q(state__in=FINAL_STATES)
    broken = {
        "I2 a succeeded run has one result": runs.filter(succeeded, result__isnull=True),
        "I2/I7 only a succeeded run has a result": results.exclude(run__state=RunState.SUCCEEDED),
        "I2 the run and its result name the same hash": results.exclude(result_hash=F("run__result_hash")),
        "I4 progress is 1000 exactly when succeeded": runs.filter(
            Q(succeeded & ~Q(progress=1000)) | Q(~succeeded & Q(progress__gte=1000))
        ),
        "I5 attempts stay within their maximum": runs.filter(attempts__gt=F("max_attempts")),
        "I8 running means leased": runs.filter(running, Q(lease_until__isnull=True) | Q(token__isnull=True)),
        "I8 only running means leased": runs.filter(~running, Q(lease_until__isnull=False) | Q(token__isnull=False)),
        "I9 a run belongs to its plan's organisation": runs.exclude(organisation_id=F("plan__organisation_id")),
        "I9 a result belongs to its run's organisation": results.exclude(organisation_id=F("run__organisation_id")),
        "a queued run can be claimed": runs.filter(state=RunState.QUEUED, attempts__gte=F("max_attempts")),
        "final means finished": runs.filter(final, finished_at__isnull=True),
        "one live run per input": runs.filter(~final)
        .values("plan_id", "kind", "input_hash")
        .annotate(live=Count("id"))
        .filter(live__gt=1),
    }
    return [sentence for sentence, rows in broken.items() if rows.exists()]


def same_input_same_result() -> bool:
    """I6: runs of one input, killed in between or not, have one result hash."""
    runs = Run.objects.with_scopes_disabled().filter(state=RunState.SUCCEEDED)
    return not (
        runs.values("input_hash", "engine_version")
        .annotate(hashes=Count("result_hash", distinct=True))
        .filter(hashes__gt=1)
        .exists()
    )
