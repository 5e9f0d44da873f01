"""What a succeeded run was about, worked out once more: its result document has figures, not how they came about."""

from planner.evaluation import subject_of
from planner.models import Run
from planner.operations.run_inputs import prices_of, require_same_engine
from planner.plan.document import parse_plan
from planner.report.subject import Subject


def run_subject(run: Run) -> Subject:
    """Evaluate the run's revision again with the prices it was computed with.

    Raises `EngineChanged` when this version of the program would give other figures than the run's.
    """
    require_same_engine(run)
    return subject_of(parse_plan(run.revision.document), prices=prices_of(run), as_of=run.as_of)
