"""What one input does to the answer: the lead at the ends of its range, or under its other choices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation
from planner.analysis.dial import PricedPlan
from planner.plan.document import Plan
from planner.plan.errors import PlanInvalid
from planner.plan.fields import Leaf
from planner.plan.quantity import Distribution, central
from planner.renderers.differences import written
from planner.report.assumptions import range_of
from planner.report.words import money
from pricing.queries import price_source

STEP: Final = 0.1
"""A certain input is moved by this share of itself."""
_NUMERIC: Final = ("quantity", "number", "integer")


@dataclass(frozen=True, slots=True)
class Effect:
    """One other value of the input: what it is, how far today's best option is then ahead, and who is best then."""

    value: str
    lead: str
    change: str
    best: str
    flips: bool


def effects_of(plan: Plan, leaf: Leaf, organisation: Organisation | None) -> list[Effect]:
    """The lead of the present best option under other values; empty where nothing can be compared or tried."""
    values = _values(leaf)
    if len(plan.options) < 2 or not values:
        return []
    prices = price_source(as_of=timezone.localdate(), organisation=organisation)
    try:
        base = PricedPlan.of(plan, prices).alone()
        npv = [float(value) for value in base.npv()]
    except PlanInvalid:
        return []
    best = max(range(len(npv)), key=lambda at: npv[at])
    now = npv[best] - max(value for at, value in enumerate(npv) if at != best)
    found = (_effect(base, leaf, value, best, now) for value in values)
    return [effect for effect in found if effect is not None]


def _values(leaf: Leaf) -> list[object]:
    """The ends of its range, ten percent up and down, or the other words there are to choose."""
    spec = leaf.spec
    if spec.kind == "flag":
        return [not leaf.value]
    if spec.kind == "choice":
        return [word for word in spec.choices if word != leaf.value]
    if spec.kind not in _NUMERIC or leaf.value is None or isinstance(leaf.value, tuple | str):
        return []
    low, high = range_of(leaf.value)
    if low is None or high is None:
        middle = central(leaf.value)
        step = max(1.0, round(abs(middle) * STEP)) if spec.is_integer else abs(middle) * STEP
        low, high = middle - step, middle + step
    ends = [min(max(end, spec.bounds[0]), spec.bounds[1]) for end in (low, high)]
    wanted = [float(round(end)) if spec.is_integer else end for end in ends]
    certain = None if isinstance(leaf.value, Distribution) else float(leaf.value)
    return [value for value in dict.fromkeys(wanted) if value != certain]


def _effect(base: PricedPlan, leaf: Leaf, value: object, best: int, now: float) -> Effect | None:
    try:
        npv = [float(each) for each in base.changed(leaf.path, value).npv()]
    except PlanInvalid:
        return None
    others = max(amount for at, amount in enumerate(npv) if at != best)
    winner = max(range(len(npv)), key=lambda at: npv[at])
    currency = base.plan.finance.currency
    lead, option = npv[best] - others, base.plan.options[winner]
    return Effect(
        value=written(_tidy(value), leaf.spec.unit, currency),
        lead=_signed(lead, currency),
        change=_signed(lead - now, currency),
        best=option.name or option.id,
        flips=winner != best,
    )


def _tidy(value: object) -> object:
    """Ends of a range to three significant digits: they are places to look at, not figures."""
    return float(f"{value:.3g}") if isinstance(value, float) else value


def _signed(amount: float, currency: str) -> str:
    words = money(amount, currency)
    return words if amount >= 0 else _("minus %(amount)s") % {"amount": words}
