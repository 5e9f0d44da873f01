"""The model as most people would first write it: plain Python, one draw at a time, month after month.

Covers what `bench/data/plan-example.json` uses. It is the yardstick for speed, and a third statement of the model
beside the engine and the exact oracle of the tests: `npvs` agrees with the engine.
"""

from __future__ import annotations

import math
from typing import Any

Document = dict[str, Any]

HOURS, SECONDS = 730.0, 730.0 * 3600.0


def npvs(document: Document) -> list[float]:
    """NPV of each option of a resolved plan."""
    months = int(document["finance"]["horizon_months"])
    world = _World(document, months)
    return [_option(world, option) for option in document["options"]]


class _World:
    """Volumes, quality lines and market paths, by month 0 … T."""

    def __init__(self, document: Document, months: int) -> None:
        self.document, self.months = document, months
        finance = document["finance"]
        self.inflation = [(1.0 + finance["inflation"]) ** (max(m - 1, 0) / 12.0) for m in range(months + 1)]
        self.requests = {w["id"]: _requests(w, months) for w in document["workloads"]}
        self.tokens = {
            w["id"]: [(1.0 + w["tokens_growth"]) ** (max(m - 1, 0) / 12.0) for m in range(months + 1)]
            for w in document["workloads"]
        }
        self.lines = {w["id"]: _lines(w, months) for w in document["workloads"]}
        self.market = {name: self.path(node) for name, node in document["market"].items()}
        self.market["flat"] = [1.0] * (months + 1)

    def path(self, node: Document) -> list[float]:
        """Factors of a path by month."""
        found = []
        floor = self._floor(node) if node["kind"] == "market" else 0.0
        for m in range(self.months + 1):
            since = max(m - 1, 0)
            if node["kind"] == "decline":
                found.append((1.0 - node["annual_rate"]) ** (since / 12.0))
            elif node["kind"] == "mean_reverting":
                found.append(node["long_run"] ** (1.0 - 2.0 ** (-since / node["half_life"])))
            elif node["kind"] == "market":
                entry = node["competition_month"]
                level = floor * (1.0 - node["floor_decline"]) ** (since / 12.0)
                at_entry = floor * (1.0 - node["floor_decline"]) ** ((entry - 1) / 12.0)
                markup = (1.0 - at_entry) * 2.0 ** (-(max(m, 1) - entry) / node["half_life"])
                found.append(1.0 if max(m, 1) < entry else max(level + markup, min(level, 1.0)))
            else:
                found.append(1.0)
        return found

    def _floor(self, node: Document) -> float:
        floor = node["floor"]
        if not isinstance(floor, dict):
            return float(floor)
        chip = floor["accelerator"]
        supply = {**floor, "bandwidth_efficiency": 0.8, "compute_efficiency": 0.6, "software_factor": 1.0}
        supply |= {"weight_bytes": 1.0, "kv_bytes": 1.0, "max_seconds_per_token": None, "token_factor": 1.0}
        kilowatts = chip["watts"] * 1.6 / 1000.0
        hourly = chip["purchase_price"] * 1.25 / 5.0 / 8760.0 + kilowatts * (217.0 / HOURS + 1.3 * 0.093)
        cost = fee = 0.0
        for workload in self.document["workloads"]:
            requests = self.requests[workload["id"]][1]
            hours = _replica_seconds(supply, workload, 1.0) / 3600.0
            cost += requests * hours / floor["utilisation"] * floor["gpus_per_replica"] * hourly
            fee += requests * _fee(floor["price_of"], workload)
        return cost / fee


def _requests(workload: Document, months: int) -> list[float]:
    growth, first = workload["growth"], workload["requests_per_month"]
    found = [0.0]
    for m in range(1, months + 1):
        if growth["kind"] == "logistic":
            top = growth["saturation"]
            k = math.log(1.0 + growth["annual_rate"]) / 12.0 / (1.0 - 1.0 / top)
            found.append(first * top / (1.0 + (top - 1.0) * math.exp(-k * (m - 1))))
        else:
            found.append(first * (1.0 + growth["annual_rate"]) ** ((m - 1) / 12.0))
    return found


def _lines(workload: Document, months: int) -> list[tuple[float, float]]:
    found = []
    today, limit = workload["frontier_coverage"], workload["frontier_limit"]
    for m in range(months + 1):
        since = max(m - 1, 0)
        frontier = limit - (limit - today) * 2.0 ** (-since / workload["frontier_half_life"])
        behind = (today - workload["open_coverage"]) * 2.0 ** (-since / workload["coverage_half_life"])
        found.append((frontier, min(max(frontier - behind, 0.0), frontier)))
    return found


def _fee(prices: Document, workload: Document) -> float:
    read, written = workload["cached_input_share"], workload["cache_write_share"]
    per_token = (1.0 - read - written) * prices["input_price"]
    per_token += read * prices["cached_input_price"] + written * prices["cache_write_price"]
    return float(workload["input_tokens"] * per_token + workload["output_tokens"] * prices["output_price"]) / 1e6


def _replica_seconds(supply: Document, workload: Document, growth: float) -> float:
    """Replica-seconds of one request at a request shape."""
    model, chip, gpus = supply["model"], supply["accelerator"], supply["gpus_per_replica"]
    inputs = workload["input_tokens"] * supply["token_factor"] * growth
    outputs = workload["output_tokens"] * supply["token_factor"] * growth
    uncached = inputs * (1.0 - workload["cached_input_share"])
    loss = gpus**-0.20 * supply["software_factor"]
    bandwidth = gpus * chip["bandwidth_tbs"] * 1e12 * supply["bandwidth_efficiency"] * loss
    flops = gpus * chip[f"{supply['precision']}_tflops"] * 1e12 * supply["compute_efficiency"] * loss
    weights = model["total_params"] * supply["weight_bytes"]
    kv = 2.0 * model["layers"] * model["kv_heads"] * model["head_dim"] * supply["kv_bytes"]
    attention = 4.0 * model["layers"] * (model["query_heads"] or 0.0) * model["head_dim"]
    context, active = inputs + outputs / 2.0, model["active_params"]
    prefill = flops / (2.0 * active + attention * inputs / 2.0)
    per_sequence = kv * context / bandwidth + (2.0 * active + attention * context) / flops
    batch = math.floor((0.9 * gpus * chip["memory_gb"] * 1e9 - weights) / (kv * (inputs + outputs)) + 1e-9)
    limit = supply["max_seconds_per_token"]
    if limit is not None:
        room = (limit - weights / bandwidth) / (per_sequence + uncached / (prefill * outputs))
        batch = min(batch, math.floor(room + 1e-9))
    decode = batch / (weights / bandwidth + batch * per_sequence)
    seconds: float = uncached / prefill + outputs / decode
    return seconds


def _epochs(supply: Document, first: int, refresh: int, months: int) -> list[int]:
    every = int(supply["migrate_every"]) if supply["kind"] == "api" else refresh
    if supply["kind"] == "api" and supply["follows"] == "model":
        every = 0
    return [first if every <= 0 else first + max(m - first, 0) // every * every for m in range(months + 1)]


def _coverage(supply: Document, line: list[tuple[float, float]], epoch: int) -> float:
    if supply["tier"] == "open":
        return min(float(supply["relative_coverage"]) * line[epoch][1], 1.0)
    if supply["kind"] == "api" and supply["follows"] == "frontier":
        return line[epoch][0]
    return line[0][0]


def _option(world: _World, option: Document) -> float:  # noqa: C901  # a loop as people write it is the point
    document, months = world.document, world.months
    baseline = next(o for o in document["options"] if o["id"] == document["baseline"])
    today = option is baseline
    live = 1 if today else int(option["go_live_month"])
    ramp = 1 if today else max(1, int(option["ramp_months"]))
    refresh = int(option["refresh_every"])
    refreshes = list(range(live + refresh, months + 1, refresh)) if refresh else []
    primary = option["primary"]
    fallback = _named(document, option.get("fallback"))
    interim = None if today else _named(document, option.get("interim"))
    uplift = 1.0 - math.prod(1.0 - each.get("uplift", 0.0) for each in option["develop"])
    epochs = {
        "primary": _epochs(primary, live, refresh, months),
        "fallback": [] if fallback is None else _epochs(fallback, live, 0, months),
        "interim": [] if interim is None else _epochs(interim, 1, 0, months),
    }
    asked = {role: {w["id"]: [0.0] * (months + 1) for w in document["workloads"]} for role in epochs}
    running = [0.0] * (months + 1)
    for workload in document["workloads"]:
        name, line = workload["id"], world.lines[workload["id"]]
        for m in range(1, months + 1):
            requests = world.requests[name][m]
            moved = requests * (0.0 if m < live else min(1.0, (m - live + 1) / ramp))
            waiting = requests - moved
            c = _coverage(primary, line, epochs["primary"][m])
            raised = c + uplift * (line[epochs["primary"][m]][0] - c)
            c = min(max(max(c, raised) if uplift > 0.0 else raised, 0.0), 1.0)
            if fallback is None:
                asked["primary"][name][m], lost = moved, moved * (1.0 - c)
            else:
                q, behind = option["missed_failures"], _coverage(fallback, line, epochs["fallback"][m])
                asked["primary"][name][m] = moved * (c + (1.0 - c) * (q + option["cascade"] * (1.0 - q)))
                asked["fallback"][name][m] = moved * (1.0 - c) * (1.0 - q)
                lost = moved * ((1.0 - max(c, behind)) * (1.0 - q) + (1.0 - c) * q)
            if interim is not None:
                asked["interim"][name][m] = waiting
                lost += waiting * (1.0 - _coverage(interim, line, epochs["interim"][m]))
            running[m] += lost * workload["failure_cost"] * world.inflation[m]
    for role, supply, first in (("primary", primary, live), ("fallback", fallback, live), ("interim", interim, 1)):
        if supply is not None and supply["kind"] == "api":
            _add_fees(world, supply, asked[role], epochs[role], first, running)
    capital, cohorts, resale = [0.0] * (months + 1), [0.0] * (months + 1), 0.0
    life = 0
    if primary["kind"] == "hosted":
        replicas = _replicas(world, primary, asked["primary"], live)
        if primary["tenure"] == "rent":
            _add_rent(world, primary, replicas, live, running)
        else:
            life = int(primary["useful_life_months"])
            resale = _add_fleet(world, primary, replicas, live, running, capital, cohorts)
    paid = [0.0] * (months + 1)
    for project in option["develop"]:
        _add_development(world, option, project, live, refreshes, paid)
    for role in option["team"]:
        _add_people(world, role, running)
    return _present_value(document["finance"], running, capital, cohorts, life, paid, resale)


def _named(document: Document, use: Document | None) -> Document | None:
    if use is None or "supply" not in use:
        return use
    found: Document = next(o for o in document["options"] if o["id"] == use["supply"])["primary"]
    return found


def _add_fees(
    world: _World,
    supply: Document,
    asked: dict[str, list[float]],
    epochs: list[int],
    first: int,
    running: list[float],
) -> None:
    path = world.market["open_api" if supply["tier"] == "open" else "capability_api"]
    if supply["follows"] == "frontier":
        path = world.market["frontier_api"]
    every = int(supply["migrate_every"])
    for m in range(1, world.months + 1):
        fee = used = 0.0
        for workload in world.document["workloads"]:
            requests = asked[workload["id"]][m]
            used += requests
            batch = 1.0 - supply["batch_discount"] * workload["batch_share"]
            tokens = world.tokens[workload["id"]][m] * supply["token_factor"]
            fee += requests * batch * tokens * _fee(supply, workload)
        fee *= path[epochs[m]] * (1.0 - supply["discount"])
        if m > first and (m - first) % every == 0 and used > 0.0:
            fee += supply["migration_cost"] * world.inflation[m]
        running[m] += fee


def _replicas(world: _World, supply: Document, asked: dict[str, list[float]], live: int) -> list[float]:
    found = [0.0] * (world.months + 1)
    for m in range(live, world.months + 1):
        mean = peak = 0.0
        for workload in world.document["workloads"]:
            start = (m - 1) // 12
            growth = 1.0 + workload["tokens_growth"]
            seconds = _replica_seconds(supply, workload, growth**start) * growth ** ((m - 1 - 12 * start) / 12.0)
            load = asked[workload["id"]][m] * seconds / SECONDS
            mean += load
            peak += load * (1.0 - workload["batch_share"]) * workload["peak_to_average"]
        needed = math.ceil(max(mean, peak) / supply["target_utilisation"] - 1e-9)
        found[m] = max(supply["min_replicas"], needed) + supply["spare_replicas"]
    return found


def _add_rent(world: _World, supply: Document, replicas: list[float], live: int, running: list[float]) -> None:
    chip, share, term = supply["accelerator"], supply["reserved_share"], int(supply["reserved_term_months"])
    per_replica, path = HOURS * supply["gpus_per_replica"], world.market["gpu_rent"]
    largest, renewal = 0.0, live
    for m in range(live, world.months + 1):
        if (m - live) % term == 0:
            largest, renewal = 0.0, m
        largest = max(largest, replicas[m])
        reserved = share * largest
        running[m] += per_replica * (
            reserved * chip["reserved_per_hour"] * path[renewal]
            + max(0.0, replicas[m] - reserved) * chip["rent_per_hour"] * path[m]
        )


def _add_fleet(
    world: _World,
    supply: Document,
    replicas: list[float],
    live: int,
    running: list[float],
    capital: list[float],
    cohorts: list[float],
) -> float:
    """Books purchases, running costs and cohorts; returns what the fleet brings at the horizon."""
    chip, life, lead = supply["accelerator"], int(supply["useful_life_months"]), int(supply["lead_months"])
    unit = chip["purchase_price"] * (1.0 + supply["server_uplift"])
    path, bought, months = world.market["gpu_purchase"], [0.0] * (world.months + 1), world.months
    kilowatts = supply["server_watts"] / 1000.0
    monthly = kilowatts * (supply["pue"] * supply["power_tariff"] * HOURS + supply["colo_per_kw_month"])
    resale = 0.0
    for m in range(live, months + 1):
        alive = range(max(live, m - life + 1), m)
        installed = sum(bought[s] for s in alive)
        bought[m] = max(0.0, replicas[m] * supply["gpus_per_replica"] - installed)
        paid_in = max(0, m - lead)
        cohorts[m] = bought[m] * unit * path[paid_in]
        capital[paid_in] += cohorts[m]
        running[m] += (installed + bought[m]) * monthly * world.inflation[m]
        running[m] += supply["maintenance"] / 12.0 * (sum(cohorts[s] for s in alive) + cohorts[m])
    for s in range(live, months + 1):
        age = months - s + 1
        if age < life:
            resale += bought[s] * supply["resale_share"] * unit * path[months] * (1.0 - age / life)
    return resale


def _add_development(
    world: _World, option: Document, project: Document, live: int, refreshes: list[int], paid: list[float]
) -> None:
    chip, path = project["train_on"], world.market["gpu_rent"]
    flops = 6.0 * option["primary"]["model"]["active_params"] * project["tokens"]
    hours = flops / (chip["bf16_tflops"] * 1e12 * project["mfu"]) / 3600.0 * project["experiments"]
    if project["kind"] == "fine_tune":
        hours *= project["epochs"] * project["method_factor"]
        nominal = project["labelled_examples"] * project["price_per_example"] + project["evaluation_cost"]
        for m in [live - 1, *refreshes]:
            if m <= world.months:
                paid[m] += hours * chip["rent_per_hour"] * path[m] + nominal
        return
    hours *= 1.0 + project["failed_share"]
    duration = int(project["duration_months"])
    for target in [live, *refreshes]:
        for m in range(max(1, target - duration), min(target, world.months + 1)):
            paid[m] += (hours * chip["rent_per_hour"] * path[m] + project["data_cost"]) / duration


def _add_people(world: _World, role: Document, running: list[float]) -> None:
    leaving = 1.0 - (1.0 - role["attrition"]) ** (1.0 / 12.0)
    before, ramp = 0.0, max(1, int(role["ramp_months"]))
    for m in range(int(role["start_month"]), min(int(role["end_month"]), world.months) + 1):
        heads = role["headcount"] * min(1.0, (m - role["start_month"] + 1) / ramp)
        pay = role["annual_pay"] * (1.0 + role["annual_raise"]) ** ((m - 1) / 12.0) * role["allocation"]
        hires = max(0.0, heads - before) + leaving * min(before, heads)
        running[m] += heads * pay * (1.0 + role["burden"]) / 12.0 + hires * role["recruiting_fee"] * pay
        before = heads


def _present_value(
    finance: Document,
    running: list[float],
    capital: list[float],
    cohorts: list[float],
    life: int,
    paid: list[float],
    resale: float,
) -> float:
    """After tax: running costs and development deducted as paid, hardware straight line, resale against book value."""
    months, tax = len(running) - 1, float(finance["tax_rate"])
    schedule = round(12 * finance["hardware_depreciation"]["years"])
    rate, total = float(finance["discount_rate"]), 0.0
    for m in range(months + 1):
        deductible = running[m] + paid[m]
        for s in range(1, m + 1):
            age = m - s
            if cohorts[s] and age < min(schedule, life):
                deductible += cohorts[s] / schedule
                if age == life - 1:
                    deductible += cohorts[s] * (1.0 - life / schedule)
        if m == months:
            held = [s for s in range(1, m + 1) if m - s + 1 < life]
            left = sum(cohorts[s] * max(0.0, 1.0 - (m - s + 1) / schedule) for s in held)
            deductible += left - resale
        flow = -running[m] - capital[m] - paid[m] + tax * deductible
        total += flow * (1.0 + rate) ** (-m / 12.0)
    worth: float = total + resale * (1.0 + rate) ** (-months / 12.0)
    return worth
