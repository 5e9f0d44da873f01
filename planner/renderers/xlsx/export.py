"""A stored plan or run as a workbook: which prices and which simulation it shows, and when it may be kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify

from planner.engine.errors import EngineRefusal
from planner.evaluation import ENGINE_VERSION, subject_of
from planner.models import Plan, Revision, Run
from planner.operations.run_inputs import EngineChanged, draws_of, prices_of, require_same_engine
from planner.plan.document import Plan as PlanDocument
from planner.plan.document import parse_plan
from planner.plan.errors import PlanInvalid
from planner.plan.overrides import with_scenario
from planner.queries.plans import revision_latest
from planner.queries.revisions import history_of
from planner.queries.runs import result_of, run_latest_succeeded
from planner.renderers.xlsx.cover import About, Change
from planner.renderers.xlsx.scenario_sheet import Scenario
from planner.renderers.xlsx.workbook import render_workbook
from planner.report.build import build_report
from planner.report.subject import Subject
from planner.report.types import Report, Source
from planner.simulation import report_of_run
from pricing.catalogue.source import PriceSource
from pricing.queries import price_source

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LAYOUT: Final = 1
"""Counts up when sheets change, so that kept copies are fetched anew."""
MOST_CHANGES: Final = 50

Stated = Callable[[Mapping[str, Any], PlanDocument], Mapping[str, Source]]
"""Where inputs come from that the plan's author knows more about, such as a template's."""


class NoResult(Exception):
    """The run has no result, or another version of the program computed it."""


@dataclass(frozen=True, slots=True)
class Export:
    """A workbook that can be made: its entity tag is known before the work is done."""

    etag: str
    file_name: str
    is_immutable: bool
    make: Callable[[], bytes]


def plan_export(plan: Plan, stated: Stated, address: str = "") -> Export:
    """The latest revision: with the simulation and prices of its finished run, else at today's prices.

    Making it raises `PlanInvalid` and `WorkbookTooLarge`.
    """
    revision, run = revision_latest(plan), run_latest_succeeded(plan)
    if run is not None and run.revision_id == revision.id and run.engine_version == ENGINE_VERSION:
        return _export_of_run(run, stated, address, is_immutable=False)
    today = timezone.localdate()
    told = hashlib.sha256(f"{revision.digest} {today} {ENGINE_VERSION}".encode()).hexdigest()[:32]

    def make() -> bytes:
        prices = price_source(as_of=today, organisation=plan.organisation)
        subject = _subject(revision, stated, prices, today)
        about = About(
            exported_at=datetime.combine(today, time(), UTC),
            engine_version=ENGINE_VERSION,
            plan_id=str(plan.id),
            revision=revision.number,
            address=address,
            changes=changes_of(plan),
        )
        return render_workbook(subject, build_report(subject), about, scenarios_of(subject, prices)).data

    return Export(f'"{told}/workbook-{LAYOUT}"', _file_name(plan, f"revision-{revision.number}"), False, make)


def run_export(run: Run, stated: Stated, address: str = "") -> Export:
    """A run as it was computed. Raises `NoResult`; making it raises `WorkbookTooLarge`."""
    if result_of(run) is None:
        raise NoResult(f"Run {run.number} is {run.get_state_display().lower()} and has no result.")
    try:
        require_same_engine(run)
    except EngineChanged as changed:
        words = "was computed by another version of the program; start a new run for a workbook."
        raise NoResult(f"Run {run.number} {words}") from changed
    return _export_of_run(run, stated, address, is_immutable=True)


def _export_of_run(run: Run, stated: Stated, address: str, *, is_immutable: bool) -> Export:
    def make() -> bytes:
        prices, result = prices_of(run), result_of(run)
        subject = _subject(run.revision, stated, prices, run.as_of)
        report: Report = build_report(subject)
        if result is not None:
            report = report_of_run(report, subject, json.loads(bytes(result.document)))
        about = About(
            exported_at=run.finished_at or run.created_at,
            engine_version=run.engine_version,
            plan_id=str(run.plan_id),
            revision=run.revision.number,
            run_id=str(run.id),
            run_number=run.number,
            input_hash=run.input_hash,
            address=address,
            draws=f"{draws_of(run):,} draws, seed {run.seed}.",
            changes=changes_of(run.plan),
        )
        return render_workbook(subject, report, about, scenarios_of(subject, prices)).data

    return Export(f'"{run.id}/workbook-{LAYOUT}"', _file_name(run.plan, f"run-{run.number}"), is_immutable, make)


def _subject(revision: Revision, stated: Stated, prices: PriceSource, as_of: Any) -> Subject:
    plan = parse_plan(revision.document)
    return subject_of(plan, prices=prices, as_of=as_of, stated=stated(json.loads(revision.document), plan))


def scenarios_of(subject: Subject, prices: PriceSource) -> Sequence[Scenario]:
    """The certain case of each of the plan's scenarios, None for one that cannot be computed."""
    return [Scenario(each.name, _under(subject, each, prices)) for each in subject.plan.scenarios]


def _under(subject: Subject, scenario: Any, prices: PriceSource) -> Subject | None:
    try:
        return subject_of(with_scenario(subject.plan, scenario), prices=prices, as_of=subject.as_of)
    except (PlanInvalid, EngineRefusal):
        return None


def changes_of(plan: Plan) -> tuple[Change, ...]:
    """The plan's revisions for the sheet Changes, newest first."""
    return tuple(
        Change(
            number=revision.number,
            when=revision.created_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M"),
            who=str(revision.created_by or ""),
            what=f"digest {revision.digest[:12]}",
        )
        for revision in history_of(plan)[:MOST_CHANGES]
    )


def workbook_response(request: HttpRequest, export: Export) -> HttpResponse:
    """The file as an answer; 304 where the reader has it. A run's never changes."""
    kept = "private, max-age=31536000, immutable" if export.is_immutable else "private, no-cache"
    headers = {"ETag": export.etag, "Cache-Control": kept}
    if request.headers.get("If-None-Match") == export.etag:
        return HttpResponse(status=304, headers=headers)
    headers["Content-Disposition"] = f'attachment; filename="{export.file_name}"'
    return HttpResponse(export.make(), content_type=MEDIA_TYPE, headers=headers)


def _file_name(plan: Plan, what: str) -> str:
    return f"{slugify(plan.name)[:60] or 'plan'}-{what}.xlsx"
