from django.conf import settings
from django.db import models
from django.db.models import Q
from django_scopes import ScopedManager

from config.ids import uuid7
from planner.models.job import Job, RunError, RunState
from planner.models.plan import Plan
from planner.models.revision import Revision


class RunKind(models.TextChoices):
    """What a run computes."""

    EVALUATION = "evaluation", "Evaluation of the whole plan"


class Run(Job):
    """One computation of one revision: the row is the truth about the job, the broker's message only a hint."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="runs")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="runs")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=RunKind, default=RunKind.EVALUATION)

    input_hash = models.CharField(max_length=64)
    input_snapshot = models.TextField()
    as_of = models.DateField()
    seed = models.BigIntegerField()
    engine_version = models.CharField(max_length=40)

    result_hash = models.CharField(max_length=64, blank=True, default="")

    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ScopedManager(organisation="organisation")

    class Meta:
        indexes = [
            models.Index(fields=["lease_until"], condition=Q(state="running"), name="run_by_lease"),
            models.Index(fields=["organisation", "created_at"], condition=Q(state="queued"), name="run_queue"),
            models.Index(fields=["plan", "-created_at", "-id"], name="run_by_plan"),
            models.Index(fields=["plan", "input_hash"], name="run_by_input"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="run_number_unique"),
            # One live run per input: two people who press the button at once get the same run.
            models.UniqueConstraint(
                fields=["organisation", "plan", "kind", "input_hash"],
                condition=Q(state__in=["queued", "running"]),
                name="run_live_unique",
            ),
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="run_state_known"),
            models.CheckConstraint(condition=Q(attempts__lte=models.F("max_attempts")), name="run_attempts_bounded"),
            models.CheckConstraint(
                condition=Q(state="succeeded", progress=1000) | (~Q(state="succeeded") & Q(progress__lt=1000)),
                name="run_progress_full_when_succeeded",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="running", token__isnull=False, lease_until__isnull=False)
                    | (~Q(state="running") & Q(token__isnull=True, lease_until__isnull=True))
                ),
                name="run_leased_when_running",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=["queued", "running"], finished_at__isnull=True)
                    | Q(state__in=["succeeded", "failed", "cancelled"], finished_at__isnull=False)
                ),
                name="run_finished_when_final",
            ),
            models.CheckConstraint(
                condition=Q(state="failed", error_code__in=RunError.values) | (~Q(state="failed") & Q(error_code="")),
                name="run_error_when_failed",
            ),
            models.CheckConstraint(
                condition=(Q(state="succeeded") & ~Q(result_hash="")) | (~Q(state="succeeded") & Q(result_hash="")),
                name="run_result_when_succeeded",
            ),
        ]

    def __str__(self) -> str:
        return f"Run {self.number}"
