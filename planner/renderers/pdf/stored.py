"""From a stored report's row to its PDF: the run's own figures, drawn again without drawing anew."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from planner.analysis.flip_points import flip_points
from planner.models import ReportFile, ReportKind, Result, Run, RunState
from planner.operations.report_execute import Made, Progress, ReportFailed
from planner.operations.run_inputs import draws_of, prices_of
from planner.operations.run_subject import run_subject
from planner.plan.document_changes import Change, changes_between
from planner.renderers.pdf.charts import ChartFailed
from planner.renderers.pdf.fonts import FontsMissing
from planner.renderers.pdf.logo import logo_of
from planner.renderers.pdf.order import Earlier, Material, Order, Origin
from planner.renderers.pdf.render import render
from planner.renderers.pdf.typeset import TypesettingFailed
from planner.report.build import build_report
from planner.report.negotiation import NothingToNegotiate
from planner.report.study_json import findings_in
from planner.report.uncertainty.inputs import InputNames
from planner.simulation import report_of_run

FLIPS = 6


def make(report: ReportFile, progress: Progress) -> Made:
    """The report's PDF. Raises `ReportFailed` with a sentence for the reader, `EngineChanged` for an old run."""
    material = material_of(report)
    progress(0.5)
    try:
        made = render(material, order_of(report), preview=True)
    except (ChartFailed, FontsMissing, NothingToNegotiate) as error:
        raise ReportFailed(str(error)) from error
    except TypesettingFailed as error:
        raise ReportFailed("The pages could not be set. The reason is in the log of the worker.") from error
    progress(0.95)
    return Made(made.pdf, made.standards, made.preview)


def order_of(report: ReportFile) -> Order:
    """How the report was wished."""
    kind: Any = report.kind
    audience: Any = report.audience
    paper: Any = report.paper
    return Order(
        kind=kind,
        audience=audience,
        paper=paper,
        final=report.is_final,
        people_costs=report.shows_people_costs,
        language=report.language,
        classification=report.classification,
        logo=logo_of(bytes(report.logo)) if report.logo else None,
    )


def material_of(report: ReportFile) -> Material:
    """The run's subject, its stored findings, and the report before this one."""
    run = report.run
    subject, prices = run_subject(run), prices_of(run)
    document = json.loads(bytes(Result.objects.get(run=run).document))
    if len(subject.plan.options) > 1:
        subject = replace(subject, flips=flip_points(subject.plan, prices, FLIPS))
    full = report_of_run(build_report(subject), subject, document)
    return Material(
        subject=subject,
        report=full,
        findings=findings_in(document),
        origin=_origin(report, run),
        prices=prices,
        earlier=_earlier(report, InputNames(subject)),
    )


def _origin(report: ReportFile, run: Run) -> Origin:
    if run.finished_at is None:
        raise ReportFailed("This run has not ended.")
    return Origin(
        organisation=report.organisation.name,
        run=f"Run {run.number}",
        run_id=str(run.id),
        input_hash=run.input_hash,
        engine_version=run.engine_version,
        as_of=run.as_of,
        ended=run.finished_at,
        revision=run.revision.number,
        draws=draws_of(run),
        seed=run.seed,
        live_url=report.live_url,
    )


def _earlier(report: ReportFile, names: InputNames) -> Earlier | None:
    """The newest board report of an earlier run, and what has changed since."""
    before = (
        ReportFile.objects.filter(
            plan=report.plan, kind=ReportKind.BOARD, state=RunState.SUCCEEDED, run__number__lt=report.run.number
        )
        .select_related("run__revision", "run__result")
        .order_by("-run__number", "-created_at")
        .first()
    )
    if before is None or before.run.finished_at is None:
        return None
    document = json.loads(bytes(before.run.result.document))
    changes = changes_between(json.loads(before.run.revision.document), json.loads(report.run.revision.document))
    return Earlier(
        title=f"Run {before.run.number}, {before.run.finished_at:%Y-%m-%d}",
        verdict=str(document["verdict"]["sentence"]),
        changes=tuple(_written(change, names) for change in changes),
        npvs={option["id"]: float(option["npv"]) for option in document["options"]},
    )


def _written(change: Change, names: InputNames) -> tuple[str, str, str]:
    return names[change.path].label, _value(change.before), _value(change.after)


def _value(value: Any) -> str:
    """A document's value as it was written there, short enough for a table."""
    if value is None:
        return "–"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:59]}…"
