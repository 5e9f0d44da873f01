"""Which answer a table is made from: a run's stored result, or the plan evaluated now where no run has finished."""

from collections.abc import Mapping
from typing import Any

import orjson
from django.utils import timezone

from planner.evaluation import evaluate_plan, subject_of
from planner.forms.places import origin_of
from planner.models import Plan, Run
from planner.operations.run_execute import FLIPS
from planner.operations.run_inputs import EngineChanged, prices_of, require_same_engine
from planner.plan.document import Plan as PlanDocument
from planner.plan.document import parse_plan
from planner.queries.plans import revision_latest
from planner.queries.runs import result_of, run_latest_succeeded
from planner.queries.verdicts import verdicts_of
from planner.report.assumptions import template_sources
from planner.report.build import build_report
from planner.report.subject import Subject
from planner.report.tables import MissingPart, TableSource
from planner.report.types import Report, Source
from planner.simulation import report_of_run
from pricing.queries import price_source


def source_of_run(run: Run) -> TableSource:
    """The answer of a succeeded run. Raises `MissingPart` while it has none."""
    result = result_of(run)
    if result is None or run.finished_at is None:
        raise MissingPart(f"Run {run.number} is {run.get_state_display().lower()} and has no result.")
    document: dict[str, Any] = orjson.loads(bytes(result.document))

    def subject() -> Subject:
        plan = parse_plan(run.revision.document)
        return subject_of(plan, prices=prices_of(run), as_of=run.as_of, stated=_stated(run.revision.document, plan))

    def report() -> Report:
        try:
            require_same_engine(run)
        except EngineChanged as changed:
            raise MissingPart(
                f"Run {run.number} was computed by another version of the program: its tables stand, but the page's "
                "figures can no longer be worked out again. Start a new run."
            ) from changed
        again = subject()
        return report_of_run(build_report(again), again, document)

    return TableSource(
        plan_id=str(run.plan_id),
        run_id=str(run.id),
        revision=run.revision.number,
        as_of=run.as_of,
        run_at=run.finished_at.replace(microsecond=0),
        document=document,
        subject=subject,
        report=report,
        history=lambda: verdicts_of(run.plan, until=run),
    )


def latest_run(plan: Plan) -> Run | None:
    """The run whose tables are the plan's: the newest that succeeded."""
    return run_latest_succeeded(plan)


def source_without_run(plan: Plan, *, flips: bool) -> TableSource:
    """The certain answer of the latest revision at today's prices, with flip points if asked. Raises `PlanInvalid`."""
    revision = revision_latest(plan)
    document = parse_plan(revision.document)
    day = timezone.localdate()
    evaluated = evaluate_plan(
        document,
        prices=price_source(as_of=day, organisation=plan.organisation),
        as_of=day,
        stated=_stated(revision.document, document),
        flips=FLIPS if flips else 0,
    )
    return TableSource(
        plan_id=str(plan.id),
        run_id=None,
        revision=revision.number,
        as_of=day,
        run_at=None,
        document=evaluated.result,
        subject=lambda: evaluated.subject,
        report=lambda: evaluated.report,
    )


def _stated(document: str, plan: PlanDocument) -> Mapping[str, Source]:
    origin = origin_of(orjson.loads(document))
    return template_sources(origin, plan) if origin else {}
