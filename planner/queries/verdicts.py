"""What every finished run of a plan said, small enough to be kept in the cache: results never change."""

import uuid
from typing import Any

import orjson
from django.core.cache import cache

from planner.models import Plan, Result, Run, RunState
from planner.report.tables import VerdictEntry

MOST = 200
"""Runs looked back; a plan that is run every working day fits nearly a year."""
_KEPT_SECONDS = 30 * 24 * 3600


def verdicts_of(plan: Plan, *, until: Run | None = None) -> list[VerdictEntry]:
    """The verdicts of the plan's finished runs up to `until` (or all), oldest first, the last `MOST` of them."""
    runs = plan.runs.filter(state=RunState.SUCCEEDED).select_related("revision").defer("input_snapshot")
    if until is not None:
        runs = runs.filter(number__lte=until.number)
    found = list(runs.order_by("-number")[:MOST])
    verdicts = verdicts_by_run([run.id for run in found])
    return [_entry(run, verdicts[run.id]) for run in reversed(found)]


def _entry(run: Run, verdict: dict[str, Any]) -> VerdictEntry:
    if run.finished_at is None:
        raise ValueError(f"Run {run.id} has succeeded and has no end.")
    return VerdictEntry(
        run_id=str(run.id),
        number=run.number,
        revision=run.revision.number,
        as_of=run.as_of,
        run_at=run.finished_at.replace(microsecond=0),
        verdict=verdict,
    )


def verdicts_by_run(run_ids: list[uuid.UUID]) -> dict[uuid.UUID, dict[str, Any]]:
    """Return what each of these succeeded runs said, by its id, with the currency of its amounts."""
    keys = {run_id: f"verdict2-{run_id}" for run_id in run_ids}
    kept = cache.get_many(keys.values())
    found = {run_id: kept[key] for run_id, key in keys.items() if key in kept}
    missing = [run_id for run_id in run_ids if run_id not in found]
    for run_id, document in Result.objects.filter(run_id__in=missing).values_list("run_id", "document").iterator():
        result = orjson.loads(bytes(document))
        verdict = {**result["verdict"], "currency": result["currency"]}
        cache.set(keys[run_id], verdict, _KEPT_SECONDS)
        found[run_id] = verdict
    return found
