"""How a run went, in sentences for people: who asked, when it waited, ran and ended, and what went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from planner.models import Run, RunState


@dataclass(frozen=True, slots=True)
class RunStep:
    """One thing that happened, and when."""

    at: datetime
    says: str


def run_steps(run: Run) -> list[RunStep]:
    """What the row of the run tells, in the order it happened."""
    who = run.started_by.known_as if run.started_by else _("the service itself")
    steps = [RunStep(run.created_at, _("Asked for by %(who)s, and put into the queue.") % {"who": who})]
    if run.started_at is not None:
        waited = _seconds(run.created_at, run.started_at)
        steps.append(RunStep(run.started_at, _("Taken up by a worker after %(waited)s.") % {"waited": waited}))
    if run.attempts > 1:
        text = _("%(count)d attempts were needed: a worker had stopped in the middle, and another took over.")
        steps.append(RunStep(run.started_at or run.created_at, text % {"count": run.attempts}))
    if run.state == RunState.RUNNING and run.heartbeat_at is not None:
        text = _("%(share)d %% are done.") % {"share": run.progress // 10}
        steps.append(RunStep(run.heartbeat_at, text))
    if run.finished_at is not None:
        steps.append(RunStep(run.finished_at, _end(run, run.finished_at)))
    return steps


def _end(run: Run, finished: datetime) -> str:
    if run.state == RunState.CANCELLED:
        return _("Cancelled: nobody needed it any more.")
    took = _seconds(run.started_at or run.created_at, finished)
    if run.state == RunState.FAILED:
        return _("Failed after %(took)s: %(reason)s.") % {"took": took, "reason": run.get_error_code_display()}
    return _("Finished after %(took)s of work.") % {"took": took}


def _seconds(begin: datetime, end: datetime) -> str:
    """``0.4 s``, ``12 s``, ``3 min``."""
    seconds = max(0.0, (end - begin).total_seconds())
    if seconds < 10.0:
        return f"{seconds:.1f} s"
    return f"{seconds:.0f} s" if seconds < 120.0 else f"{seconds / 60.0:.0f} min"
