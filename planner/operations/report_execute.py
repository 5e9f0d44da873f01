"""What a worker does with one report: claim it, have it set, store it, tell who asked."""

import hashlib
import uuid
from collections.abc import Callable
from typing import NamedTuple

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django_scopes import scope

from planner.models import ReportFile, RunError
from planner.operations.heartbeats import Heartbeats
from planner.operations.job_table import FULL_PROGRESS, Beat
from planner.operations.report_claim import (
    ReportClaim,
    report_claim,
    report_fail,
    report_finish,
    report_progress,
)
from planner.operations.run_execute import Stopped
from planner.operations.run_inputs import EngineChanged

log = structlog.get_logger("danegeld.report")

_TIMEOUT = "Setting this report took longer than a worker may spend on it."
_ENGINE_CHANGED = "Danegeld was upgraded since this run. Start a new run and ask for its report."
_INTERNAL = "An error in the program stopped this report. It is in the log of the worker under the report's id."

Progress = Callable[[float], None]


class Made(NamedTuple):
    """A finished PDF, the standards it claims, and a picture (PNG) of its first page."""

    pdf: bytes
    standards: tuple[str, ...]
    preview: bytes


class ReportFailed(Exception):
    """The report cannot be made, for a reason a reader should see."""


Make = Callable[[ReportFile, Progress], Made]


def report_execute(*, report_id: uuid.UUID, make: Make, worker: str = "") -> bool:
    """Make the report if it can be claimed; return whether it was stored.

    ``make`` turns the row into a PDF; it comes from outside, since operations know no renderer.
    """
    claim = report_claim(report_id=report_id, worker=worker)
    if claim is None:
        return False
    with (
        structlog.contextvars.bound_contextvars(report_id=str(report_id), attempt=claim.report.attempts),
        scope(organisation=claim.report.organisation),
        Heartbeats(lambda: report_progress(report_id=report_id, token=claim.token)),
    ):
        return _make_and_store(claim, make)


def _make_and_store(claim: ReportClaim, make: Make) -> bool:
    try:
        made = make(claim.report, _progress_of(claim))
    except Stopped:
        return False
    except SoftTimeLimitExceeded:
        return _fail(claim, RunError.TIMEOUT, _TIMEOUT)
    except EngineChanged:
        return _fail(claim, RunError.INVALID, _ENGINE_CHANGED)
    except ReportFailed as failed:
        log.warning("report_failed", reason=str(failed))
        return _fail(claim, RunError.INTERNAL, str(failed))
    except Exception:
        log.exception("report_failed")
        return _fail(claim, RunError.INTERNAL, _INTERNAL)
    stored = report_finish(
        report_id=claim.report.id,
        token=claim.token,
        document=made.pdf,
        preview=made.preview,
        document_hash=hashlib.sha256(made.pdf).hexdigest(),
        standards=", ".join(made.standards),
    )
    if stored and claim.report.mails_when_ready:
        _tell(claim.report)
    return stored


def _progress_of(claim: ReportClaim) -> Progress:
    """Tells the row how far the work is. Raises `Stopped` once the report is cancelled or somebody else's."""

    def told(share: float) -> None:
        beat = report_progress(report_id=claim.report.id, token=claim.token, progress=int(share * FULL_PROGRESS))
        if beat is not Beat.CONTINUE:
            raise Stopped(claim.report.id)

    return told


def _fail(claim: ReportClaim, code: RunError, message: str) -> bool:
    report_fail(report_id=claim.report.id, token=claim.token, code=code, message=message)
    return False


def _tell(report: ReportFile) -> None:
    """Mail the link, never the file: who may open it is decided when it is opened."""
    if report.requested_by is None or not report.live_url:
        return
    context = {"report": report, "address": f"{report.live_url}/report"}
    subject = render_to_string("planner/mail/report_ready_subject.txt", context).strip()
    try:
        send_mail(
            subject, render_to_string("planner/mail/report_ready.txt", context), None, [report.requested_by.email]
        )
    except OSError as error:
        # The report is stored and listed; a mail server that is away must not undo it.
        log.warning("report_mail_not_sent", error=type(error).__name__)
