"""Workbooks of plans, and what the engine says of the same plans."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from planner.evaluation import ENGINE_VERSION, evaluate_document, subject_of
from planner.plan.document import parse_plan
from planner.plan.errors import PlanInvalid
from planner.plan.fields import spec_for
from planner.plan.overrides import with_overrides
from planner.renderers.xlsx import About, Scenario, Workbook, render_workbook
from planner.renderers.xlsx.input_rows import input_rows
from planner.report.subject import Subject
from pricing.catalogue.catalogue import Catalogue

DAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, tzinfo=UTC)
TOLERANCE = 1e-9


@cache
def catalogue() -> Catalogue:
    return Catalogue.load(DAY)


def made(document: dict[str, Any], scenarios: tuple[Scenario, ...] = ()) -> tuple[Subject, Workbook]:
    """The engine's answer and the workbook of it."""
    answer = evaluate_document(document, prices=catalogue(), as_of=DAY)
    return answer.subject, render_workbook(answer.subject, answer.report, About(NOW, ENGINE_VERSION), scenarios)


def saved(document: dict[str, Any], file: Path, scenarios: tuple[Scenario, ...] = ()) -> Subject:
    """Writes the workbook; returns the engine's answer."""
    subject, workbook = made(document, scenarios)
    file.write_bytes(workbook.data)
    return subject


def under(document: dict[str, Any], changes: dict[str, Any]) -> Subject:
    """The engine's answer to the changed plan. Raises PlanInvalid."""
    return subject_of(with_overrides(parse_plan(document), changes), prices=catalogue(), as_of=DAY)


def npvs(subject: Subject) -> list[float]:
    return [float(option.npv[0]) for option in subject.outcome.options]


def close(found: Any, known: float, scale: float = 1.0) -> bool:
    """Whether a cell holds the number, to 1e-9 of it or of the scale."""
    return isinstance(found, int | float) and abs(found - known) <= TOLERANCE * max(abs(known), scale)


def numeric_changes(document: dict[str, Any], subject: Subject, count: int, seed: int) -> list[tuple[str, float]]:
    """So many inputs of the plan with another value the plan allows, chosen by the seed."""
    dice = random.Random(seed)
    rows = [row for row in input_rows(subject) if row.is_number and not row.path.startswith(STRUCTURE)]
    dice.shuffle(rows)
    found: list[tuple[str, float]] = []
    for row in rows:
        value = float(row.value)
        spec = spec_for(row.path)
        if spec is not None and spec.is_integer:
            changed = value + dice.choice([-2, -1, 1, 2, 3])
        else:
            changed = value * dice.choice([0.8, 0.9, 1.1, 1.25]) if value else dice.choice([0.05, 0.1])
        try:
            under(document, {row.path: changed})
        except PlanInvalid:
            continue
        found.append((row.path, changed))
        if len(found) == count:
            break
    return found


STRUCTURE = ("finance.horizon_months", "finance.fiscal_year_start", "finance.start")
