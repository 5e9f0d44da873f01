"""What an API supply costs and covers in a month, whatever role it plays (model.md §4 epoch and coverage, §5, §6)."""

from dataclasses import dataclass
from decimal import Decimal

from tests.oracle.decimals import ONE, ZERO, Months, Record, exact, number, whole
from tests.oracle.demand import Demand
from tests.oracle.tokens_billed import request_price


@dataclass(frozen=True)
class Use:
    """A supply in one role of one option: `first` is the month s it is first used, `path` its price path."""

    supply: Record
    first: int
    path: Months
    price_multiplier: Decimal = ONE


def follows(supply: Record) -> str:
    """`capability` unless said otherwise."""
    return str(supply.get("follows") or "capability")


def api_epoch(use: Use, month: int) -> int:
    """The month of the last change: s + j · migrate_every; never after s with `follows: model`."""
    if follows(use.supply) == "model":
        return use.first
    every = whole(use.supply, "migrate_every", 6)
    return use.first + (month - use.first) // every * every


def default_path_name(supply: Record) -> str | None:
    """The market path that an API supply follows by default; None is flat."""
    if follows(supply) == "model":
        return None
    if supply["tier"] == "open":
        return "open_api"
    return "frontier_api" if follows(supply) == "frontier" else "capability_api"


def line_coverage(supply: Record, demand: Demand, epoch: int) -> Decimal:
    """Frontier tier: F[t] if it follows the frontier, else F0; open tier: r · c[t]."""
    if supply["tier"] == "open":
        return number(supply, "relative_coverage", 1) * demand.open_weights[epoch]
    return demand.frontier[epoch] if supply.get("follows") == "frontier" else demand.frontier[1]


def within_share(share: Decimal) -> Decimal:
    """Clipped to [0, 1]."""
    return min(max(share, ZERO), ONE)


def api_coverage(use: Use, demand: Demand, month: int) -> Decimal:
    """Coverage of a fallback or interim (no uplift); 0 before its first month."""
    if month < use.first:
        return ZERO
    return within_share(line_coverage(use.supply, demand, api_epoch(use, month)))


def price_level(use: Use, month: int) -> Decimal:
    """π at the supply's epoch; with `follows: model` the list price itself may still move every month."""
    return use.path[month if follows(use.supply) == "model" else api_epoch(use, month)]


def spend_before_discount(use: Use, demand: Demand, asked: Decimal, month: int) -> Decimal:
    """π · (1 − b · batch_share) · requests asked × tokens × token_factor × price."""
    if asked == 0:
        return ZERO
    scale = number(use.supply, "token_factor", 1) * demand.tokens_factor[month]
    per_request = request_price(
        use.supply, demand.input_tokens * scale, demand.output_tokens * scale, demand.cached_share, demand.written_share
    )
    batch = ONE - number(use.supply, "batch_discount", 0) * demand.batch_share
    return price_level(use, month) * batch * asked * per_request * use.price_multiplier


def after_discount(supply: Record, spend: Decimal) -> Decimal:
    """A fraction off, or a ladder of bands, each with its fraction on the part of the monthly spend inside it."""
    discount = supply.get("discount")
    if discount is None:
        return spend
    if not isinstance(discount, list):
        return spend * (ONE - exact(discount))
    ladder = sorted((exact(threshold), exact(fraction)) for threshold, fraction in discount)
    reduction = ZERO
    for k, (threshold, fraction) in enumerate(ladder):
        upper = ladder[k + 1][0] if k + 1 < len(ladder) else spend
        reduction += fraction * max(ZERO, min(spend, upper) - threshold)
    return spend - reduction


def fee(use: Use, demands: list[Demand], asked: dict[str, Months], month: int) -> Decimal:
    """One role's fee of the month over all workloads, before any commitment."""
    if month < use.first:
        return ZERO
    spend = sum((spend_before_discount(use, d, asked[d.id][month], month) for d in demands), ZERO)
    return after_discount(use.supply, spend)


def changes_model(use: Use, month: int) -> bool:
    """Whether the month is s + j · migrate_every with j ≥ 1."""
    return month > use.first and follows(use.supply) != "model" and api_epoch(use, month) == month
