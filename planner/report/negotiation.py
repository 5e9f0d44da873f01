"""What a vendor has to ask at most: the prices at which buying from it and the best alternative cost the same.

The certain case. Each price is searched by itself, then all of the vendor's prices together by way of the discount.
"""

from __future__ import annotations

from dataclasses import dataclass

from planner.analysis.breakeven import BreakEven, Contest, break_even_of
from planner.analysis.dial import PricedPlan
from planner.plan.document import ApiSupply, Option
from planner.plan.errors import PlanInvalid
from planner.report.subject import Subject, npv
from pricing.catalogue.source import PriceSource

LEVERS = ("output_price", "input_price", "cached_input_price", "discount")
BUILT = frozenset({"host", "tune", "train", "silicon"})
"""Kinds of option that are built rather than bought."""


@dataclass(frozen=True, slots=True)
class Negotiation:
    """The talk with one vendor.

    ``alternatives`` are ids, the best first, ``built`` those among them that are built rather than bought; ``lead`` is
    what the vendor is ahead by of the best of all. ``levers`` are searched against the best alternative at each price,
    ``built_levers`` against the best that is built, where that is another question.
    """

    option: str
    model: str
    alternatives: tuple[str, ...]
    built: tuple[str, ...]
    lead: float
    levers: tuple[BreakEven, ...]
    built_levers: tuple[BreakEven, ...]

    def lever(self, name: str) -> BreakEven | None:
        """The break-even of one price, None where the plan has no such price."""
        return _named(self.levers, name)

    def built_lever(self, name: str) -> BreakEven | None:
        """The same against what is built."""
        return _named(self.built_levers, name)


def _named(levers: tuple[BreakEven, ...], name: str) -> BreakEven | None:
    return next((each for each in levers if each.path.endswith(f".{name}")), None)


class NothingToNegotiate(ValueError):
    """The plan pays no vendor by the token, or has nothing to go to instead; the message says which."""


def negotiation(subject: Subject, prices: PriceSource) -> Negotiation:
    """The talk with the vendor of today's way, or of the cheapest option that pays by the token.

    Raises `NothingToNegotiate`.
    """
    vendor = _vendor(subject)
    others = tuple(option.id for option in subject.ranked if option.id != vendor.id)
    built = tuple(option.id for option in subject.ranked if option.id in others and option.kind in BUILT)
    if not others:
        raise NothingToNegotiate("The plan has one option only: without an alternative there is nothing to negotiate.")
    priced = PricedPlan.of(subject.plan, prices)
    supply = vendor.primary
    return Negotiation(
        option=vendor.id,
        model=supply.model if isinstance(supply, ApiSupply) and isinstance(supply.model, str) else "",
        alternatives=others,
        built=built,
        lead=npv(subject.outcome_of(vendor.id)) - npv(subject.outcome_of(others[0])),
        levers=_levers(priced, vendor.id, others),
        built_levers=_levers(priced, vendor.id, built) if built and built != others else (),
    )


def _levers(priced: PricedPlan, vendor: str, rivals: tuple[str, ...]) -> tuple[BreakEven, ...]:
    contest = Contest(priced.index(vendor), tuple(priced.index(option) for option in rivals))
    found = (_break_even(priced, f"options.{vendor}.primary.{lever}", contest) for lever in LEVERS)
    return tuple(each for each in found if each is not None and each.moves)


def _vendor(subject: Subject) -> Option:
    bought = [option for option in subject.plan.options if isinstance(option.primary, ApiSupply)]
    if not bought:
        raise NothingToNegotiate("No option of this plan pays a vendor by the token.")
    ranks = {option.id: at for at, option in enumerate(subject.ranked)}
    return min(bought, key=lambda option: (option.id != subject.baseline.id, ranks[option.id]))


def _break_even(priced: PricedPlan, path: str, contest: Contest) -> BreakEven | None:
    try:
        return break_even_of(priced, path, contest)
    except PlanInvalid:
        return None
