from django.conf import settings
from django.db import models
from django.db.models import Q
from django_scopes import ScopedManager

from config.ids import uuid7
from planner.models.plan import Plan
from planner.models.revision import Revision


class RunState(models.TextChoices):
    """Where a run is. `docs/decisions/0003-runs.md` draws the transitions."""

    QUEUED = "queued", "Queued"
    RUNNING = "running", "Running"
    SUCCEEDED = "succeeded", "Succeeded"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


LIVE_STATES = (RunState.QUEUED, RunState.RUNNING)
FINAL_STATES = (RunState.SUCCEEDED, RunState.FAILED, RunState.CANCELLED)


class RunKind(models.TextChoices):
    """What a run computes."""

    EVALUATION = "evaluation", "Evaluation of the whole plan"


class RunError(models.TextChoices):
    """Why a run failed: a closed list, because callers branch on it."""

    INVALID = "invalid", "The plan cannot be evaluated"
    NUMERIC = "numeric", "A figure became too large or undefined"
    TIMEOUT = "timeout", "The evaluation took too long"
    LOST = "lost", "The worker stopped in the middle, as often as we try"
    INTERNAL = "internal", "An error in the program"


class Run(models.Model):
    """One computation of one revision: the row is the truth about the job, the broker's message only a hint.

    A worker holds a running row by `token` until `lease_until` on the database's clock; every write of the worker
    names the token, so that a worker which was thought dead changes nothing when it comes back. `available_at` delays
    the next attempt, `hinted_at` is when a message for the row was last sent. `progress` counts to 1000.
    """

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

    state = models.CharField(max_length=10, choices=RunState, default=RunState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=3)
    token = models.UUIDField(null=True, blank=True)
    worker = models.CharField(max_length=200, blank=True, default="")
    lease_until = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    available_at = models.DateTimeField()
    hinted_at = models.DateTimeField(null=True, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)
    cancel_requested = models.BooleanField(default=False)
    error_code = models.CharField(max_length=20, choices=RunError, blank=True, default="")
    error_message = models.TextField(blank=True, default="")
    result_hash = models.CharField(max_length=64, blank=True, default="")

    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
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

    @property
    def is_live(self) -> bool:
        """Whether the run is queued or running."""
        return self.state in LIVE_STATES
