from django.db import models


class RunState(models.TextChoices):
    """Where a run is. `docs/decisions/0003-runs.md` draws the transitions."""

    QUEUED = "queued", "Queued"
    RUNNING = "running", "Running"
    SUCCEEDED = "succeeded", "Succeeded"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


LIVE_STATES = (RunState.QUEUED, RunState.RUNNING)
FINAL_STATES = (RunState.SUCCEEDED, RunState.FAILED, RunState.CANCELLED)


class RunError(models.TextChoices):
    """Why a run failed: a closed list, because callers branch on it."""

    INVALID = "invalid", "The plan cannot be evaluated"
    NUMERIC = "numeric", "A figure became too large or undefined"
    TIMEOUT = "timeout", "The evaluation took too long"
    LOST = "lost", "The worker stopped in the middle, as often as we try"
    INTERNAL = "internal", "An error in the program"


class Job(models.Model):
    """What every row has that a worker computes; see `planner.operations.job_table` for what may be done to it.

    A worker holds a running row by `token` until `lease_until` on the database's clock; every write of the worker
    names the token, so that a worker which was thought dead changes nothing when it comes back. `available_at` delays
    the next attempt, `hinted_at` is when a message for the row was last sent. `progress` counts to 1000.
    """

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

    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_live(self) -> bool:
        """Whether the job is queued or running."""
        return self.state in LIVE_STATES
