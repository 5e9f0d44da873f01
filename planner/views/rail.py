"""The answer beside the inputs while they are being changed: the verdict in a sentence and how the lead moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Organisation
from planner.plan.errors import PlanInvalid
from planner.report.types import Sentence
from planner.report.words import money
from planner.views.answers import Answer, glimpse_of

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Lead:
    """The best option and by how much its net present value is ahead of the next one's; None with one option."""

    best: str
    ahead: float | None
    currency: str

    def in_words(self) -> str:
        """``Host a 70B model, ahead by $0.27 m``."""
        if self.ahead is None:
            return self.best
        return _("%(option)s, ahead by %(amount)s") % {
            "option": self.best,
            "amount": money(self.ahead, self.currency),
        }


@dataclass(frozen=True, slots=True)
class Rail:
    """``headline`` and ``lead`` are sentences of the report; ``moved`` says what the last change did; ``problem`` why
    there is no answer."""

    headline: Sentence | None = None
    lead: Sentence | None = None
    now: str = ""
    moved: str = ""
    problem: str = ""


def rail_of(document: Document, organisation: Organisation | None, before: Document | None = None) -> Rail:
    """The answer to ``document``, and what changed since ``before``."""
    try:
        answered = glimpse_of(document, organisation)
    except PlanInvalid as invalid:
        return Rail(problem=invalid.errors[0].message)
    return rail_of_answer(answered, organisation, before)


def rail_of_answer(answered: Answer, organisation: Organisation | None, before: Document | None = None) -> Rail:
    """The same for what was computed already."""
    said = [item for item in answered.report.items if isinstance(item, Sentence)]
    lead = lead_of(answered)
    return Rail(
        headline=said[0] if said else None,
        lead=said[1] if len(said) > 1 else None,
        now=lead.in_words(),
        moved=_moved(lead, before, organisation),
    )


def lead_of(answered: Answer) -> Lead:
    """Who is best in the certain case, and by how much."""
    subject = answered.subject
    names = {face.option_id: face.name for face in subject.faces}
    ranked = sorted(subject.outcome.options, key=lambda option: -float(option.npv[0]))
    ahead = float(ranked[0].npv[0]) - float(ranked[1].npv[0]) if len(ranked) > 1 else None
    return Lead(names.get(ranked[0].id, ranked[0].id), ahead, subject.currency)


def _moved(now: Lead, before: Document | None, organisation: Organisation | None) -> str:
    """What the change did to the lead, as a sentence; empty where nothing is to be compared."""
    if before is None:
        return ""
    try:
        earlier = lead_of(glimpse_of(before, organisation))
    except PlanInvalid:
        return ""
    if earlier == now:
        return _("Your changes do not move the lead.")
    if earlier.best != now.best:
        return _("Before your changes: %(before)s.") % {"before": earlier.in_words()}
    return _("Your changes move the lead from %(before)s to %(after)s.") % {
        "before": money(earlier.ahead or 0.0, earlier.currency),
        "after": money(now.ahead or 0.0, now.currency),
    }
