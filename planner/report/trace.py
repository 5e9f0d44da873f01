"""“How is this worked out?”: any figure's formula in words, its inputs with values and sources, recursively.

A figure is named by its address, the ``trace`` of its cell: ``options.host.npv``,
``options.host.components.team.fy2027``, ``options.host.replicas.m7``,
``requests.chat.m7``, ``market.gpu_rent.m7``, ``inputs.finance.discount_rate``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from planner.report import own_chips, trace_figures, trace_flows, trace_futures, trace_inputs, trace_service
from planner.report.build import build_monthly_report, build_report
from planner.report.subject import Subject
from planner.report.trace_step import Ground, Rule, Step
from planner.report.types import Cell, Source, Unit

RULES: tuple[Rule, ...] = (
    *trace_figures.RULES,
    *trace_flows.RULES,
    *trace_service.RULES,
    *own_chips.RULES,
    *trace_futures.RULES,
    *trace_inputs.RULES,
)


@dataclass(frozen=True, slots=True)
class TraceNode:
    """One figure with what it is made of. ``has_more`` says that inputs exist below the depth that was asked for."""

    address: str
    label: str
    value: float | int | str | None
    unit: Unit
    unit_label: str
    formula: str
    source: Source | None
    reason: str | None
    low: float | None
    high: float | None
    inputs: tuple[TraceNode, ...]
    has_more: bool

    def walk(self) -> Iterator[TraceNode]:
        """This node and all below it."""
        yield self
        for node in self.inputs:
            yield from node.walk()


class Tracer:
    """Traces figures of one subject; keep it for several questions about the same result."""

    def __init__(self, subject: Subject) -> None:
        self._ground = Ground(subject)

    def trace(self, address: str, depth: int = 1) -> TraceNode:
        """The figure at an address with inputs to ``depth`` levels; KeyError where there is no such figure."""
        step = self._step(address)
        below = tuple(self.trace(each, depth - 1) for each in step.inputs) if depth > 0 else ()
        return TraceNode(
            address=address,
            label=step.label,
            value=step.value,
            unit=step.unit,
            unit_label=step.unit_label,
            formula=step.formula,
            source=step.source,
            reason=step.reason,
            low=step.low,
            high=step.high,
            inputs=below,
            has_more=bool(step.inputs) and not below,
        )

    def _step(self, address: str) -> Step:
        for pattern, step in RULES:
            match = pattern.fullmatch(address)
            if match is not None:
                try:
                    return step(self._ground, match.groupdict())
                except (KeyError, StopIteration, IndexError):
                    break
        raise KeyError(f"There is no figure “{address}” in this result.")


class NoSuchFigure(Exception):
    """Neither an address nor a cell of the result has this name."""


def trace_figure(subject: Subject, figure: str, depth: int = 1) -> TraceNode:
    """The trace of a figure, named by its address or by the id of a cell of the report (``metrics.host.irr``).

    Raises `NoSuchFigure`, also for a cell that is no figure, such as a check.
    """
    tracer = Tracer(subject)
    try:
        return tracer.trace(figure, depth)
    except KeyError:
        address = next((cell.trace for cell in _cells(subject, figure) if cell.id == figure), None)
    if address is None:
        raise NoSuchFigure(f"There is no figure “{figure[:100]}” in this result.")
    return tracer.trace(address, depth)


def _cells(subject: Subject, figure: str) -> Iterator[Cell]:
    """Cells among which the one with this id stands, if there is one. A table by month is only made if asked for."""
    table, _, rest = figure.partition(".")
    if table not in ("cash_flow_months", "profit_months"):
        yield from build_report(subject).cells()
    elif any(option.id == rest.partition(".")[0] for option in subject.outcome.options):
        yield from build_monthly_report(subject, rest.partition(".")[0]).cells()


def trace_document(node: TraceNode) -> dict[str, Any]:
    """A trace as JSON types."""
    source = node.source
    return {
        "address": node.address,
        "label": node.label,
        "value": node.value,
        "unit": node.unit,
        "unit_label": node.unit_label,
        "formula": node.formula,
        "reason": node.reason,
        "low": node.low,
        "high": node.high,
        "source": None
        if source is None
        else {
            "label": source.label,
            "url": source.url,
            "as_of": source.as_of,
            "confidence": source.confidence,
            "origin": source.origin,
        },
        "inputs": [trace_document(each) for each in node.inputs],
        "has_more": node.has_more,
    }
