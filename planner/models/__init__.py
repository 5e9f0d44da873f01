"""The planner's rows, one module per noun. Every table but `ServiceBeat` belongs to an organisation
and is read inside its scope."""

from planner.models.beat import ServiceBeat
from planner.models.feed_key import FeedKey
from planner.models.idempotency import IdempotentRequest
from planner.models.job import FINAL_STATES, LIVE_STATES, Job, RunError, RunState
from planner.models.plan import Plan
from planner.models.report_file import ReportAudience, ReportFile, ReportKind, ReportPaper
from planner.models.result import Result
from planner.models.revision import Revision, RevisionIsImmutable
from planner.models.run import Run, RunKind
from planner.models.share import Share

__all__ = [
    "FINAL_STATES",
    "LIVE_STATES",
    "FeedKey",
    "IdempotentRequest",
    "Job",
    "Plan",
    "ReportAudience",
    "ReportFile",
    "ReportKind",
    "ReportPaper",
    "Result",
    "Revision",
    "RevisionIsImmutable",
    "Run",
    "RunError",
    "RunKind",
    "RunState",
    "ServiceBeat",
    "Share",
]
