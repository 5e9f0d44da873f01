"""Who wins, how surely, and what it is called: what the report's own sentences hang on."""

from __future__ import annotations

from dataclasses import dataclass

from planner.engine.outcome import OptionOutcome
from planner.renderers.pdf.order import Material
from planner.report.naming import doing
from planner.report.types import Cell

SURE = 0.80
LEANING = 0.60
"""The shares of futures at which the fixed words of confidence change."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The option the report speaks for. ``chance`` is the share of futures in which it is cheapest, if drawn."""

    best: OptionOutcome
    baseline: OptionOutcome
    rival: OptionOutcome | None
    chance: float | None

    @property
    def is_today(self) -> bool:
        return self.best.id == self.baseline.id

    @property
    def is_sure(self) -> bool:
        return self.chance is not None and self.chance >= SURE

    @property
    def is_open(self) -> bool:
        """Whether cost alone does not settle it."""
        return self.chance is not None and self.chance < LEANING


def choice_of(material: Material) -> Choice:
    """The winner over the futures, or of the certain case where nothing was drawn."""
    subject, findings = material.subject, material.findings
    if findings is None or findings.is_certain:
        return Choice(subject.best, subject.baseline, subject.rival, None)
    drawn = findings.options[findings.best]
    runner_up = None if findings.runner_up is None else findings.options[findings.runner_up].id
    best = subject.outcome_of(drawn.id)
    rival = subject.baseline if best is not subject.baseline else None
    if rival is None and runner_up is not None:
        rival = subject.outcome_of(runner_up)
    return Choice(best, subject.baseline, rival, drawn.p_best)


def name(material: Material, option: OptionOutcome) -> str:
    """What choosing the option means, inside a sentence."""
    return doing(material.subject, option)


def figure(material: Material, cell_id: str) -> Cell | None:
    """A figure of the report by its id, None where the report has none of it."""
    return next((cell for cell in material.report.cells() if cell.id == cell_id), None)


def number(material: Material, cell_id: str) -> float | None:
    """The value of such a figure, None where it does not exist or is no number."""
    found = figure(material, cell_id)
    return float(found.value) if found is not None and isinstance(found.value, int | float) else None
