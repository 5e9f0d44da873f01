"""How is this worked out: any figure, down to inputs with sources."""

import pytest

from planner.report.build import build_monthly_report
from planner.report.trace import TraceNode, Tracer, trace_document
from tests.report.plans import answer, answer_of, api, small_plan


@pytest.mark.parametrize("template_id", ["code-completion", "own-silicon"])
def test_it_traces_every_figure_to_the_same_value(template_id: str) -> None:
    found = answer_of(template_id)
    tracer = Tracer(found.subject)
    cells = [cell for cell in found.report.cells() if cell.trace is not None]
    cells += build_monthly_report(found.subject, found.result["verdict"]["best"]).cells()
    for cell in cells:
        assert cell.trace is not None
        node = tracer.trace(cell.trace, depth=0)
        assert node.value == pytest.approx(cell.value), cell.trace
        assert node.reason == (cell.reason if cell.value is None else node.reason)


def test_it_ends_at_inputs_with_a_source() -> None:
    found = answer_of("code-completion")
    tracer = Tracer(found.subject)
    todo, seen = ["options.tune-7b.npv"], set()
    while todo:
        address = todo.pop()
        if address in seen:
            continue
        seen.add(address)
        node = tracer.trace(address, depth=1)
        todo += [each.address for each in node.inputs]
        if not node.inputs and node.value:
            assert node.source is not None, address
    assert {"options.tune-7b.fees.fallback.m9", "options.tune-7b.speed.completion.decode.m9"} <= seen


def test_it_adds_parts_up_to_the_figure() -> None:
    tracer = Tracer(answer_of("own-silicon").subject)
    for address in (
        "options.owned.npv",
        "options.owned.components.compute.total",
        "options.owned.components.hardware.fy2028",
    ):
        node = tracer.trace(address)
        assert sum(_number(each) for each in node.inputs) == pytest.approx(_number(node))


def test_it_explains_an_undefined_figure_by_its_reason() -> None:
    node = Tracer(answer(small_plan(api("today", 1), api("other", 5))).subject).trace("options.other.payback_month")
    assert (node.value, node.reason) == (None, "Not within 12 months.")


def test_it_says_what_is_an_estimate() -> None:
    node = Tracer(answer_of("code-completion").subject).trace("options.tune-7b.speed.completion.prefill.m9")
    assert node.formula.startswith("Roofline estimate, not a measurement.")
    assert "all within a factor of 1.5" in node.formula
    assert node.source is not None
    assert node.source.url is not None


def test_it_goes_as_deep_as_asked() -> None:
    node = Tracer(answer_of("support-chat").subject).trace("options.today.npv", depth=2)
    assert node.inputs[0].inputs[0].has_more
    assert not node.inputs[0].inputs[0].inputs
    assert trace_document(node)["inputs"][0]["label"] == node.inputs[0].label


@pytest.mark.parametrize(
    "address",
    ["options.nothing.npv", "options.today.npvv", "inputs.finance.nothing", "options.today.cash_flow.fy1999", ""],
)
def test_it_knows_no_other_figures(address: str) -> None:
    with pytest.raises(KeyError, match="There is no figure"):
        Tracer(answer_of("support-chat").subject).trace(address)


def _number(node: TraceNode) -> float:
    assert isinstance(node.value, int | float)
    return float(node.value)
