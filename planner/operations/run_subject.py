"""What a succeeded run was about, worked out once more: its result document has figures, not how they came about."""

import json
from dataclasses import replace

from planner.evaluation import subject_of
from planner.models import Run
from planner.operations.run_inputs import prices_of, require_same_engine
from planner.plan.document import parse_plan
from planner.queries.runs import result_of
from planner.report.study_json import findings_in
from planner.report.subject import Subject


def run_subject(run: Run) -> Subject:
    """Evaluate the run's revision again with the prices it was computed with.

    Raises `EngineChanged` when this version of the program would give other figures than the run's.
    """
    require_same_engine(run)
    subject = subject_of(parse_plan(run.revision.document), prices=prices_of(run), as_of=run.as_of)
    result = result_of(run)
    return subject if result is None else replace(subject, futures=findings_in(json.loads(bytes(result.document))))
