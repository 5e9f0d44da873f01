"""What a succeeded run was about, worked out once more: its result document has figures, not how they came about."""

from planner.evaluation import subject_of
from planner.models import Run
from planner.operations.run_execute import PricesChanged
from planner.operations.run_inputs import draws_in, freeze
from planner.plan.document import canonical_json, parse_plan
from planner.report.subject import Subject
from pricing.queries import price_source


def run_subject(run: Run) -> Subject:
    """Evaluate the run's revision again with the prices it was computed with.

    Raises `PricesChanged` when the catalogue or the engine would now give other figures than the run's.
    """
    prices = price_source(as_of=run.as_of, organisation=run.organisation)
    subject = subject_of(parse_plan(run.revision.document), prices=prices, as_of=run.as_of)
    resolved, draws = canonical_json(subject.snapshot.plan), draws_in(run.input_snapshot)
    inputs = freeze(resolved_plan=resolved, seed=run.seed, draws=draws)
    if inputs.input_hash != run.input_hash:
        raise PricesChanged(run.id)
    return subject
