"""Whatever the plan, the report is whole: every check passes, ids are unique, figures have a value or a reason."""

import pytest

from planner.report.trace import Tracer
from tests.report.plans import answer
from tests.strategies import random_plan


@pytest.mark.parametrize("seed", range(40))
def test_it_reports_on_any_plan(seed: int) -> None:
    report = answer(random_plan(seed)).report
    assert [row.label for row in report.table("checks").rows if not row.cells[0].value] == []
    cells = list(report.cells())
    assert len({cell.id for cell in cells}) == len(cells)
    assert all((cell.value is None) == (cell.reason is not None) for cell in cells)


@pytest.mark.parametrize("seed", range(100, 104))
def test_it_explains_every_figure_of_any_plan(seed: int) -> None:
    found = answer(random_plan(seed))
    tracer = Tracer(found.subject)
    for cell in found.report.cells():
        if cell.trace is not None:
            assert tracer.trace(cell.trace).value == pytest.approx(cell.value), cell.trace
