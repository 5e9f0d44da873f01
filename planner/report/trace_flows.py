"""Traces of money by month: cash flows, their components, the fees of each role, statements."""

from __future__ import annotations

from collections.abc import Callable

from planner.engine.case import ApiSupply, ApiUse, HostedSupply, Rented
from planner.engine.outcome import COMPONENTS, OptionOutcome, Role
from planner.report.finance_view import RUNNING, SERVING, cash_lines, profit_lines, revenue
from planner.report.periods import Period
from planner.report.trace_step import MONTH, OPTION, PERIOD, Ground, Rule, Step, rule
from planner.report.words import COMPONENT_NAMES

_TOKENS = ("input_tokens", "output_tokens", "cached_input_share", "cache_write_share", "batch_share", "tokens_growth")
_PRICES = ("input_price", "cached_input_price", "cache_write_price", "output_price")
_TERMS = ("batch_discount", "discount", "monthly_commitment", "commitment_end", "token_factor", "migrate_every")
_OWNED = ("server_watts", "pue", "power_tariff", "colo_per_kw_month", "maintenance", "purchase_price", "server_uplift")


def _cash_flow(ground: Ground, found: dict[str, str]) -> Step:
    option, period = ground.option(found["option"]), ground.periods[found["period"]]
    parts = [name for name in COMPONENTS if option.components[name].any()]
    return Step(
        label=f"Cash flow, {period.label}",
        value=ground.over(option.cash_flow, period),
        unit="money",
        formula="All components added up; cash out is negative.",
        inputs=tuple(f"options.{option.id}.components.{name}.{period.id}" for name in parts),
    )


def _against_today(ground: Ground, found: dict[str, str]) -> Step:
    option, period, today = ground.option(found["option"]), ground.periods[found["period"]], ground.subject.baseline
    return Step(
        label=f"Cash flow against today’s way, {period.label}",
        value=ground.over(option.cash_flow, period) - ground.over(today.cash_flow, period),
        unit="money",
        formula="Cash flow of this option less that of today’s way.",
        inputs=tuple(f"options.{each.id}.cash_flow.{period.id}" for each in (option, today)),
    )


def _component(ground: Ground, found: dict[str, str]) -> Step:
    option, name, period = ground.option(found["option"]), found["component"], ground.periods[found["period"]]
    label, value = f"{COMPONENT_NAMES[name]}, {period.label}", ground.over(option.components[name], period)
    if len(period.months) > 1:
        parts = ground.parts(f"options.{option.id}.components.{name}", period)
        return Step(label, value, "money", "The months added up.", parts)
    formula, inputs = _MONTHLY[name](ground, option, period.months[0])
    return Step(label, value, "money", formula, inputs if value else ())


Explained = tuple[str, tuple[str, ...]]


def _api_fees(ground: Ground, option: OptionOutcome, month: int) -> Explained:
    stem = f"options.{option.id}.fees"
    roles = [role for role, fees in option.workings.fees.items() if ground.at(fees, month)]
    inputs = tuple(f"{stem}.{role}.m{month}" for role in roles)
    if ground.at(option.workings.stranded_commitment, month):
        inputs = (*inputs, f"{stem}.stranded.m{month}")
    return "Fees of the first choice, the fallback and the supply used until the move.", inputs


def _failures(ground: Ground, option: OptionOutcome, month: int) -> Explained:
    workloads = [each.id for each in ground.subject.plan.workloads if ground.at(option.unserved[each.id], month)]
    return (
        "Requests that nobody served well × cost of each, risen with inflation.",
        (
            *(f"options.{option.id}.unserved.{name}.m{month}" for name in workloads),
            *ground.existing(*(f"workloads.{name}.failure_cost" for name in workloads), "finance.inflation"),
        ),
    )


def _compute(ground: Ground, option: OptionOutcome, month: int) -> Explained:
    supply = ground.subject.case_option(option).primary
    stem = f"options.{option.id}"
    if not isinstance(supply, HostedSupply):
        return "Nothing is hosted.", ()
    if isinstance(supply.tenure, Rented):
        terms = ("rent_per_hour", "reserved_per_hour", "reserved_share", "reserved_term_months", "gpus_per_replica")
        return (
            "730 hours × GPUs × rent an hour × the market’s path: the reserved part at the price of its renewal, "
            "the rest at this month’s.",
            (f"{stem}.replicas.m{month}", f"market.gpu_rent.m{month}", *ground.under(f"{stem}.primary", terms)),
        )
    return (
        "Installed GPUs × kW at the wall × (power price × PUE × 730 hours + colocation), risen with inflation, plus a "
        "year’s maintenance of the price paid ÷ 12.",
        (f"{stem}.gpus.m{month}", *ground.under(f"{stem}.primary", _OWNED), *ground.existing("finance.inflation")),
    )


def _hardware(ground: Ground, option: OptionOutcome, month: int) -> Explained:
    stem = f"options.{option.id}"
    lead = ground.existing(f"{stem}.primary.lead_months", f"{stem}.primary.useful_life_months")
    owned = ground.under(f"{stem}.primary", ("purchase_price", "server_uplift"))
    return (
        "GPUs that will be needed and are not there × price × (1 + server uplift) × the market’s path, paid ahead of "
        "delivery; at the end of their life they are bought again.",
        (f"{stem}.gpus.m{month}", f"market.gpu_purchase.m{month}", *owned, *lead),
    )


def _development(ground: Ground, option: OptionOutcome, month: int) -> Explained:
    stem = f"options.{option.id}"
    return (
        "Training: 6 × active parameters × tokens ÷ (peak FLOPs × utilisation reached), in GPU-hours at the month’s "
        "rent, times the experiments; with labels, data, design. Paid before the start and at each refresh.",
        (
            *ground.under(f"{stem}.develop"),
            *ground.under(f"{stem}.primary", ("active_params", "bf16_tflops", "rent_per_hour")),
            f"market.gpu_rent.m{month}",
        ),
    )


def _team(ground: Ground, option: OptionOutcome, month: int) -> Explained:
    return (
        "For each role: people × yearly pay × (1 + burden) ÷ 12, with raises since month 1, plus fees for those hired "
        "or replaced.",
        (*ground.under(f"options.{option.id}.team"), *ground.existing("finance.inflation")),
    )


def _other(ground: Ground, option: OptionOutcome, month: int) -> Explained:
    stem = f"options.{option.id}"
    named = [use.option_id for use in _uses(ground, option) if use is not None]
    supplies = [f"{stem}.primary", *(f"options.{name}.primary" for name in named if name)]
    return (
        "One-off and recurring costs of the month, and the cost of changing models where one falls due.",
        (
            *ground.under(f"{stem}.one_off_costs"),
            *ground.under(f"{stem}.recurring_costs"),
            *ground.existing(*(f"{each}.{name}" for each in supplies for name in ("migration_cost", "migrate_every"))),
        ),
    )


def _resale(ground: Ground, option: OptionOutcome, month: int) -> Explained:
    stem = f"options.{option.id}.primary"
    terms = ("resale_share", "purchase_price", "server_uplift", "useful_life_months")
    return (
        "What is left of bought GPUs at the end: price then × resale share × (1 − age ÷ life), and the part of "
        "development said to keep its worth.",
        (
            f"market.gpu_purchase.m{month}",
            *ground.under(stem, terms),
            *ground.existing("finance.development_residual"),
        ),
    )


def _tax(ground: Ground, option: OptionOutcome, month: int) -> Explained:
    return (
        "Tax rate × what may be deducted in the month: running costs as they fall, hardware and development as they "
        "are written off. A deduction is worth its tax at once.",
        (
            f"options.{option.id}.deductions.m{month}",
            *ground.existing("finance.tax_rate"),
            *ground.under("finance.hardware_depreciation"),
            *ground.under("finance.development_tax"),
        ),
    )


_MONTHLY: dict[str, Callable[[Ground, OptionOutcome, int], Explained]] = {
    "api_fees": _api_fees,
    "failures": _failures,
    "compute": _compute,
    "hardware": _hardware,
    "development": _development,
    "team": _team,
    "other": _other,
    "resale": _resale,
    "tax": _tax,
}

_ROLES: dict[Role, str] = {
    "primary": "the first choice",
    "fallback": "the fallback",
    "interim": "the supply until the move",
}


def _role_fees(role: Role) -> Callable[[Ground, dict[str, str]], Step]:
    def step(ground: Ground, found: dict[str, str]) -> Step:
        return _fees(ground, ground.option(found["option"]), role, int(found["month"]))

    return step


def _fees(ground: Ground, option: OptionOutcome, role: Role, month: int) -> Step:
    supply, where = _api_of(ground, option, role)
    workloads = [each.id for each in ground.subject.plan.workloads if _asks(ground, option, role, each.id, month)]
    tokens = (f"workloads.{name}.{leaf}" for name in workloads for leaf in _TOKENS)
    terms = (f"{where}.{leaf}" for leaf in (*_PRICES, *_TERMS))
    return Step(
        label=f"API fees of {_ROLES[role]}, month {month}",
        value=ground.at(option.workings.fees[role], month),
        unit="money",
        formula="Requests asked × (uncached, cached, written and output tokens × their prices per million) × the path "
        "of the price at the last change of model, less batch and contract discounts, at least the commitment.",
        inputs=(
            *(f"options.{option.id}.asked.{role}.{name}.m{month}" for name in workloads),
            *ground.existing(*tokens, *terms),
            *_path(supply, month),
        ),
    )


def _stranded(ground: Ground, found: dict[str, str]) -> Step:
    option, month, today = ground.option(found["option"]), int(found["month"]), ground.subject.baseline.id
    terms = (f"options.{today}.primary.{name}" for name in ("monthly_commitment", "commitment_end"))
    return Step(
        label=f"Commitment to today’s supply not used up, month {month}",
        value=ground.at(option.workings.stranded_commitment, month),
        unit="money",
        formula="The monthly commitment less what is still paid to that supply, until the commitment ends.",
        inputs=ground.existing(*terms),
    )


def _asks(ground: Ground, option: OptionOutcome, role: Role, workload: str, month: int) -> bool:
    return bool(ground.at(option.workings.asked[role][workload], month))


def _uses(ground: Ground, option: OptionOutcome) -> tuple[ApiUse | None, ApiUse | None]:
    case_option = ground.subject.case_option(option)
    return case_option.fallback, case_option.interim


def _api_of(ground: Ground, option: OptionOutcome, role: Role) -> tuple[ApiSupply, str]:
    """The API asked in a role, and where the plan describes it."""
    case_option = ground.subject.case_option(option)
    if role == "primary" and isinstance(case_option.primary, ApiSupply):
        return case_option.primary, f"options.{option.id}.primary"
    use = case_option.fallback if role == "fallback" else case_option.interim
    if use is None:
        raise KeyError(role)
    return use.supply, f"options.{use.option_id}.primary" if use.option_id else f"options.{option.id}.{role}"


def _path(supply: ApiSupply, month: int) -> tuple[str, ...]:
    """The market path that moves this API's price, if it follows one."""
    if supply.price_path is not None or supply.follows == "model":
        return ()
    name = "open_api" if supply.tier == "open" else f"{supply.follows}_api"
    return (f"market.{name}.m{month}",)


def _revenue(ground: Ground, found: dict[str, str]) -> Step:
    period = ground.periods[found["period"]]
    earned = revenue(ground.subject)
    if earned is None:
        raise KeyError("revenue")
    return Step(
        label=f"Revenue, {period.label}",
        value=float(sum(float(earned[month]) for month in period.months)),
        unit="money",
        formula="Requests × revenue per request, as given.",
        inputs=(
            *(f"requests.{each.id}.{period.id}" for each in ground.subject.plan.workloads),
            *ground.existing("finance.revenue_per_request"),
        ),
    )


def _statement(ground: Ground, found: dict[str, str]) -> Step:
    option, line_id, period = ground.option(found["option"]), found["line"], ground.periods[found["period"]]
    statement = found["statement"]
    lines = (cash_lines if statement == "cash" else profit_lines)(ground.subject, option)
    line = next(each for each in lines if each.id == line_id)
    formula, inputs = _statement_inputs(option, statement, line_id, period)
    return Step(
        label=f"{line.label}, {period.label}",
        value=float(sum(float(line.amounts[month]) for month in period.months)) + 0.0,
        unit="money",
        formula=formula,
        inputs=inputs or ground.parts(f"options.{option.id}.{statement}.{line_id}", period),
    )


_PROFIT_SUMS = {
    "gross_margin": ("revenue", *SERVING),
    "ebitda": (*RUNNING, "other", "development"),
    "result_before_tax": ("ebitda", "depreciation", "amortisation", "disposal"),
    "result": ("result_before_tax", "tax"),
}
_PROFIT_WORDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "other": ("Other costs as they fall, without those that go onto the books.", ("other",)),
    "development": ("Development as it is paid, where it is not spread over years.", ("development",)),
    "depreciation": ("What was bought up to now, spread over its years by the plan’s schedule.", ("hardware", "other")),
    "amortisation": ("Development paid up to now, spread over its years by the plan’s schedule.", ("development",)),
    "disposal": ("Resale at the end less what is still on the books then.", ("resale",)),
    "capitalised": (
        "Hardware, capital one-offs and development that are written off over years, when they are paid.",
        ("hardware", "other", "development"),
    ),
}


def _statement_inputs(option: OptionOutcome, statement: str, line_id: str, period: Period) -> Explained:
    stem = f"options.{option.id}"
    if line_id == "revenue":
        return "Requests × revenue per request, as given.", (f"revenue.{period.id}",)
    if statement == "cash":
        if line_id == "net_cash_flow":
            return "Cash flow plus revenue.", (f"{stem}.cash_flow.{period.id}", f"revenue.{period.id}")
        here = f"{stem}.cash_flow" if line_id == "cash_flow" else f"{stem}.components.{line_id}"
        return "As in the cash flow.", (f"{here}.{period.id}",)
    if line_id in _PROFIT_SUMS:
        parts = (each for each in _PROFIT_SUMS[line_id] if each != "revenue")
        return "The lines above added up.", tuple(f"{stem}.profit.{each}.{period.id}" for each in parts)
    if line_id in _PROFIT_WORDS:
        words, of = _PROFIT_WORDS[line_id]
        return words, tuple(f"{stem}.components.{each}.{period.id}" for each in of)
    return "As in the cash flow.", (f"{stem}.components.{line_id}.{period.id}",)


def _deductions(ground: Ground, found: dict[str, str]) -> Step:
    option, month = ground.option(found["option"]), int(found["month"])
    return Step(
        label=f"Deductible from taxable income, month {month}",
        value=ground.at(option.workings.deductions, month),
        unit="money",
        formula="Running costs of the month, write-offs of hardware, capital one-offs and development, and at the end "
        "what is left on the books less resale.",
        inputs=tuple(f"options.{option.id}.components.{name}.m{month}" for name in (*RUNNING, "other")),
    )


_COMPONENT = rf"components\.(?P<component>{'|'.join(COMPONENTS)})"
RULES: tuple[Rule, ...] = (
    rule(rf"{OPTION}\.cash_flow\.{PERIOD}", _cash_flow),
    rule(rf"{OPTION}\.against_today\.{PERIOD}", _against_today),
    rule(rf"{OPTION}\.{_COMPONENT}\.{PERIOD}", _component),
    *(rule(rf"{OPTION}\.fees\.{role}\.{MONTH}", _role_fees(role)) for role in _ROLES),
    rule(rf"{OPTION}\.fees\.stranded\.{MONTH}", _stranded),
    rule(rf"{OPTION}\.(?P<statement>cash|profit)\.(?P<line>[a-z_]+)\.{PERIOD}", _statement),
    rule(rf"{OPTION}\.deductions\.{MONTH}", _deductions),
    rule(rf"revenue\.{PERIOD}", _revenue),
)
