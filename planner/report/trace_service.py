"""Traces of what is asked, served and needed: requests, coverage, routing, replicas, speed, market paths."""

from __future__ import annotations

from planner.engine.case import HostedSupply
from planner.engine.outcome import Role
from planner.report.outlook import PATHS
from planner.report.speed_estimate import JUDGED_BY, band, is_estimated
from planner.report.trace_step import MONTH, OPTION, PERIOD, WORKLOAD, Ground, Rule, Step, rule

_GROWTH = ("annual_rate", "saturation")
_SHAPE = ("input_tokens", "output_tokens", "cached_input_share")
_HARDWARE = (
    "gpus_per_replica",
    "memory_gb",
    "bandwidth_tbs",
    "bf16_tflops",
    "fp8_tflops",
    "fp4_tflops",
    "total_params",
    "active_params",
    "layers",
    "kv_heads",
    "head_dim",
    "precision",
    "bandwidth_efficiency",
    "compute_efficiency",
    "software_factor",
    "max_seconds_per_token",
    "prefill_tokens_per_s",
    "decode_tokens_per_s",
)
_ROLE_FORMULAS: dict[Role, str] = {
    "primary": "Without a fallback all moved requests; with one, those it serves well and those it is tried on first.",
    "fallback": "Moved requests that the first choice fails and somebody notices.",
    "interim": "Requests not moved yet, and those of workloads this option leaves where they are.",
}


def _requests(ground: Ground, found: dict[str, str]) -> Step:
    name, period = found["workload"], ground.periods[found["period"]]
    stem = f"workloads.{name}"
    value = ground.over(ground.subject.outcome.requests[name], period)
    if len(period.months) > 1:
        parts = ground.parts(f"requests.{name}", period)
        return Step(f"Requests, {period.label}", value, "requests", "The months added up.", parts)
    growth = ground.under(f"{stem}.growth", _GROWTH)
    return Step(
        label=f"Requests, {period.label}",
        value=value,
        unit="requests",
        formula="Requests of month 1 × growth since then × the season’s factor.",
        inputs=(*ground.existing(f"{stem}.requests_per_month"), *growth, *ground.under(f"{stem}.seasonality")),
    )


def _volume(ground: Ground, found: dict[str, str]) -> Step:
    volume = found["volume"]
    outcome = ground.subject.outcome
    by_workload = outcome.requests if volume == "requests" else outcome.tokens
    factors = outcome.discount_factors
    months = range(ground.subject.horizon_months + 1)
    value = sum(
        ground.at(array, month) * ground.at(factors, month) for array in by_workload.values() for month in months
    )
    return Step(
        label=f"Present volume of {volume}",
        value=float(value),
        unit="requests" if volume == "requests" else "tokens",
        formula=f"{volume.capitalize()} of each month × its discount factor, added up.",
        inputs=(
            *(f"requests.{name}.total" for name in by_workload),
            *ground.existing("finance.discount_rate"),
            *(ground.under("workloads", ("input_tokens", "output_tokens")) if volume == "tokens" else ()),
        ),
    )


def _go_live(ground: Ground, found: dict[str, str]) -> Step:
    option = ground.option(found["option"])
    today = ground.subject.is_baseline(option)
    return Step(
        label="Starts in",
        value=option.go_live_month,
        unit="month",
        formula="Today’s way is in place already." if today else "As given.",
        inputs=() if today else ground.existing(f"options.{option.id}.go_live_month"),
    )


def _moved(ground: Ground, found: dict[str, str]) -> Step:
    option, month = ground.option(found["option"]), int(found["month"])
    stem = f"options.{option.id}"
    return Step(
        label=f"Share moved, month {month}",
        value=ground.at(option.workings.moved, month),
        unit="share",
        formula="0 before it starts, then in equal steps to 1 over the ramp.",
        inputs=ground.existing(f"{stem}.go_live_month", f"{stem}.ramp_months"),
    )


def _asked(ground: Ground, found: dict[str, str]) -> Step:
    option, name, month = ground.option(found["option"]), found["workload"], int(found["month"])
    role = next(each for each in _ROLE_FORMULAS if each == found["role"])
    stem = f"options.{option.id}"
    routing: tuple[str, ...] = ()
    if role != "interim":
        inputs = ground.existing(f"{stem}.cascade", f"{stem}.missed_failures")
        routing = (f"{stem}.coverage.{name}.m{month}", *inputs)
    return Step(
        label=f"Requests asked of {role}, month {month}",
        value=ground.at(option.workings.asked[role][name], month),
        unit="requests",
        formula=_ROLE_FORMULAS[role],
        inputs=(f"requests.{name}.m{month}", f"{stem}.moved.m{month}", *routing),
    )


def _coverage(ground: Ground, found: dict[str, str]) -> Step:
    option, name, month = ground.option(found["option"]), found["workload"], int(found["month"])
    stem, use = f"options.{option.id}", f"workloads.{name}"
    lines = ("frontier_coverage", "frontier_limit", "frontier_half_life", "open_coverage", "coverage_half_life")
    return Step(
        label=f"Share the first choice serves well, month {month}",
        value=ground.at(option.coverage[name], month),
        unit="share",
        formula="The frontier’s or the open weights’ line in the month of the last change, × relative coverage, then "
        "moved towards the frontier by what development closes of the gap. A share given for this option wins.",
        inputs=(
            *ground.existing(*(f"{use}.{leaf}" for leaf in lines)),
            *ground.existing(f"{stem}.primary.relative_coverage", f"{stem}.coverage.{name}", f"{stem}.refresh_every"),
            *ground.existing(f"{stem}.primary.migrate_every"),
            *ground.under(f"{stem}.develop", ("uplift",)),
        ),
    )


def _unserved(ground: Ground, found: dict[str, str]) -> Step:
    option, name, period = ground.option(found["option"]), found["workload"], ground.periods[found["period"]]
    label, value = f"Requests served well by nobody, {period.label}", ground.over(option.unserved[name], period)
    stem = f"options.{option.id}"
    if len(period.months) > 1:
        parts = ground.parts(f"{stem}.unserved.{name}", period)
        return Step(label, value, "requests", "The months added up.", parts)
    month = period.months[0]
    return Step(
        label=label,
        value=value,
        unit="requests",
        formula="Failures of the first choice that nobody notices, those that the fallback fails too, and what the "
        "supply before the move fails.",
        inputs=(
            f"requests.{name}.m{month}",
            f"{stem}.moved.m{month}",
            f"{stem}.coverage.{name}.m{month}",
            *ground.existing(f"{stem}.missed_failures", f"workloads.{name}.frontier_coverage"),
        ),
    )


def _replicas(ground: Ground, found: dict[str, str]) -> Step:
    option, month = ground.option(found["option"]), int(found["month"])
    stem = f"options.{option.id}.primary"
    inputs = ground.existing(*(f"{stem}.{leaf}" for leaf in ("target_utilisation", "min_replicas", "spare_replicas")))
    needed = () if option.workings.capacity is None else (f"options.{option.id}.load.m{month}",)
    return Step(
        label=f"Replicas, month {month}",
        value=ground.at(option.replicas, month),
        unit="replicas",
        formula="Load to size for ÷ target utilisation, rounded up, at least the fewest allowed, plus spares.",
        inputs=(*needed, *inputs),
    )


def _gpus(ground: Ground, found: dict[str, str]) -> Step:
    option, month = ground.option(found["option"]), int(found["month"])
    stem = f"options.{option.id}"
    return Step(
        label=f"GPUs, month {month}",
        value=ground.at(option.gpus, month),
        unit="gpus",
        formula="Replicas × GPUs per replica; bought ones stay until the end of their life.",
        inputs=(
            f"{stem}.replicas.m{month}",
            *ground.existing(f"{stem}.primary.gpus_per_replica", f"{stem}.primary.useful_life_months"),
        ),
    )


def _load(ground: Ground, found: dict[str, str]) -> Step:
    option, month = ground.option(found["option"]), int(found["month"])
    capacity = option.workings.capacity
    if capacity is None:
        raise KeyError("load")
    names = list(option.workings.seconds_per_request)
    stem = f"options.{option.id}"
    return Step(
        label=f"Load to size for, month {month}",
        value=ground.at(capacity.sized_load, month),
        unit="replicas",
        formula="Requests × replica-seconds ÷ seconds of a month; work that cannot wait × its busy hour, if more.",
        inputs=(
            *(f"{stem}.asked.primary.{name}.m{month}" for name in names),
            *(f"{stem}.seconds.{name}.m{month}" for name in names),
            *ground.existing(
                *(f"workloads.{name}.{leaf}" for name in names for leaf in ("peak_to_average", "batch_share"))
            ),
        ),
    )


def _seconds(ground: Ground, found: dict[str, str]) -> Step:
    option, name, month = ground.option(found["option"]), found["workload"], int(found["month"])
    stem = f"options.{option.id}"
    return Step(
        label=f"Replica-seconds per request, month {month}",
        value=ground.at(option.workings.seconds_per_request[name], month),
        unit="seconds",
        formula="Uncached input ÷ reading speed + output ÷ writing speed, with tokens as they have grown and "
        "software as fast as at the last refresh.",
        inputs=(
            f"{stem}.speed.{name}.prefill.m{month}",
            f"{stem}.speed.{name}.decode.m{month}",
            *ground.existing(*(f"workloads.{name}.{leaf}" for leaf in (*_SHAPE, "tokens_growth"))),
            *ground.existing(f"{stem}.primary.efficiency_gain", f"{stem}.primary.token_factor"),
        ),
    )


def _speed(ground: Ground, found: dict[str, str]) -> Step:
    option, name, month = ground.option(found["option"]), found["workload"], int(found["month"])
    supply = ground.subject.case_option(option).primary
    speed = option.workings.speed[name]
    held_against = f" Held against {band(supply)}." if isinstance(supply, HostedSupply) else ""
    estimated = is_estimated(supply)
    reading = found["speed"] == "prefill"
    rates = speed.prefill if reading else speed.decode
    year = (min(option.go_live_month, ground.subject.horizon_months) - 1) // 12
    row = max(0, (max(month, 1) - 1) // 12 - year)
    estimate = (
        "Peak FLOPs × efficiency ÷ FLOPs per token: 2 per active parameter, and attention."
        if reading
        else "Sequences at once ÷ time of one step: reading the weights and every sequence’s cache, and 2 FLOPs per "
        "active parameter and token; as many sequences as memory and the promised speed allow."
    )
    return Step(
        label=f"{'Reading' if reading else 'Writing'} speed of a replica",
        value=ground.at(rates, row),
        unit="tokens_per_second",
        formula=f"Roofline estimate, not a measurement. {estimate}{held_against}"
        if estimated
        else "As measured by the user.",
        source=JUDGED_BY if estimated else None,
        inputs=(
            *ground.under(f"options.{option.id}.primary", _HARDWARE),
            *ground.existing(*(f"workloads.{name}.{leaf}" for leaf in _SHAPE)),
        ),
    )


def _market(ground: Ground, found: dict[str, str]) -> Step:
    name, period = found["path"], ground.periods[f"m{found['month']}"]
    month = period.months[0]
    return Step(
        label=f"{PATHS[name]} over today’s price, {period.label}",
        value=ground.at(ground.subject.outcome.market[name], month),
        unit="ratio",
        formula="The market’s path for this price: " + _PATH_FORMULAS[getattr(ground.subject.plan.market, name).kind],
        inputs=ground.under(f"market.{name}"),
    )


_PATH_FORMULAS = {
    "flat": "it stays at today’s price.",
    "decline": "it falls by the same share every year.",
    "steps": "it changes in the months given.",
    "mean_reverting": "it drifts to its long-run level, half of the way each half-life.",
    "market": "the cost to serve falls every year; the markup over it halves every half-life once rivals arrive.",
    "history": "it goes on falling as it did in the observed prices.",
}

RULES: tuple[Rule, ...] = (
    rule(rf"requests\.{WORKLOAD}\.{PERIOD}", _requests),
    rule(r"(?P<volume>requests|tokens)\.present", _volume),
    rule(rf"{OPTION}\.go_live_month", _go_live),
    rule(rf"{OPTION}\.moved\.{MONTH}", _moved),
    rule(rf"{OPTION}\.asked\.(?P<role>primary|fallback|interim)\.{WORKLOAD}\.{MONTH}", _asked),
    rule(rf"{OPTION}\.coverage\.{WORKLOAD}\.{MONTH}", _coverage),
    rule(rf"{OPTION}\.unserved\.{WORKLOAD}\.{PERIOD}", _unserved),
    rule(rf"{OPTION}\.replicas\.{MONTH}", _replicas),
    rule(rf"{OPTION}\.gpus\.{MONTH}", _gpus),
    rule(rf"{OPTION}\.load\.{MONTH}", _load),
    rule(rf"{OPTION}\.seconds\.{WORKLOAD}\.{MONTH}", _seconds),
    rule(rf"{OPTION}\.speed\.{WORKLOAD}\.(?P<speed>prefill|decode)\.{MONTH}", _speed),
    rule(rf"market\.(?P<path>{'|'.join(PATHS)})\.{MONTH}", _market),
)
