"""One option of a plan, from demand to its component cash flows (model.md §4–§11)."""

from dataclasses import dataclass
from decimal import Decimal

from tests.oracle.capacity import hosted_epoch, replicas
from tests.oracle.decimals import ONE, ZERO, Months, Record, exact, number, whole, yearly, zeros
from tests.oracle.demand import Demand
from tests.oracle.development import Trainer, development_costs, minimum_units, usage_multiplier
from tests.oracle.owned import Cohort, buy, installed, purchases, resale, running_cost
from tests.oracle.price_paths import price_path
from tests.oracle.rented import rents
from tests.oracle.routing import (
    development_uplift,
    left_on_interim,
    moved_share,
    refresh_months,
    route,
    uplifted,
)
from tests.oracle.supplies import (
    Use,
    api_coverage,
    api_epoch,
    changes_model,
    default_path_name,
    fee,
    line_coverage,
)
from tests.oracle.taxes import (
    capex_write_offs,
    development_not_written_off,
    development_write_offs,
    hardware_write_offs,
    tax_flows,
)
from tests.oracle.team import one_off_costs, recurring_costs, team_costs

COMPONENTS = ("api_fees", "failures", "compute", "hardware", "development", "team", "other", "resale", "tax")
ROLES = ("primary", "fallback", "interim")


@dataclass(frozen=True)
class World:
    """What all options share."""

    plan: Record
    horizon: int
    inflation: Decimal
    demands: list[Demand]
    market: dict[str, Months]

    @property
    def finance(self) -> Record:
        """The plan's finance part."""
        finance: Record = self.plan["finance"]
        return finance

    @property
    def baseline(self) -> Record:
        """Today's option."""
        return self.option(self.plan["baseline"])

    def option(self, identifier: str) -> Record:
        """The option of that id."""
        found: Record = next(o for o in self.plan["options"] if o["id"] == identifier)
        return found

    def path(self, own: Record | None, market_name: str | None) -> Months:
        """A supply's own path, else the market's, else flat."""
        if own is not None:
            return price_path(own, self.demands, self.horizon)
        if market_name is None:
            return [ONE] * (self.horizon + 1)
        return self.market[market_name]


@dataclass
class Traffic:
    """Requests by role and workload, unserved requests, primary coverage: T + 1 numbers each."""

    asked: dict[str, dict[str, Months]]
    unserved: dict[str, Months]
    coverage: dict[str, Months]


@dataclass(frozen=True)
class OptionInWorld:
    """One option with its resolved supplies and dates."""

    world: World
    option: Record
    is_baseline: bool
    go_live: int
    refreshes: list[int]
    fallback: Use | None
    interim: Use | None
    primary_use: Use | None

    @property
    def primary(self) -> Record:
        """The primary supply."""
        primary: Record = self.option["primary"]
        return primary

    @property
    def uses(self) -> dict[str, Use | None]:
        """The API supplies by role; a hosted primary is not among them."""
        return {"primary": self.primary_use, "fallback": self.fallback, "interim": self.interim}


def api_use(world: World, supply: Record, first: int, multiplier: Decimal = ONE) -> Use:
    """An API supply in a role, from month `first`."""
    path = world.path(supply.get("price_path"), default_path_name(supply))
    return Use(supply, first, path, multiplier)


def named_or_inline(world: World, supply: Record) -> Record:
    """`{"supply": id}` means that option's primary."""
    if "supply" not in supply:
        return supply
    primary: Record = world.option(supply["supply"])["primary"]
    return primary


def interim_supply(world: World, option: Record) -> Record | None:
    """The option's own, else the baseline's primary; None where that is hosted (nothing may then be left to it)."""
    if option.get("interim") is not None:
        return named_or_inline(world, option["interim"])
    primary: Record = world.baseline["primary"]
    return primary if primary["kind"] == "api" else None


def place(world: World, option: Record) -> OptionInWorld:
    """Resolve one option's supplies; the baseline is live from month 1 and has no interim."""
    is_baseline = option["id"] == world.plan["baseline"]
    go_live = 1 if is_baseline else whole(option, "go_live_month", 1)
    primary, fallback = option["primary"], option.get("fallback")
    interim = None if is_baseline else interim_supply(world, option)
    return OptionInWorld(
        world=world,
        option=option,
        is_baseline=is_baseline,
        go_live=go_live,
        refreshes=refresh_months(option, go_live, world.horizon),
        fallback=None if fallback is None else api_use(world, named_or_inline(world, fallback), go_live),
        interim=None if interim is None else api_use(world, interim, 1),
        primary_use=api_use(world, primary, go_live, usage_multiplier(option)) if primary["kind"] == "api" else None,
    )


def serves(placed: OptionInWorld, workload: str) -> bool:
    """Whether the option moves the workload; the baseline serves all."""
    chosen = placed.option.get("serves")
    return placed.is_baseline or chosen is None or workload in chosen


def primary_epoch(placed: OptionInWorld, month: int) -> int:
    """The month whose price and quality the primary has."""
    if placed.primary_use is not None:
        return api_epoch(placed.primary_use, month)
    return hosted_epoch(placed.go_live, placed.refreshes, month)


def primary_coverage(placed: OptionInWorld, demand: Demand, month: int) -> Decimal:
    """c': the coverage line or the option's own figure, then development."""
    if month < placed.go_live:
        return ZERO
    epoch = primary_epoch(placed, month)
    own = (placed.option.get("coverage") or {}).get(demand.id)
    covered = line_coverage(placed.primary, demand, epoch) if own is None else exact(own)
    return uplifted(covered, development_uplift(placed.option), demand.frontier[epoch])


def use_coverage(use: Use | None, demand: Demand, month: int) -> Decimal:
    """0 where there is no such supply."""
    return ZERO if use is None else api_coverage(use, demand, month)


def traffic_of(placed: OptionInWorld) -> Traffic:
    """Route every workload in every month."""
    horizon = placed.world.horizon
    traffic = Traffic({role: {} for role in ROLES}, {}, {})
    ramp = 0 if placed.is_baseline else whole(placed.option, "ramp_months", 0)
    for demand in placed.world.demands:
        for role in ROLES:
            traffic.asked[role][demand.id] = zeros(horizon)
        traffic.unserved[demand.id], traffic.coverage[demand.id] = zeros(horizon), zeros(horizon)
        for m in range(1, horizon + 1):
            by_interim = use_coverage(placed.interim, demand, m)
            if serves(placed, demand.id):
                moved = moved_share(placed.go_live, ramp, m)
                covered = primary_coverage(placed, demand, m)
                by_fallback = use_coverage(placed.fallback, demand, m)
                routed = route(demand.requests[m], moved, placed.option, covered, by_fallback, by_interim)
                traffic.coverage[demand.id][m] = covered
            else:
                routed = left_on_interim(demand.requests[m], by_interim)
            traffic.asked["primary"][demand.id][m] = routed.primary
            traffic.asked["fallback"][demand.id][m] = routed.fallback
            traffic.asked["interim"][demand.id][m] = routed.interim
            traffic.unserved[demand.id][m] = routed.unserved
    return traffic


def in_force(supply: Record, month: int) -> bool:
    """Whether the commitment still binds."""
    end = supply.get("commitment_end")
    return end is None or month <= int(end)


def is_baselines_supply(placed: OptionInWorld, role: str) -> bool:
    """Whether a role is the baseline's primary, by name or by default."""
    named = placed.option.get(role)
    if named is None:
        return role == "interim"
    return bool(named.get("supply") == placed.world.plan["baseline"])


def top_up(placed: OptionInWorld, fees: dict[str, Decimal], month: int) -> Decimal:
    """What an option that leaves the baseline's supply still owes of its dated commitment."""
    supply = placed.world.baseline["primary"]
    if placed.is_baseline or supply.get("commitment_end") is None or month > int(supply["commitment_end"]):
        return ZERO
    paid = sum((fees[role] for role in ("fallback", "interim") if is_baselines_supply(placed, role)), ZERO)
    return max(ZERO, number(supply, "monthly_commitment", 0) - paid)


def api_fees(placed: OptionInWorld, traffic: Traffic) -> Months:
    """All roles' fees, the primary's never below its commitment, and the baseline's dated commitment topped up."""
    months = zeros(placed.world.horizon)
    for m in range(1, placed.world.horizon + 1):
        fees = {
            role: ZERO if use is None else fee(use, placed.world.demands, traffic.asked[role], m)
            for role, use in placed.uses.items()
        }
        if placed.primary_use is not None and m >= placed.go_live and in_force(placed.primary, m):
            fees["primary"] = max(fees["primary"], number(placed.primary, "monthly_commitment", 0))
        months[m] = sum(fees.values(), ZERO) + top_up(placed, fees, m)
    return months


def failures(placed: OptionInWorld, traffic: Traffic) -> Months:
    """Unserved requests × failure_cost, inflated."""
    months = zeros(placed.world.horizon)
    for demand in placed.world.demands:
        for m in range(1, placed.world.horizon + 1):
            cost = demand.failure_cost * yearly(placed.world.inflation, m)
            months[m] += traffic.unserved[demand.id][m] * cost
    return months


def migrations(placed: OptionInWorld, traffic: Traffic) -> Months:
    """Changes of model after the first use: each API role asked anything that month, each hosted refresh."""
    months = zeros(placed.world.horizon)
    for role, use in placed.uses.items():
        for m in range(1, placed.world.horizon + 1):
            asked = sum((months_asked[m] for months_asked in traffic.asked[role].values()), ZERO)
            if use is not None and asked > 0 and changes_model(use, m):
                months[m] += number(use.supply, "migration_cost", 0) * yearly(placed.world.inflation, m)
    if placed.primary_use is None:
        for m in placed.refreshes:
            months[m] += number(placed.primary, "migration_cost", 0) * yearly(placed.world.inflation, m)
    return months


def replicas_of(placed: OptionInWorld, traffic: Traffic) -> list[int]:
    """n[m]; 0 for an API primary."""
    horizon = placed.world.horizon
    if placed.primary_use is not None:
        return [0] * (horizon + 1)
    served = [d for d in placed.world.demands if serves(placed, d.id)]
    epochs = [hosted_epoch(placed.go_live, placed.refreshes, m) for m in range(horizon + 1)]
    return replicas(placed.primary, served, traffic.asked["primary"], placed.go_live, horizon, epochs)


@dataclass(frozen=True)
class Fleet:
    """The machines of an option: replicas and GPUs by month, cohorts if owned, and the two kinds of flow."""

    replicas: list[int]
    gpus: list[int]
    cohorts: list[Cohort]
    running: Months
    bought: Months
    sold: Decimal


def fleet_of(placed: OptionInWorld, traffic: Traffic) -> Fleet:
    """Capacity and what it costs; nothing for an API primary."""
    world, horizon, supply = placed.world, placed.world.horizon, placed.primary
    n = replicas_of(placed, traffic)
    if placed.primary_use is not None:
        return Fleet(n, [0] * (horizon + 1), [], zeros(horizon), zeros(horizon), ZERO)
    gpus = [whole(supply, "gpus_per_replica", 1) * count for count in n]
    if (supply.get("tenure") or "rent") == "rent":
        path = world.path(supply.get("rent_path"), "gpu_rent")
        return Fleet(n, gpus, [], rents(supply, n, path, placed.go_live, horizon), zeros(horizon), ZERO)
    path = world.path(supply.get("purchase_path"), "gpu_purchase")
    cohorts = buy(supply, gpus, minimum_units(placed.option), path, placed.go_live, horizon)
    running = [running_cost(supply, cohorts, world.inflation, m) for m in range(horizon + 1)]
    there = [installed(cohorts, m) for m in range(horizon + 1)]
    return Fleet(n, there, cohorts, running, purchases(cohorts, horizon), resale(supply, cohorts, path, horizon))


def trainer_of(placed: OptionInWorld) -> Trainer:
    """GPU-hours of training follow the supply's own rent path if it is hosted and has one."""
    return Trainer(placed.primary, placed.world.path(placed.primary.get("rent_path"), "gpu_rent"))


@dataclass(frozen=True)
class OptionResult:
    """Everything the oracle says about one option. Months are T + 1 long, month 0 first; costs are negative."""

    id: str
    go_live: int
    components: dict[str, Months]
    cash_flow: Months
    replicas: list[int]
    gpus: list[int]
    traffic: Traffic


def taxable_income(
    placed: OptionInWorld, operating: Months, fleet: Fleet, capex: Months, development: Months, horizon: int
) -> Months:
    """Resale less operating costs and write-offs."""
    finance = placed.world.finance
    method = finance.get("hardware_depreciation") or {"kind": "straight_line", "years": 5}
    treatment = finance.get("development_tax") or {"kind": "expense"}
    hardware = hardware_write_offs(fleet.cohorts, method, horizon)
    one_offs = capex_write_offs(capex, method, horizon)
    projects = development_write_offs(development, treatment, horizon)
    deducted = zip(operating, hardware, one_offs, projects, strict=True)
    income = [-(a + b + c + d) for a, b, c, d in deducted]
    income[horizon] += fleet.sold
    return income


def evaluate_option(world: World, option: Record) -> OptionResult:
    """The component cash flows of one option."""
    placed = place(world, option)
    horizon, inflation = world.horizon, world.inflation
    traffic = traffic_of(placed)
    fleet = fleet_of(placed, traffic)
    fees, failed, changed = api_fees(placed, traffic), failures(placed, traffic), migrations(placed, traffic)
    team = team_costs(option, inflation, horizon)
    opex, capex = one_off_costs(option, "opex", horizon), one_off_costs(option, "capex", horizon)
    recurring = recurring_costs(option, inflation, horizon)
    developed = development_costs(option, trainer_of(placed), placed.go_live, placed.refreshes, horizon)
    other = [a + b + c for a, b, c in zip(opex, recurring, changed, strict=True)]
    operating = [sum(parts, ZERO) for parts in zip(fees, failed, fleet.running, team, other, strict=True)]
    treatment = world.finance.get("development_tax") or {"kind": "expense"}
    residual = number(world.finance, "development_residual", 0)
    at_horizon = fleet.sold + residual * development_not_written_off(developed, treatment, horizon)
    income = taxable_income(placed, operating, fleet, capex, developed, horizon)
    costs = {
        "api_fees": fees,
        "failures": failed,
        "compute": fleet.running,
        "hardware": fleet.bought,
        "development": developed,
        "team": team,
        "other": [a + b for a, b in zip(other, capex, strict=True)],
    }
    components = {name: [-cost for cost in months] for name, months in costs.items()}
    components["resale"] = [*zeros(horizon - 1), at_horizon]
    components["tax"] = tax_flows(number(world.finance, "tax_rate", 0), income)
    cash_flow = [sum(parts, ZERO) for parts in zip(*components.values(), strict=True)]
    return OptionResult(option["id"], placed.go_live, components, cash_flow, fleet.replicas, fleet.gpus, traffic)
