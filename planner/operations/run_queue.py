"""Runs enter the table here: one row per input that nobody has computed or is computing."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from accounts.models import AuditAction, User
from accounts.operations.audit import audit_record
from planner.models import LIVE_STATES, Plan, Revision, Run, RunKind, RunState
from planner.operations.run_hint import run_hint_next


@dataclass(frozen=True)
class RunInputs:
    """Everything that decides a run's figures. `snapshot` is canonical JSON text, `input_hash` its SHA-256.

    The date of the prices is not part of it: the same prices on a later date are the same input, and the finished run
    answers for both.
    """

    snapshot: str
    input_hash: str
    seed: int
    engine_version: str


@dataclass(frozen=True)
class Started:
    """A run that computes the wished input, and whether it was made now or was there already."""

    run: Run
    created: bool


@transaction.atomic
def run_queue(
    *,
    revision: Revision,
    inputs: RunInputs,
    as_of: datetime.date,
    started_by: User | None = None,
    force: bool = False,
) -> Started:
    """Return the live or succeeded run of this input, or queue a new one and announce it after the commit.

    `force` makes a new run although one has succeeded; a live one is returned even then. Starting again takes back a
    cancellation that no worker has acted on yet. A broker that is away does not matter here.
    """
    # The row lock makes two starts of one plan follow each other, so that the second finds the first one's run.
    plan = Plan.objects.select_related("organisation").select_for_update(of=("self",)).get(id=revision.plan_id)
    existing = _existing(plan, inputs.input_hash, force=force)
    if existing is not None:
        return Started(existing, created=False)
    Plan.objects.filter(id=plan.id).update(latest_run_number=F("latest_run_number") + 1)
    run = Run.objects.create(
        organisation_id=plan.organisation_id,
        plan=plan,
        revision=revision,
        number=plan.latest_run_number + 1,
        input_hash=inputs.input_hash,
        input_snapshot=inputs.snapshot,
        as_of=as_of,
        seed=inputs.seed,
        engine_version=inputs.engine_version,
        available_at=Now(),
        created_at=Now(),
        started_by=started_by,
    )
    audit_record(
        organisation=plan.organisation,
        actor=started_by,
        action=AuditAction.RUN_STARTED,
        subject=f"{plan.name}, run {run.number} ({run.id})",
        after={"revision": revision.number, "input_hash": inputs.input_hash},
    )
    run_hint_next(organisation_id=plan.organisation_id)
    return Started(Run.objects.select_related("plan", "revision").get(id=run.id), created=True)


def _existing(plan: Plan, input_hash: str, *, force: bool) -> Run | None:
    same = plan.runs.filter(kind=RunKind.EVALUATION, input_hash=input_hash)
    same.filter(state=RunState.RUNNING, cancel_requested=True).update(cancel_requested=False)
    same = same.select_related("plan", "revision").order_by("-number")
    live = same.filter(state__in=LIVE_STATES).first()
    return live if live is not None or force else same.filter(state=RunState.SUCCEEDED).first()
