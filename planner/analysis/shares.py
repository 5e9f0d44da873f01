"""How much each of several changes did, where they act on each other (`docs/model/bridge.md`).

Few changes get their Shapley value: the mean over all orders in which they could have been made. For many that would
take too long; they are made one after the other in their order and in reverse, and the two effects are averaged.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial
from typing import Literal

Changes = frozenset[int]
Value = Callable[[Changes], float | None]
"""The figure with some of the changes made; None where they make no valid plan by themselves."""
Method = Literal["shapley", "forward and backward"]

MOST_FOR_SHAPLEY = 6
"""Six changes are 64 plans; seven would take half a second."""


@dataclass(frozen=True, slots=True)
class Shares:
    """What each group of changes did; a group holds changes that make no valid plan without each other."""

    groups: tuple[tuple[int, ...], ...]
    amounts: tuple[float, ...]
    method: Method


def shares_of(count: int, value: Value) -> Shares:
    """Shares of changes 0 … count − 1 in ``value(all) − value(none)``; both must be valid."""
    groups = _valid_groups([(change,) for change in range(count)], value)
    if len(groups) <= MOST_FOR_SHAPLEY:
        exact = _shapley(groups, value)
        if exact is not None:
            return Shares(tuple(groups), tuple(exact), "shapley")
    return Shares(tuple(groups), tuple(_both_ways(groups, value)), "forward and backward")


def _made(groups: Sequence[tuple[int, ...]]) -> Changes:
    return frozenset(change for group in groups for change in group)


def _valid_groups(groups: list[tuple[int, ...]], value: Value) -> list[tuple[int, ...]]:
    """Changes that need each other joined, until every step of the way, forward and backward, is a valid plan."""
    at = 1
    while at < len(groups):
        partner = _needed_by_the_step_before(groups, at, value)
        if partner is None:
            at += 1
            continue
        groups[at - 1] += groups.pop(partner)
        at = 1
    return groups


def _needed_by_the_step_before(groups: Sequence[tuple[int, ...]], at: int, value: Value) -> int | None:
    """Which later group has to be made together with group `at` − 1; None if none has to.

    Forward, that group is the one that makes the first `at` valid again; backward, the one without which the rest is.
    """
    ahead, behind = _made(groups[:at]), _made(groups[at:])
    later = range(at, len(groups))
    if value(ahead) is None:
        return next((k for k in later if value(ahead | _made([groups[k]])) is not None), at)
    if value(behind) is None:
        return next((k for k in later if value(behind - _made([groups[k]])) is not None), at)
    return None


def _shapley(groups: Sequence[tuple[int, ...]], value: Value) -> list[float] | None:
    """Mean effect over all orders, or None where some combination is no valid plan."""
    count = len(groups)
    amounts = [0.0] * count
    for size in range(count):
        weight = factorial(size) * factorial(count - size - 1) / factorial(count)
        for chosen in combinations(range(count), size):
            without = value(_made([groups[each] for each in chosen]))
            for added in set(range(count)) - set(chosen):
                having = value(_made([groups[each] for each in (*chosen, added)]))
                if without is None or having is None:
                    return None
                amounts[added] += weight * (having - without)
    return amounts


def _both_ways(groups: Sequence[tuple[int, ...]], value: Value) -> list[float]:
    """Mean of the effect of each group after all before it, and after all behind it."""
    ahead = [_known(value(_made(groups[:at]))) for at in range(len(groups) + 1)]
    behind = [_known(value(_made(groups[at:]))) for at in range(len(groups) + 1)]
    return [((ahead[at + 1] - ahead[at]) + (behind[at] - behind[at + 1])) / 2.0 for at in range(len(groups))]


def _known(figure: float | None) -> float:
    if figure is None:
        raise AssertionError("groups are joined until every step of the way is valid")
    return figure
