"""The sheet of answers: ten questions a board asks, each answered by the plan with those inputs changed."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _

from planner.analysis.simulate import Settings
from planner.evaluation import subject_of
from planner.plan.errors import PlanInvalid
from planner.plan.overrides import with_overrides
from planner.renderers.formats import format_money, money_scale
from planner.renderers.pdf.blocks import Block, face_block, figure_in
from planner.renderers.pdf.board import frame
from planner.renderers.pdf.order import Material, Order
from planner.report import words
from planner.report.asked import Asked, asked
from planner.report.naming import capitalised, doing
from planner.report.subject import Subject, npv
from planner.report.uncertainty.phrases import futures
from planner.simulation import what_if

QUESTIONS: Final = 10
DRAWS: Final = 8 * 256
"""Enough to the percent, for ten questions on one page."""


def answers_data(material: Material, order: Order) -> dict[str, Any]:
    """Everything that `templates/pdf/answers.typ` sets."""
    answered = [_answered(material, each) for each in asked(material.subject)]
    rows = [each for each in answered if each is not None][:QUESTIONS]
    best = material.subject.best
    amounts = [amount for row in rows for amount in row.pop("amounts")]
    scale = money_scale([npv(best), *amounts], material.subject.currency)
    for row in rows:
        row["npv"] = "" if row["npv"] is None else format_money(row["npv"], scale).text
    return frame(material, order, _("%(plan)s: questions and answers") % {"plan": material.plan.name}) | {
        "heading": _("Questions and answers"),
        "headline": _headline(rows, len(rows)),
        "lead": [
            _(
                "Each answer is this plan evaluated once more with only the inputs of the question changed. "
                "As it stands, %(name)s is ahead."
            )
            % {"name": doing(material.subject, best)}
        ],
        "columns": [_("If …"), _("Then"), _("Cheapest"), "NPV " + scale.label, _("Cheapest in")],
        "rows": rows,
        "none": _("This plan cannot be asked any of the usual questions."),
    }


def _headline(rows: list[Block], count: int) -> str:
    changed = sum(1 for row in rows if row["changes"])
    if not count:
        return _("No question applies.")
    if not changed:
        return _("None of these would change the answer.")
    if changed == 1:
        return _("One of these would change the answer.")
    return _("%(changed)d of these %(count)d would change the answer.") % {"changed": changed, "count": count}


def _answered(material: Material, question: Asked) -> Block | None:
    """One row; None for a question that this plan gives no answer to."""
    if not question.changes:
        return _from_figure(material, question)
    try:
        then, chance = _evaluated(material, question)
    except PlanInvalid:
        return None
    before = material.subject.best.id
    return {
        "question": question.question,
        "answer": " ".join(part for part in (_says(then, before), question.note) if part),
        "face": face_block(then.face(then.best)),
        "npv": npv(then.best),
        "amounts": [npv(then.best)],
        "chance": "" if chance is None else futures(chance),
        "changes": then.best.id != before,
    }


def _evaluated(material: Material, question: Asked) -> tuple[Subject, float | None]:
    """The plan under the question, and in how many futures its cheapest option is the cheapest."""
    as_of = material.origin.as_of
    if material.findings is None or material.findings.is_certain:
        changed = with_overrides(material.plan, dict(question.changes))
        return subject_of(changed, prices=material.prices, as_of=as_of), None
    settings = Settings(draws=DRAWS, seed=material.findings.seed)
    live = what_if(material.plan, question.changes, material.prices, as_of=as_of, settings=settings)
    return live.subject, live.findings.option(live.subject.best.id).p_best


def _says(then: Subject, before: str) -> str:
    rival = then.runner_up
    if rival is None:
        return ""
    gap = words.money(npv(then.best) - npv(rival), then.currency)
    facts = {"name": capitalised(doing(then, then.best)), "other": doing(then, rival), "gap": gap}
    if then.best.id == before:
        return _("The answer stays: %(gap)s ahead of %(other)s.") % facts
    return _("%(name)s is cheaper than %(other)s by %(gap)s.") % facts


def _from_figure(material: Material, question: Asked) -> Block | None:
    """A question that a figure of the report answers: when to switch."""
    found = figure_in(material.report, "go_live")
    if found is None:
        return None
    best = material.subject.best
    return {
        "question": question.question,
        "answer": f"{found.title}.",
        "face": face_block(material.subject.face(best)),
        "npv": None,
        "amounts": [],
        "chance": "",
        "changes": False,
    }
