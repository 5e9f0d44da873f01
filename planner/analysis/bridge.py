"""Why the answer moved between two plans or two dates: the share of each change, adding up to the difference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner.analysis.closing import remainder_to
from planner.analysis.dial import PricedPlan
from planner.analysis.price_changes import Key, PartlyChangedPrices, RememberedPrices
from planner.analysis.shares import Changes, Method, shares_of
from planner.plan.document import Plan, parse_plan, plan_document
from planner.plan.document_changes import Change, changes_between, partly_changed
from planner.plan.errors import PlanError, PlanInvalid
from pricing.catalogue.source import PriceSource

EXPLANATIONS: Mapping[Method, str] = {
    "shapley": "Each change gets the mean of its effect over all orders in which the changes could have been made.",
    "forward and backward": (
        "The changes are made one after the other, in the order of the plan with prices last, and again in reverse; "
        "each gets the mean of its two effects."
    ),
}


@dataclass(frozen=True, slots=True)
class Side:
    """One end of a bridge: a plan and its prices.

    `npv` holds the figures that a stored run gave, by option id, if known: where they differ from what this engine
    computes, the difference is the engine's share.
    """

    plan: Plan
    prices: PriceSource
    npv: Mapping[str, float] | None = None


@dataclass(frozen=True, slots=True)
class BridgeShare:
    """What some changes did to the figure; more than one where they make no valid plan without each other."""

    changes: tuple[Change, ...]
    amount: float


@dataclass(frozen=True, slots=True)
class Bridge:
    """The figure's way from `before` to `after`: the NPV of `option`, less that of `against` where there is one.

    ``math.fsum`` of all share amounts, `engine` and `together` is `difference` to the last bit. `engine` is what
    another version of the program did, `together` what is left by rounding. Largest share first; changes of no effect
    are in `without_effect`.
    """

    option: str
    against: str | None
    before: float
    after: float
    difference: float
    shares: tuple[BridgeShare, ...]
    without_effect: tuple[Change, ...]
    engine: float
    together: float
    method: Method

    @property
    def explanation(self) -> str:
        """How the shares were found, in a sentence."""
        return EXPLANATIONS[self.method]


def bridge(before: Side, after: Side, option: str | None = None, against: str | None = None) -> Bridge:
    """The bridge between two sides for an option's NPV, or its lead over another option.

    Without an option: the lead of the later plan's best option over its next best. Both plans must have the options
    named. Raises `PlanInvalid` otherwise, or where a side cannot be computed.
    """
    prices = RememberedPrices(before.prices), RememberedPrices(after.prices)
    first, last = PricedPlan.of(before.plan, prices[0]), PricedPlan.of(after.plan, prices[1])
    figure = _Figure.of(first, last, option, against)
    way = _Way(first, last, prices, figure)
    start, end = figure.of_plan(first), figure.of_plan(last)
    said_before = start if before.npv is None else figure.stated(before.npv)
    said_after = end if after.npv is None else figure.stated(after.npv)
    found = shares_of(len(way.changes), way.value)
    engine = (start - said_before) + (said_after - end)
    difference = said_after - said_before
    shares = [
        BridgeShare(tuple(way.changes[change] for change in group), amount)
        for group, amount in zip(found.groups, found.amounts, strict=True)
    ]
    moving = [share for share in shares if share.amount != 0.0]
    return Bridge(
        option=figure.option,
        against=figure.against,
        before=said_before,
        after=said_after,
        difference=difference,
        shares=tuple(sorted(moving, key=lambda share: -abs(share.amount))),
        without_effect=tuple(change for share in shares if share.amount == 0.0 for change in share.changes),
        engine=engine,
        together=remainder_to(difference, [*(share.amount for share in moving), engine]),
        method=found.method,
    )


@dataclass(frozen=True, slots=True)
class _Figure:
    """NPV of an option, less that of another if there is one."""

    option: str
    against: str | None

    @classmethod
    def of(cls, first: PricedPlan, last: PricedPlan, option: str | None, against: str | None) -> _Figure:
        if option is None:
            order = sorted(zip(last.npv(), last.option_ids, strict=True), key=lambda pair: -pair[0])
            option, against = order[0][1], against or (order[1][1] if len(order) > 1 else None)
        for name in (option, against):
            for side in (first, last):
                if name is not None and name not in side.option_ids:
                    raise _missing(name, side)
        return cls(option, against)

    def of_plan(self, priced: PricedPlan) -> float:
        """The figure of a plan; raises `PlanInvalid`."""
        names = [self.option] if self.against is None else [self.option, self.against]
        npv = priced.npv([priced.index(name) for name in names])
        return float(npv[0]) - (float(npv[1]) if self.against is not None else 0.0)

    def stated(self, npv: Mapping[str, float]) -> float:
        """The figure a stored run gave."""
        return npv[self.option] - (npv[self.against] if self.against is not None else 0.0)


def _missing(option: str, side: PricedPlan) -> PlanInvalid:
    message = (
        f"Only one of the two plans has the option “{option}”, so its figures cannot be compared. "
        f"The other has {', '.join(side.option_ids)}."
    )
    return PlanInvalid([PlanError("/options", f"options.{option}", message, "unknown_option")])


class _Way:
    """The changes between two sides, and the figure with some of them made."""

    def __init__(
        self,
        first: PricedPlan,
        last: PricedPlan,
        prices: tuple[RememberedPrices, RememberedPrices],
        figure: _Figure,
    ) -> None:
        self._prices, self._figure = prices, figure
        self._documents = plan_document(first.alone().plan), plan_document(last.alone().plan)
        answers = prices[0].answers(), prices[1].answers()
        self._only_after = frozenset(answers[1]) - frozenset(answers[0])
        self._repriced: list[Key] = sorted(
            key for key, figures in answers[0].items() if key in answers[1] and answers[1][key] != figures
        )
        edited = changes_between(*self._documents)
        priced = [Change("price", ref, answers[0][kind, ref], answers[1][kind, ref]) for kind, ref in self._repriced]
        self._edits = len(edited)
        self.changes: tuple[Change, ...] = (*edited, *priced)
        self._known: dict[Changes, float | None] = {}

    def value(self, made: Changes) -> float | None:
        """The figure with these changes made, None where that is no plan that can be computed."""
        if made not in self._known:
            self._known[made] = self._compute(made)
        return self._known[made]

    def _compute(self, made: Changes) -> float | None:
        paths = {self.changes[change].path for change in made if change < self._edits}
        repriced = {self._repriced[change - self._edits] for change in made if change >= self._edits}
        prices = PartlyChangedPrices(*self._prices, repriced | self._only_after)
        try:
            plan = parse_plan(partly_changed(*self._documents, paths))
            return self._figure.of_plan(PricedPlan.of(plan, prices))
        except PlanInvalid:
            return None
