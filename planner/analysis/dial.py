"""One number of a plan as a dial: net present values of some options wherever it is turned to.

Most numbers can be turned in place, many positions in one evaluation. What cannot (the horizon, tax lives, exchange
rates) is recomputed from the document at every position; a probe at one position tells which, so that no list of fields
has to be kept. Figures that are reported are always recomputed from the document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from planner.analysis.dial_range import DialRange, range_of
from planner.analysis.model import is_whole
from planner.assembly import Snapshot, assemble, refusal_as_invalid, resolve
from planner.assembly.tree import Tree, as_written
from planner.engine.arrays import FloatArray
from planner.engine.errors import EngineRefusal
from planner.engine.evaluate import net_present_values
from planner.plan.changes import place_of
from planner.plan.document import Plan
from planner.plan.errors import PlanError, PlanInvalid
from planner.plan.leaf import Declaration
from planner.plan.overrides import with_overrides
from planner.plan.pointers import steps_to
from planner.plan.quantity import central
from pricing.catalogue.source import PriceSource

SAME = 1e-10
"""Relative difference below which turning in place and recomputing give the same figure."""
EDGE_STEPS = 12
"""Bisections of the cell in which a plan stops being valid."""
OUTSIDE = ("scenarios.", "correlations.")
NUMERIC_KINDS = ("quantity", "number", "integer")


@dataclass(frozen=True, slots=True)
class PricedPlan:
    """A plan, the prices it is resolved with, and the result of that; `known` remembers figures asked for before."""

    plan: Plan
    prices: PriceSource
    snapshot: Snapshot
    known: dict[tuple[int, ...], FloatArray] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, plan: Plan, prices: PriceSource) -> PricedPlan:
        """Raises `PlanInvalid` where a reference or price is missing."""
        return cls(plan, prices, resolve(plan, prices))

    @property
    def option_ids(self) -> tuple[str, ...]:
        """In the plan's order."""
        return tuple(option.id for option in self.plan.options)

    def alone(self) -> PricedPlan:
        """The plan without what speaks about it from outside (scenarios, correlations): no figure depends on it.

        Each change of a plan would otherwise validate every scenario again.
        """
        return replace(self, plan=self.plan.model_copy(update={"scenarios": (), "correlations": ()}))

    def changed(self, path: str, value: object) -> PricedPlan:
        """The plan with one leaf replaced. Raises `PlanInvalid`."""
        return PricedPlan.of(with_overrides(self.plan, {path: value}), self.prices)

    def npv(self, options: Sequence[int] | None = None) -> FloatArray:
        """NPV of some options (all by default) in the certain case, ``(options,)``.

        Raises `PlanInvalid` for what cannot be computed.
        """
        wanted = tuple(range(len(self.option_ids)) if options is None else options)
        if wanted not in self.known:
            try:
                self.known[wanted] = np.concatenate(net_present_values(assemble(self.snapshot), wanted))
            except EngineRefusal as refusal:
                raise refusal_as_invalid(self.plan, refusal) from refusal
        return self.known[wanted]

    def index(self, option: str) -> int:
        """Place of an option. Raises `PlanInvalid` naming the options there are."""
        if option in self.option_ids:
            return self.option_ids.index(option)
        raise PlanInvalid(
            [
                PlanError(
                    "/options",
                    f"options.{option[:80]}",
                    f"The plan has no option “{option[:80]}”. Its options are {', '.join(self.option_ids)}.",
                    "unknown_option",
                )
            ]
        )


class Dial:
    """A numeric leaf of a plan that can be turned. Raises `PlanInvalid` for a path that leads to no number.

    A reference into the catalogue on the way (an accelerator, a model) is opened: its record's numbers can be turned.
    `current` is None where the leaf is left out and no default follows; then it is turned from a usual value.
    """

    def __init__(self, subject: PricedPlan, path: str) -> None:
        self.path = path
        self.subject = _opened(subject if path.startswith(OUTSIDE) else subject.alone(), path)
        self.declaration = _numeric(self.subject.plan, path)
        self.current = _central_at(self.subject.snapshot, path)
        horizon = self.subject.plan.finance.horizon_months
        self.range: DialRange = range_of(path, self.declaration, self.current, horizon)
        self._base = self.subject if self.current is not None else self.subject.changed(path, self.range.start)
        self._in_place: bool | None = None
        self._valid: dict[float, PricedPlan] = {}

    @property
    def is_whole(self) -> bool:
        """Whether it takes integers only."""
        return self.declaration.whole

    def exact(self, value: float, options: Sequence[int] | None = None) -> FloatArray:
        """NPV of some options (all by default), ``(options,)``, recomputed from the document. Raises `PlanInvalid`."""
        priced = self._valid.get(value) or self.subject.changed(self.path, value)
        with np.errstate(all="ignore"):
            return priced.npv(options)

    def npv(self, values: FloatArray, options: Sequence[int]) -> FloatArray:
        """NPV of some options at many values, ``(options, values)``; NaN where the plan cannot be computed."""
        if self._in_place is None:
            self._in_place = self._probe(options)
        if not self._in_place:
            return np.stack([self._recomputed(float(value), options) for value in values], axis=1)
        result = np.full((len(options), len(values)), np.nan)
        with np.errstate(all="ignore"):
            if is_whole(self.path):
                for at in range(len(values)):
                    self._fill(result, values, slice(at, at + 1), options)
            else:
                self._fill(result, values, slice(0, len(values)), options)
        return result

    def computable(self, values: FloatArray) -> FloatArray:
        """Those of some ascending values at which the plan is valid: the stretch around the current value.

        Where it ends between two of them, the last valid value found in between is added.
        """
        anchor = int(np.argmin(np.abs(values - self.range.start)))
        first = self._last_valid(values[anchor::-1])
        last = self._last_valid(values[anchor:])
        valid = values[anchor - first : anchor + last + 1]
        edges = [
            self._edge(float(values[inside]), float(values[outside]))
            for inside, outside in ((anchor - first, anchor - first - 1), (anchor + last, anchor + last + 1))
            if 0 <= outside < len(values)
        ]
        return np.unique(np.concatenate([valid, edges]))

    def problem(self, value: float) -> str | None:
        """Why the plan cannot be computed at a value, or None."""
        try:
            self.exact(value)
        except PlanInvalid as invalid:
            return invalid.errors[0].message
        return None

    def _last_valid(self, outwards: FloatArray) -> int:
        """Index of the last valid value of a sequence that starts at a valid one and, once invalid, stays so."""
        low, high = 0, len(outwards) - 1
        if high <= 0 or self._is_valid(float(outwards[high])):
            return max(high, 0)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._is_valid(float(outwards[middle])) else (low, middle)
        return low

    def _edge(self, valid: float, invalid: float) -> float:
        """The valid value closest to an invalid one, by bisection."""
        for _ in range(EDGE_STEPS):
            middle = (valid + invalid) / 2.0
            if self.is_whole:
                middle = float(round(middle))
            if middle in (valid, invalid):
                break
            valid, invalid = (middle, invalid) if self._is_valid(middle) else (valid, middle)
        return valid

    def _is_valid(self, value: float) -> bool:
        """Whether the document may hold the value and all its prices are known (not whether the engine computes it)."""
        try:
            self._valid[value] = self.subject.changed(self.path, value)
        except PlanInvalid:
            return False
        return True

    def _probe(self, options: Sequence[int]) -> bool:
        """Whether turning in place gives what recomputing gives, judged at an end of the range or beside the start."""
        for value in (*self._valid, *self.range.probes):
            recomputed = self._recomputed(value, options)
            if not np.isfinite(recomputed).all():
                continue
            result = np.full((len(options), 1), np.nan)
            with np.errstate(all="ignore"):
                self._fill(result, np.array([value]), slice(0, 1), options)
            return bool(np.allclose(result[:, 0], recomputed, rtol=SAME, atol=0.0))
        return False

    def _recomputed(self, value: float, options: Sequence[int]) -> FloatArray:
        try:
            return self.exact(value, options)
        except PlanInvalid:
            return np.full(len(options), np.nan)

    def _fill(self, result: FloatArray, values: FloatArray, part: slice, options: Sequence[int]) -> None:
        """Evaluates a part; where the engine refuses, both halves, unless both ends are refused by themselves."""
        if self._fits(result, values, part, options) or part.stop - part.start == 1:
            return
        ends = (slice(part.start, part.start + 1), slice(part.stop - 1, part.stop))
        if not any(self._fits(result, values, end, options) for end in ends):
            return
        middle = (part.start + part.stop) // 2
        self._fill(result, values, slice(part.start, middle), options)
        self._fill(result, values, slice(middle, part.stop), options)

    def _fits(self, result: FloatArray, values: FloatArray, part: slice, options: Sequence[int]) -> bool:
        try:
            case = assemble(self._base.snapshot, {self.path: values[part]})
            presents = net_present_values(case, options)
        except EngineRefusal:
            return False
        for row, present in enumerate(presents):
            result[row, part] = present
        return True


def _opened(subject: PricedPlan, path: str) -> PricedPlan:
    """The plan with the reference on the way to `path`, if any, replaced by the catalogue's record."""
    names = path.split(".")
    for length in range(1, len(names)):
        holder = ".".join(names[:length])
        if isinstance(place_of(subject.plan, holder).value, str):
            record = resolved_at(subject.snapshot.tree, holder)
            if not isinstance(record, dict):
                return subject
            return subject.changed(holder, record_in_place(subject.snapshot, holder, record))
    return subject


def record_in_place(snapshot: Snapshot, path: str, record: Tree) -> Tree:
    """A catalogue record as a plan may hold it in place: what follows another leaf is left to follow it."""
    own = {name: leaf for name, leaf in record.items() if leaf is not None and f"{path}.{name}" not in snapshot.aliases}
    written: Tree = as_written(own)
    return written


def _numeric(plan: Plan, path: str) -> Declaration:
    declaration = place_of(plan, path).leaf
    if declaration is None or declaration.kind not in NUMERIC_KINDS:
        what = "a group of fields" if declaration is None else f"not a number but a {declaration.kind}"
        raise PlanInvalid(
            [PlanError("", path, f"“{path}” is {what}. A break-even needs a single number.", "not_numeric")]
        )
    return declaration


def resolved_at(tree: Tree, path: str) -> object:
    """What stands at a dotted path of a resolved tree; None where nothing does."""
    here: object = tree
    for step in steps_to(tree, path):
        if isinstance(here, dict):
            here = here.get(str(step))
        elif isinstance(here, list | tuple) and isinstance(step, int):
            here = here[step]
        else:
            return None
    return here


def _central_at(snapshot: Snapshot, path: str) -> float | None:
    leaf = resolved_at(snapshot.document, path)
    if leaf is None:
        return None
    if isinstance(leaf, int | float):
        return float(leaf)
    return float(central(leaf))  # type: ignore[arg-type]  # a numeric leaf that is no number is a distribution
