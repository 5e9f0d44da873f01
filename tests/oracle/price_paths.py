"""Price paths π[m] (model.md §6). Each path is T + 1 numbers; month 0 takes month 1's."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from tests.oracle.decimals import ONE, TWELVE, ZERO, Months, Record, exact, halved, number, power, whole, yearly
from tests.oracle.demand import Demand
from tests.oracle.serving_cost import gpu_hour_cost, gpu_hours_per_list_money

Floor = Callable[[int], Decimal]


def decline(annual_rate: Decimal, month: int) -> Decimal:
    """(1 − δ)^((m − 1)/12)."""
    return yearly(-annual_rate, month)


def steps(pairs: Sequence[Sequence[float]], month: int) -> Decimal:
    """The factor of the last step begun; 1 before the first."""
    begun = [pair for pair in pairs if pair[0] <= month]
    return exact(max(begun, key=lambda pair: pair[0])[1]) if begun else ONE


def mean_reverting(long_run: Decimal, half_life: Decimal, month: int) -> Decimal:
    """long_run · (1/long_run)^(2^(−(m − 1)/half_life))."""
    return long_run * power(ONE / long_run, halved(half_life, month - 1))


def market(path: Record, floor: Floor, month: int) -> Decimal:
    """1 before the first competitor of month E; then f[m] + (1 − f[E]) · 2^(−(m − E)/half_life).

    Where the cost to serve is above today's price the markup is negative; the price never falls below the lower of
    today's price and the cost.
    """
    entry = whole(path, "competition_month", 1)
    if month < entry:
        return ONE
    markup = ONE - floor(entry)
    price = floor(month) + markup * halved(number(path, "half_life"), month - entry)
    return max(price, min(ONE, floor(month)))


def floor_of(path: Record, demands: Sequence[Demand]) -> Floor:
    """f[m] = φ · (1 − e)^((m − 1)/12), φ a number or the serving cost at the month's required return."""
    phi, falls = path["floor"], -number(path, "floor_decline", 0)
    if not isinstance(phi, dict):
        return lambda m: exact(phi) * yearly(falls, m)
    gpu_hours = gpu_hours_per_list_money(phi, demands)
    return lambda m: gpu_hours * gpu_hour_cost(phi, m) * yearly(falls, m)


def months_since_year_zero(month: str) -> int:
    """Calendar months of a YYYY-MM, so that differences are months."""
    year, number_in_year = month.split("-")
    return 12 * int(year) + int(number_in_year)


def decline_of_history(series: Sequence[Sequence[Any]]) -> Decimal:
    """δ of the straight line through the log prices by least squares: 1 − e^slope, the slope a year."""
    years = [Decimal(months_since_year_zero(month)) / TWELVE for month, _ in series]
    logs = [exact(price).ln() for _, price in series]
    mean_year, mean_log = sum(years, ZERO) / len(years), sum(logs, ZERO) / len(logs)
    together = sum(((y - mean_year) * (p - mean_log) for y, p in zip(years, logs, strict=True)), ZERO)
    spread = sum(((y - mean_year) ** 2 for y in years), ZERO)
    return ONE - (together / spread).exp()


def formula_of(path: Record, demands: Sequence[Demand]) -> Callable[[int], Decimal]:
    """π of a month for the path's kind."""
    match path["kind"]:
        case "flat":
            return lambda m: ONE
        case "decline":
            return lambda m: decline(number(path, "annual_rate"), m)
        case "history":
            fitted = decline_of_history(path["series"])
            return lambda m: decline(fitted, m)
        case "steps":
            return lambda m: steps(path["steps"], m)
        case "mean_reverting":
            return lambda m: mean_reverting(number(path, "long_run"), number(path, "half_life"), m)
        case "market":
            floor = floor_of(path, demands)
            return lambda m: market(path, floor, m)
    raise ValueError(f"Unknown kind of price path: {path['kind']}")


def price_path(path: Record, demands: Sequence[Demand], horizon: int) -> Months:
    """The central path of any kind."""
    formula = formula_of(path, demands)
    months = [ZERO] + [formula(m) for m in range(1, horizon + 1)]
    months[0] = months[1]
    return months
